"""Hits come with their messages, and with pieces of what they say."""

from datetime import timedelta

import pytest

from mailbot_server.core.inbox import Inbox
from mailbot_server.core.search import grammar
from mailbot_server.core.search.document import Field
from mailbot_server.engine import reading, searching
from mailbot_server.engine.searching import Asked, Found
from mailbot_server.store import messages
from mailbot_server.store.database import Database
from mailbot_server.store.search import Scope
from tests.fakes.mail import message
from tests.fakes.tenants import BEGINNING, add_account, add_inbox

HTML = (
    b"From: Ann <ann@example.org>\r\nSubject: Hello\r\n"
    b"Content-Type: text/html; charset=utf-8\r\n\r\n"
    b"<style>total{}</style><p>The <b>to</b>tal of 5&nbsp;000</p>\r\n"
)


@pytest.fixture
async def inbox(db: Database) -> Inbox:
    await add_account(db)
    return await add_inbox(db)


async def add(db: Database, of: Inbox, number: int, raw: bytes) -> str:
    read = reading.read(raw)
    parsed = read.parsed
    at = BEGINNING + timedelta(days=number)
    new = message(
        number, of, created_at=at, subject=parsed.subject, sender=parsed.sender
    )
    await db.write(messages.add, new, raw, parsed.parts, read.index_text)
    return new.id


async def find(
    db: Database,
    of: Inbox,
    query: str,
    limit: int = 50,
    *,
    is_by_relevance: bool = False,
) -> tuple[list[Found], bool]:
    scope = Scope(account_id=of.account_id, inbox_ids=(of.id,))
    asked = Asked(
        scope=scope, node=grammar.read(query), is_by_relevance=is_by_relevance
    )
    return await searching.find(db, asked, limit)


def plain(text: str) -> bytes:
    return f"Subject: Hello\r\n\r\n{text}\r\n".encode()


async def test_what_an_html_page_shows_is_what_is_marked(
    db: Database, inbox: Inbox
) -> None:
    await add(db, inbox, 1, HTML)
    [[hit], more] = await find(db, inbox, "total 5 ann")
    assert not more
    shown = {
        piece.field: [piece.text[start:end] for start, end in piece.ranges]
        for piece in hit.highlights
    }
    assert shown == {Field.SENDER: ["Ann", "ann"], Field.BODY: ["total", "5"]}


async def test_conditions_alone_mark_nothing(db: Database, inbox: Inbox) -> None:
    await add(db, inbox, 1, HTML)
    [[hit], _] = await find(db, inbox, "is:outbound -other")
    assert hit.highlights == []


async def test_of_a_very_long_message_the_beginning_is_shown(
    db: Database, inbox: Inbox
) -> None:
    await add(db, inbox, 1, plain("begin " + "x " * searching.READ_BYTES_MAX))
    [[hit], _] = await find(db, inbox, "begin")
    assert [piece.field for piece in hit.highlights] == [Field.BODY]


@pytest.mark.parametrize("is_by_relevance", [False, True])
async def test_more_than_one_reading_of_bodies(
    db: Database, inbox: Inbox, is_by_relevance: bool
) -> None:
    ids = [await add(db, inbox, n, plain(f"word {n}")) for n in range(1, 26)]
    found, more = await find(db, inbox, "word", 24, is_by_relevance=is_by_relevance)
    assert more
    assert [each.message.id for each in found] == ids[:0:-1]
    assert all(each.highlights for each in found)
    assert all(bool(each.score) == is_by_relevance for each in found)
