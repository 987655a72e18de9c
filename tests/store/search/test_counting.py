"""Occurrences are counted by field, also beyond what a tsvector keeps apart."""

import pytest

from mailbot_server.core.inbox import Inbox
from mailbot_server.core.search import document, grammar, score
from mailbot_server.core.search.document import Document
from mailbot_server.store import messages, search
from mailbot_server.store.database import Database
from mailbot_server.store.search import Scope
from tests.fakes.mail import message
from tests.fakes.tenants import add_account, add_inbox


@pytest.fixture
async def inbox(db: Database) -> Inbox:
    await add_account(db)
    return await add_inbox(db)


async def counted(
    db: Database, of: Inbox, written: Document, query: str
) -> tuple[tuple[int, ...], ...]:
    assert await db.write(messages.add, message(1, of), b"", (), written)
    scope = Scope(account_id=of.account_id, inbox_ids=(of.id,))
    [hit] = await db.read(search.ranked, scope, grammar.read(query), 0)
    return hit.counts


async def test_each_word_is_counted_in_each_field(db: Database, inbox: Inbox) -> None:
    """A whole address is one word more, behind the words that it is made of."""
    written = document.write(
        body="one two one two one",
        subject="one two",
        sender="One one@example.com",
        recipients=["two@example.com"],
        attachments=["one.pdf", "one two.pdf"],
    )
    query = 'one "one two" tw* subject:one one@example.com -three'
    assert await counted(db, inbox, written, query) == (
        (3, 1, 2, 0, 2),
        (2, 1, 0, 0, 1),
        (2, 1, 0, 2, 1),
        (0, 1, 0, 0, 0),
        (0, 0, 1, 0, 0),
    )


async def test_very_many_count_as_many(db: Database, inbox: Inbox) -> None:
    written = document.write(body="word " * 15_000)
    [counts] = await counted(db, inbox, written, "word")
    assert counts[0] >= score.COUNTED_MAX
    assert counts[1:] == (0, 0, 0, 0)


async def test_what_is_wanted_and_forbidden_counts_where_it_stands(
    db: Database, inbox: Inbox
) -> None:
    """The one that is forbidden is asked for as well, and need not have been read."""
    written = document.write(body="one two", subject="four")
    query = 'body:"one two" OR three OR -body:"one two"'
    counts = await counted(db, inbox, written, query)
    assert counts == ((1, 0, 0, 0, 0), (0, 0, 0, 0, 0))
