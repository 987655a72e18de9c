"""Both databases hold the same words, so both give the same answers."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailbot_server.core import tokens
from mailbot_server.core.inbox import Inbox
from mailbot_server.core.search import document, query
from mailbot_server.store import messages, search
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.search import Scope
from tests.fakes.mail import message
from tests.fakes.tenants import add_account, add_inbox


@pytest.fixture
async def inbox(db: Database) -> Inbox:
    await add_account(db)
    return await add_inbox(db)


async def add(db: Database, of: Inbox, number: int, text: str) -> None:
    assert await db.write(
        messages.add, message(number, of), b"", (), document.write(body=text)
    )


async def found(db: Database, of: Inbox, *words: str, limit: int = 50) -> list[int]:
    """Numbers of the messages that have all the words; none for no words."""
    asked = [each for each in map(query.Words, words) if each.asked.words]
    if not asked:
        return []
    scope = Scope(account_id=of.account_id, inbox_ids=(of.id,))
    node = query.all_of([*asked])
    hits = await db.read(search.newest, scope, node, None, limit)
    return [int(hit.message_id.removeprefix("msg_")) for hit in hits]


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
    ("x" * 500, ["x" * 255], True),
    ("x" * 500, ["x" * 254], False),
    ("x" * 500, ["x" * 400], True),
    ("東京都は", ["東"], True),
    ("東京都は", ["は"], True),
    ("東京都は", ["京"], True),
    ("京 都は", ["京都"], False),
    ("東京 tower", ["京 tower"], True),
    ("東京 tower", ["東 tower"], False),
    ("mail ann@example.com today", ["mail ann@example.com today"], True),
    ("mail ann@example.com today", ["com today"], True),
    ("from ann@mail.example.com", ["example.com"], True),
    ("from annie@example.com", ["ann@example.com"], False),
    ("john_doe@example.com", ["john_doe@example.com"], True),
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
    first = tokens.words(text[:300])[0]
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


def _stands_in(asked: tokens.Asked, text: list[str]) -> bool:
    size = len(asked.words)
    for start in range(len(text) - size + 1):
        *before, last = text[start : start + size]
        fits = last.startswith if asked.is_open else last.__eq__
        if tuple(before) == asked.words[:-1] and fits(asked.words[-1]):
            return True
    return False


@pytest.mark.slow
@pytest.mark.timeout(120)
@given(
    text=st.lists(words | st.text(max_size=8), max_size=12),
    asked=words | st.text(max_size=3),
    is_open=st.booleans(),
)
@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_a_message_is_found_exactly_by_its_own_words(
    db: Database, inbox: Inbox, text: list[str], asked: str, is_open: bool
) -> None:
    wanted = query.Words(asked, is_open=is_open)
    if not wanted.asked.words:
        return
    number = next(_numbers)
    joined = " ".join(text)
    await add(db, inbox, number, joined)
    scope = Scope(account_id=inbox.account_id, inbox_ids=(inbox.id,))
    hits = await db.read(search.newest, scope, wanted, None, 1)
    is_found = [hit.message_id for hit in hits] == [message(number, inbox).id]
    assert is_found == _stands_in(wanted.asked, tokens.words(joined))
