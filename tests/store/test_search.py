"""Both databases hold the same tokens, so both give the same answers."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailbot_server.core import tokens
from mailbot_server.core.inbox import Inbox
from mailbot_server.store import messages, search
from mailbot_server.store.database import Database, Transaction
from tests.fakes.mail import message
from tests.fakes.tenants import add_account, add_inbox


@pytest.fixture
async def inbox(db: Database) -> Inbox:
    await add_account(db)
    return await add_inbox(db)


async def add(db: Database, of: Inbox, number: int, text: str) -> None:
    assert await db.write(messages.add, message(number, of), b"", (), text)


async def found(db: Database, of: Inbox, *words: str, limit: int = 50) -> list[int]:
    ids = await db.read(search.find, of.id, words, limit)
    return [int(each.removeprefix("msg_")) for each in ids]


MATCHES = [
    ("the invoice of March", ["INVOICE"], True),
    ("the invoice of March", ["march", "invoice"], True),
    ("the invoice of March", ["march", "april"], False),
    ("the invoice of March", ["invoic"], False),
    ("Café crème", ["cafe"], True),
    ("CAFE CREME", ["café"], True),
    ("ﬁnancial ２０２６", ["financial", "2026"], True),
    ("Straße", ["STRASSE"], True),
    ("東京都は", ["京都"], True),
    ("東京都は", ["東京都"], True),
    ("東京都は", ["東都"], False),
    ("नमस्ते दुनिया", ["नमस्ते"], True),
    ("कि", ["का"], False),
    ("write to ann@example.com", ["ann@example.com"], True),
    ("write to ann@example.com", ["example.com"], True),
    ("write to ann@example.com", ["bob@example.com"], False),
    ("a-b a.b", ["a", "b"], True),
    ("snake_case_words", ["case"], True),
    ("it's O'Reilly's \"quoted\" 100%?", ["reilly", "quoted", "100"], True),
    ("NEAR(a b) OR NOT * ^x col:y", ["near", "not", "x", "y"], True),
    ("plain words", ["AND"], False),
    ("plain words", ["'"], False),
    ("plain words", ['"', "\\", "*"], False),
    ("plain words", [], False),
    ("plain words", [""], False),
    ("x" * 500, ["x" * 64], True),
    ("x" * 500, ["x" * 63], False),
    ("x" * 500, ["x" * 400], True),
    ("", ["a"], False),
    # A mark, and letters younger than the tables of FTS5.
    ("\u0903", ["\u0903"], True),
    ("\u19b0\u19c1 \u1c89x", ["\u1c89x"], True),
]


@pytest.mark.parametrize(("text", "words", "matches"), MATCHES)
async def test_words_are_found_however_they_are_written(
    db: Database, inbox: Inbox, text: str, words: list[str], matches: bool
) -> None:
    await add(db, inbox, 1, text)
    await add(db, inbox, 2, "something else")
    assert await found(db, inbox, *words) == ([1] if matches else [])


async def test_the_newest_messages_come_first(db: Database, inbox: Inbox) -> None:
    for number in range(1, 8):
        await add(db, inbox, number, "common" + " rare" * (number == 3))
    assert await found(db, inbox, "common") == [7, 6, 5, 4, 3, 2, 1]
    assert await found(db, inbox, "common", limit=2) == [7, 6]
    assert await found(db, inbox, "common", "rare") == [3]


async def test_a_search_stays_inside_its_inbox(db: Database, inbox: Inbox) -> None:
    other = await add_inbox(db, 2)
    await add(db, inbox, 1, "secret")
    await add(db, other, 2, "secret")
    assert await found(db, inbox, "secret") == [1]
    assert await found(db, other, "secret") == [2]


async def test_another_inboxs_id_in_a_text_opens_nothing(
    db: Database, inbox: Inbox
) -> None:
    other = await add_inbox(db, 2)
    await add(db, other, 1, f"secret {inbox.id}")
    assert await found(db, inbox, "secret") == []
    assert await found(db, inbox, "secret", other.id) == []


async def test_what_is_removed_is_not_found(db: Database, inbox: Inbox) -> None:
    await add(db, inbox, 1, "one common")
    await add(db, inbox, 2, "two common")
    await db.write(_remove, message(1, inbox).id)
    assert await found(db, inbox, "common") == [2]
    assert await found(db, inbox, "one") == []


def _remove(tx: Transaction, message_id: str) -> None:
    row = tx.one("SELECT seq FROM message WHERE id = ?", message_id)
    assert row is not None
    search.remove(tx, row[0])


LONGEST = {
    "one word": "word " * 60_000,
    "different words": " ".join(f"{number:x}" for number in range(60_000)),
    "one letter each": " ".join(chr(0x4E00 + n % 20_000) for n in range(60_000)),
    "one long word": "a" * 500_000,
    "vowel signs": " ".join("\u0915" + "\u093e" * 63 for _ in range(4_000)),
    "letters of four bytes": "".join(
        chr(0x10400 + n % 40) + (" " if n % 7 == 0 else "") for n in range(200_000)
    ),
}


@pytest.mark.parametrize("text", LONGEST.values(), ids=LONGEST)
async def test_no_text_is_too_long_to_index(
    db: Database, inbox: Inbox, text: str
) -> None:
    await add(db, inbox, 1, f"begin {text} end")
    first = tokens.tokens(text[:100])[0]
    assert await found(db, inbox, "begin", first) == [1]


async def test_a_word_beyond_the_last_position_is_still_found(
    db: Database, inbox: Inbox
) -> None:
    await add(db, inbox, 1, "a " * 20_000 + "late")
    assert await found(db, inbox, "late") == [1]


# One alphabet of words, so that searches often match.
words = st.sampled_from(
    [
        *("alpha", "beta", "alpha-beta", "ALPHA", "x_y", "1.5", "ann@example.com"),
        *("example.com", "été", "東京", "東京都", "कि", "का", "\u19b0\u19c1", "ß", "ǅ"),
        *("ﷺ", "Ω", "ſ", "K"),
    ]
)
_numbers = iter(range(1, 10_000_000))


@pytest.mark.slow
@pytest.mark.timeout(120)
@given(text=st.lists(words | st.text(max_size=8), max_size=12), asked=words)
@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_a_message_is_found_exactly_by_its_own_tokens(
    db: Database, inbox: Inbox, text: list[str], asked: str
) -> None:
    number = next(_numbers)
    joined = " ".join(text).replace("\x00", "")
    await add(db, inbox, number, joined)
    matches = set(tokens.tokens(asked)) <= set(tokens.tokens(joined))
    newest = await found(db, inbox, asked, limit=1)
    assert (newest == [number]) == matches
