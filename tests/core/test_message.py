"""Attachment ids say which message and part they mean, and nothing else passes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.ids import ALPHABET
from mailbot_server.core.message import attachment_id, read_attachment_id

TAIL = "01kjq6psg04sp8ht8vgk6d89jp"
tails = st.text(ALPHABET, min_size=26, max_size=26)
paths = st.lists(st.integers(1, 99_999), min_size=1, max_size=20).map(
    lambda numbers: ".".join(map(str, numbers))
)


@given(tails, paths)
def test_an_attachment_id_leads_back_to_its_part(tail, path):
    message_id = f"msg_{tail}"
    assert read_attachment_id(attachment_id(message_id, path)) == (message_id, path)


def test_an_attachment_id_reads_as_documented():
    assert attachment_id(f"msg_{TAIL}", "2.1") == f"att_{TAIL}-2-1"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "att_",
        f"att_{TAIL}",
        f"att_{TAIL}-",
        f"att_{TAIL}-0",
        f"att_{TAIL}-01",
        f"att_{TAIL}-1-",
        f"att_{TAIL}-1--2",
        f"att_{TAIL}-1.2",
        f"att_{TAIL}-١",
        f"att_{TAIL}-1\n",
        f" att_{TAIL}-1",
        f"att_{TAIL[:-1]}-1",
        f"att_{TAIL}0-1",
        f"att_{TAIL.upper()}-1",
        f"att_{TAIL[:-1]}u-1",
        f"msg_{TAIL}-1",
        f"att_{TAIL}-" + "9" * 5000,
        f"att_{TAIL}" + "-1" * 5000,
    ],
)
def test_what_is_no_attachment_id_is_refused(text):
    assert read_attachment_id(text) is None


@given(st.text(max_size=60))
def test_reading_an_attachment_id_never_raises(text):
    found = read_attachment_id(text)
    assert found is None or attachment_id(*found) == text
