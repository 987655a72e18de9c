"""Tokens open only whole, for whom and for what they were made, by any key we had."""

import base64
import itertools
from string import ascii_letters, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.errors import InvalidInput
from mailbot_server.core.signed import cursor
from mailbot_server.core.signed.cursor import Log, SigningKeys

KEYS = SigningKeys(current=1, secrets={1: b"one" * 11})
ROTATED = SigningKeys(current=2, secrets={1: b"one" * 11, 2: b"two" * 11})
REPLACED = SigningKeys(current=2, secrets={2: b"two" * 11})
SAME_ID = SigningKeys(current=1, secrets={1: b"other" * 7})
LOG = Log(epoch="e1", account_id="acc_1")
SCOPE = "acc_1 ListMessages inbox=inb_1"

positions = st.integers(0, 2**63 - 1)
places = st.lists(
    st.text(st.characters(codec="utf-8"), max_size=30) | st.integers(-(2**63), 2**63),
    max_size=5,
)


def refusal(call, *arguments) -> str:
    with pytest.raises(InvalidInput) as caught:
        call(*arguments)
    (violation,) = caught.value.violations
    assert violation.reason == caught.value.reason
    return caught.value.reason


@given(positions)
def test_a_cursor_names_its_position(position):
    token = cursor.write_cursor(KEYS, LOG, position)
    assert cursor.read_cursor(KEYS, LOG, token) == position


@given(places)
def test_a_page_token_names_its_place(place):
    token = cursor.write_page(KEYS, SCOPE, place)
    assert cursor.read_page(KEYS, SCOPE, token) == place


@given(positions, places)
def test_tokens_fit_in_urls_and_headers(position, place):
    for token in (
        cursor.write_cursor(KEYS, LOG, position),
        cursor.write_page(KEYS, SCOPE, place),
    ):
        assert token.replace("-", "").replace("_", "").isalnum()
        assert token.isascii()


@pytest.mark.parametrize(
    "other",
    [
        Log(epoch="e1", account_id="acc_2"),
        Log(epoch="e2", account_id="acc_1"),
        Log(epoch="", account_id="e1\nacc_1"),
    ],
    ids=["another account", "before a restore", "a name that runs over"],
)
def test_a_cursor_of_another_log_is_foreign(other):
    token = cursor.write_cursor(KEYS, other, 7)
    assert refusal(cursor.read_cursor, KEYS, LOG, token) == "CURSOR_FOREIGN"


@pytest.mark.parametrize(
    "scope",
    [
        "acc_2 ListMessages inbox=inb_1",
        "acc_1 ListMessages inbox=inb_2",
        "",
        SCOPE + " ",
    ],
)
def test_a_page_token_of_another_question_is_invalid(scope):
    token = cursor.write_page(KEYS, scope, ["msg_1"])
    assert refusal(cursor.read_page, KEYS, SCOPE, token) == "PAGE_TOKEN_INVALID"


def test_one_kind_of_token_is_not_the_other():
    page = cursor.write_page(KEYS, SCOPE, ["x" * 100])
    assert refusal(cursor.read_cursor, KEYS, LOG, page) == "CURSOR_INVALID"
    token = cursor.write_cursor(KEYS, LOG, 1)
    assert refusal(cursor.read_page, KEYS, SCOPE, token) == "PAGE_TOKEN_INVALID"


def test_old_keys_still_open_and_new_ones_seal():
    old = cursor.write_cursor(KEYS, LOG, 7)
    new = cursor.write_cursor(ROTATED, LOG, 7)
    assert old != new
    assert cursor.read_cursor(ROTATED, LOG, old) == 7
    assert cursor.read_cursor(ROTATED, LOG, new) == 7
    assert refusal(cursor.read_cursor, KEYS, LOG, new) == "CURSOR_INVALID"
    page = cursor.write_page(KEYS, SCOPE, ["a"])
    assert cursor.read_page(ROTATED, SCOPE, page) == ["a"]


@pytest.mark.parametrize("keys", [REPLACED, SAME_ID], ids=["key gone", "key changed"])
def test_without_its_key_a_token_is_invalid(keys):
    token = cursor.write_cursor(KEYS, LOG, 7)
    assert refusal(cursor.read_cursor, keys, LOG, token) == "CURSOR_INVALID"
    page = cursor.write_page(KEYS, SCOPE, [1])
    assert refusal(cursor.read_page, keys, SCOPE, page) == "PAGE_TOKEN_INVALID"


def raw_of(token: str) -> bytes:
    return base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))


def token_of(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def test_no_bit_of_a_token_may_change():
    token = cursor.write_cursor(KEYS, LOG, 7)
    whole = raw_of(token)
    for place, bit in itertools.product(range(len(whole)), range(8)):
        changed = bytearray(whole)
        changed[place] ^= 1 << bit
        forged = token_of(bytes(changed))
        assert refusal(cursor.read_cursor, ROTATED, LOG, forged) == "CURSOR_INVALID"


@pytest.mark.parametrize("place", [[], ["a"], ["ab"], ["abc"], ["\u00ff?~" * 9]])
def test_a_token_has_one_spelling(place):
    token = cursor.write_page(KEYS, SCOPE, place)
    spelt = {token[:-1] + last for last in ascii_letters + digits + "-_+/"}
    spelt |= {token.replace("-", "+"), token.replace("_", "/"), f"{token}="}
    for other in spelt - {token}:
        assert refusal(cursor.read_page, KEYS, SCOPE, other) == "PAGE_TOKEN_INVALID"


def test_no_token_may_be_cut_or_grow():
    for token, read, arguments in (
        (cursor.write_cursor(KEYS, LOG, 7), cursor.read_cursor, (KEYS, LOG)),
        (cursor.write_page(KEYS, SCOPE, ["ab", 1]), cursor.read_page, (KEYS, SCOPE)),
    ):
        whole = raw_of(token)
        others = [whole[:length] for length in range(len(whole))]
        others += [whole + b"\x00", b"\x00" + whole]
        reasons = {refusal(read, *arguments, token_of(other)) for other in others}
        assert reasons <= {"CURSOR_INVALID", "PAGE_TOKEN_INVALID"}


@given(st.text(max_size=80) | st.binary(max_size=80).map(token_of))
def test_nonsense_is_refused_and_nothing_else_is_raised(text):
    assert refusal(cursor.read_cursor, KEYS, LOG, text) == "CURSOR_INVALID"
    assert refusal(cursor.read_page, KEYS, SCOPE, text) == "PAGE_TOKEN_INVALID"


@pytest.mark.parametrize("text", ["", "=", "A" * 5000, "é", "\x00", "a b", "+/+/"])
def test_what_is_not_base64url_is_refused(text):
    assert refusal(cursor.read_cursor, KEYS, LOG, text) == "CURSOR_INVALID"


def test_a_refusal_names_the_field_that_carried_the_cursor():
    with pytest.raises(InvalidInput) as caught:
        cursor.read_cursor(KEYS, LOG, "x", "start.after_cursor")
    assert caught.value.violations[0].field == "start.after_cursor"
    with pytest.raises(InvalidInput) as caught:
        cursor.read_page(KEYS, SCOPE, "x")
    assert caught.value.violations[0].field == "page_token"
