import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.authentication.dkim import tags


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (b" a=1; b=2", {"a": "1", "b": "2"}),
        (b"a = 1 ;\r\n\tb=2 = 3;", {"a": "1", "b": "2 = 3"}),
        (b"a=;b_1=x\r\n y", {"a": "", "b_1": "x\r\n y"}),
        (b"a=1;; b=2", None),
        (b"a=1; b", None),
        (b"a=1; a=2", None),
        (b"1a=1", None),
        (b"a b=1", None),
        (b"a=\xff", None),
        (b"a=\xc3\xa4", {"a": "ä"}),
        (b"", {}),
        (b"a=" + b"x" * 17_000, None),
    ],
    ids=lambda value: str(value)[:30],
)
def test_lists(value, found):
    assert tags.read(value) == found


@pytest.mark.parametrize(
    ("value", "unsigned"),
    [
        (b"b=abc;h=From", b"b=;h=From"),
        (b"bh=B64b=;h=From;b=abc", b"bh=B64b=;h=From;b="),
        (b"h=From; b = abc\r\n def\r\n ; v=1", b"h=From; b =; v=1"),
        (b" v=1;\r\n\tb=\r\n\tabc=\r\n\tdef", b" v=1;\r\n\tb="),
        (b"bb=1; xb=2", b"bb=1; xb=2"),
    ],
)
def test_a_signature_without_itself(value, unsigned):
    assert tags.unsigned(value) == unsigned


@pytest.mark.parametrize(
    ("text", "octets"),
    [("YQ==", b"a"), (" Y\r\n\tQ= =", b"a"), ("YQ", None), ("Y!==", None), ("ä", None)],
)
def test_base64(text, octets):
    assert tags.octets(text) == octets


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("42", 42), ("-1", None), ("1.5", None), ("", None), ("9" * 77, None)],
)
def test_numbers(text, number):
    assert tags.number({"t": text}, "t") == number
    assert tags.number({}, "t") == -1


def test_names_between_colons():
    assert tags.names(" From :\r\n To") == (b"from", b"to")


@given(st.binary(max_size=200))
def test_nothing_raises(value):
    found = tags.read(value)
    assert found is None or all(found)
    tags.unsigned(value)
