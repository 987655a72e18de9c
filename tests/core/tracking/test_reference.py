"""Character references as they are meant in the values of attributes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.tracking import reference


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("a&amp;b", "a&b"),
        ("a&ampb", "a&ampb"),
        ("a&amp=b", "a&amp=b"),
        ("a&amp", "a&"),
        ("a&amp b", "a& b"),
        ("?a=1&copy=2", "?a=1&copy=2"),
        ("?a=1&copy;=2", "?a=1©=2"),
        ("&copy", "©"),
        ("&notit;", "&notit;"),
        ("&not;", "¬"),
        ("&hellip;", "…"),
        ("&hellip", "&hellip"),
        ("&nosuch;", "&nosuch;"),
        ("&#58;", ":"),
        ("&#58", ":"),
        ("&#x3a;", ":"),
        ("&#X3Ab", "\u03ab"),
        ("&#0;", "\ufffd"),
        ("&#xD800;", "\ufffd"),
        ("&#9999999;", "\ufffd"),
        ("&#;", "&#;"),
        ("&&amp;&", "&&&"),
        ("&", "&"),
    ],
)
def test_references(value, meant):
    assert reference.unescape(value) == meant


@given(st.text(alphabet="&#;xamp09Z= é", max_size=60))
def test_nothing_raises(value):
    reference.unescape(value)
