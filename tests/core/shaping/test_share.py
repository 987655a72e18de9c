"""Parts of a limit: whole, fair, and together the limit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.shaping.share import ALL, Share, among


@given(
    name=st.text(max_size=20),
    whole=st.integers(0, 1000),
    count=st.integers(1, 64),
)
def test_the_parts_are_the_whole_and_differ_by_one_at_most(name, whole, count):
    parts = [Share(index=n, count=count).of(name, whole) for n in range(count)]
    assert sum(parts) == whole
    assert max(parts) - min(parts) <= 1


def test_one_process_has_everything():
    assert ALL.of("mx.example.com", 7) == 7
    assert ALL.whole(7) == 7


def test_no_process_has_all_the_small_limits():
    shares = [Share(index=n, count=4) for n in range(4)]
    names = [f"mx{n}.example.com" for n in range(400)]
    taken = [sum(share.of(name, 1) for name in names) for share in shares]
    assert sum(taken) == 400
    assert min(taken) > 50


@pytest.mark.parametrize(
    ("own", "names", "share"),
    [
        ("b", ["a", "b", "c"], Share(index=1, count=3)),
        ("b", ["c", "a"], Share(index=1, count=3)),
        ("b", [], ALL),
        ("b", ["b", "b"], ALL),
    ],
    ids=["in order", "not yet among them", "alone", "twice"],
)
def test_every_process_finds_its_own_part(own, names, share):
    assert among(own, names) == share
