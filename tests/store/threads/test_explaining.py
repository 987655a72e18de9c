"""An explanation fits an answer and says when there is more."""

import pytest

from mailbot_server.core.inbox import Inbox
from mailbot_server.core.thread import Change, ChangeKind, Field, Tie
from mailbot_server.store import threads
from mailbot_server.store.database import Database
from mailbot_server.store.threads import explaining
from tests.fakes.clock import FakeClock
from tests.fakes.conversing import receive


async def test_ties_and_changes_are_told_of_all_merged_ids(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    one = await receive(db, inbox, "1@x")
    clock.advance(seconds=1)
    two = await receive(db, inbox, "2@x")
    clock.advance(seconds=1)
    joins = await receive(db, inbox, "3@x", "2@x", "1@x")
    found = await db.read(threads.explain, two.attached.root_id)
    ids = [each.message.id for each in (one, two, joins)]
    own = Field.MESSAGE_ID
    assert found.ties == (
        Tie(name="1@x", mentions=((ids[0], own), (ids[2], Field.REFERENCES))),
        Tie(name="2@x", mentions=((ids[1], own), (ids[2], Field.REFERENCES))),
        Tie(name="3@x", mentions=((ids[2], own),)),
    )
    assert found.changes == (
        Change(
            kind=ChangeKind.MERGED_BY_MESSAGE,
            changed_at=joins.message.created_at,
            thread_id=one.attached.root_id,
            other_thread_ids=(two.attached.root_id,),
            changed_by=threads.BY_MESSAGE,
            message_id=joins.message.id,
        ),
    )
    assert not found.is_truncated


@pytest.mark.parametrize("limit", ["MESSAGES_MAX", "TIES_MAX", "MENTIONS_MAX"])
async def test_what_does_not_fit_is_said(
    db: Database,
    inbox: Inbox,
    clock: FakeClock,
    monkeypatch: pytest.MonkeyPatch,
    limit: str,
) -> None:
    first = await receive(db, inbox, "1@x")
    for number in range(2, 5):
        clock.advance(seconds=1)
        await receive(db, inbox, f"{number}@x", "1@x")
    monkeypatch.setattr(explaining, limit, 3)
    found = await db.read(threads.explain, first.attached.root_id)
    assert found.is_truncated
    assert len(found.ties) == (4 if limit == "MENTIONS_MAX" else 3)
    assert len(found.ties[0].mentions) == (4 if limit == "TIES_MAX" else 3)
