import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.mime import multipart


def cut(raw, boundary=b"b", parts_max=100):
    found = multipart.cut(raw, 0, len(raw), boundary, parts_max)
    parts = [raw[start:end] for start, end in found.spans]
    return parts, found.is_closed, found.is_complete


@pytest.mark.parametrize(
    ("raw", "parts", "is_closed"),
    [
        pytest.param(b"--b\r\nx\r\n--b--", [b"x"], True, id="rfc2046-5.1.1"),
        pytest.param(
            b"pre\r\n--b\r\nx\r\n--b\r\ny\r\n--b--\r\npost",
            [b"x", b"y"],
            True,
            id="preamble-and-epilogue",
        ),
        pytest.param(b"--b\nx\n--b--\n", [b"x"], True, id="lf"),
        pytest.param(b"--b\rx\r--b--\r", [b"x"], True, id="cr"),
        pytest.param(b"--b\r\r\nx\r\n--b--\r\r\n", [b"x"], True, id="crcrlf"),
        pytest.param(
            b"--b \r\nx\r\n--b --\r\n", [b"x"], True, id="blank-in-the-boundary"
        ),
        pytest.param(
            b"--b \t\r\nx\r\n--b-- \r\n",
            [b"x"],
            True,
            id="rfc2046-5.1.1-transport-padding",
        ),
        pytest.param(
            b"--b\r\nx\r\n\r\n--b--",
            [b"x\r\n"],
            True,
            id="only-one-line-end-belongs-to-it",
        ),
        pytest.param(b"--b\r\n\r\n--b--", [b""], True, id="empty-part"),
        pytest.param(
            b"--b\r\n--b\r\nx\r\n--b--", [b"x"], True, id="delimiter-upon-delimiter"
        ),
        pytest.param(b"--b--", [], True, id="closed-at-once"),
        pytest.param(b"--b\r\nx", [b"x"], False, id="unterminated"),
        pytest.param(
            b"--b\r\nx\r\n--b\r\n",
            [b"x", b""],
            False,
            id="unterminated-after-delimiter",
        ),
        pytest.param(
            b"--b\r\nx\r\n--bc\r\ny --b\r\n--b--",
            [b"x\r\n--bc\r\ny --b"],
            True,
            id="look-alikes",
        ),
        pytest.param(b"x --b\r\n", [], False, id="not-at-a-line-s-beginning"),
        pytest.param(b"", [], False, id="empty"),
        pytest.param(b"no delimiter", [], False, id="never"),
        pytest.param(
            b"--b\r\nx\r\n--b--\r\n--b\r\nlate\r\n--b--",
            [b"x"],
            True,
            id="behind-the-end",
        ),
    ],
)
def test_cut(raw, parts, is_closed):
    assert cut(raw) == (parts, is_closed, True)


def test_no_more_parts_than_asked_for():
    assert cut(b"--b\r\nx\r\n" * 5 + b"--b--", parts_max=2) == (
        [b"x", b"x"],
        True,
        False,
    )


def test_a_region_has_its_own_end():
    raw = b"..--b\r\nx\r\n--b\r\ny\r\n--b--"
    assert multipart.cut(raw, 2, 12, b"b", 10).spans == [(7, 12)]


def test_the_end_is_behind_the_closing_delimiter():
    raw = b"--b\r\nx\r\n--b--\r\n--b\r\ny"
    assert raw[multipart.cut(raw, 0, len(raw), b"b", 10).end :] == b"--b\r\ny"
    assert multipart.cut(raw, 0, 8, b"b", 10).end == 8


FIELD = b"\r\nContent-Type: text/plain\r\n\r\nx"


@pytest.mark.parametrize(
    ("body", "boundary"),
    [
        pytest.param(b"\r\n--b" + FIELD, b"b", id="a-line-and-a-field"),
        pytest.param(b"pre\n------=_X.1 \ncontent-id: <i>", b"----=_X.1", id="lf"),
        pytest.param(b"\r\n--a b" + FIELD, b"a b", id="a-blank-inside"),
        pytest.param(b"\r\n--\r\n--b" + FIELD, b"b", id="behind-a-signature-line"),
        pytest.param(b"\r\n--b\r\n\r\nx", b"", id="no-field-below"),
        pytest.param(b"\r\n-- " + FIELD, b"", id="a-signature"),
        pytest.param(b"x --b" + FIELD, b"", id="not-at-a-line-s-beginning"),
        pytest.param(b"", b"", id="empty"),
        pytest.param(b"\n--" + b"b" * 100_000, b"", id="endless"),
        pytest.param(b"\n--b" * 100_000, b"", id="many"),
    ],
)
def test_a_boundary_by_its_looks(body, boundary):
    assert multipart.find_boundary(b"\n" + body, 1, len(body) + 1) == boundary


def test_endless_look_alikes_end_the_search():
    raw = b"--b\r\n" + b"--bx\r\n" * 20_000 + b"--b--"
    assert cut(raw)[1:] == (False, True)


@given(
    st.lists(
        st.sampled_from([b"--b", b"--", b"b", b"\r\n", b"\n", b"\r", b" ", b"x"]),
        max_size=40,
    )
)
def test_spans_are_in_order_and_inside(pieces):
    raw = b"".join(pieces)
    end = 0
    for start, stop in multipart.cut(raw, 0, len(raw), b"b", 5).spans:
        assert end <= start <= stop <= len(raw)
        end = stop
