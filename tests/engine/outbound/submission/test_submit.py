"""Who may send, what a refusal says, and validating without sending."""

from dataclasses import replace

import pytest

from mailbot_server.core import limits as windows
from mailbot_server.core.errors import (
    InvalidInput,
    LimitExceeded,
    MailbotError,
    NotAllowed,
    NotFound,
    WrongState,
)
from mailbot_server.core.inbox import Inbox, InboxState
from mailbot_server.core.mail.dsn.request import RcptRequest
from mailbot_server.core.message import Via
from mailbot_server.core.tracking.asked import Tracking
from mailbot_server.engine.outbound.submission.submission import NOTHING
from mailbot_server.engine.outbound.submission.submit import (
    HandedIn,
    Submission,
    submit,
)
from mailbot_server.store import (
    accounts,
    inboxes,
    limits,
    messages,
)
from mailbot_server.store.database import Database
from mailbot_server.store.deliveries import engagement
from tests.fakes.drafts import DRAFT
from tests.fakes.reverse_paths import PATHS
from tests.fakes.tenants import account, add_account, add_inbox, principal


def sample(metrics, name: str, **labels: str) -> float:
    return metrics.registry.get_sample_value(name, labels) or 0.0


async def refused(call, db: Database, inbox: Inbox) -> MailbotError:
    """The error of a call that leaves no trace."""
    with pytest.raises(MailbotError) as caught:
        await call
    counts = await db.read(inboxes.counts, inbox.id)
    assert (counts.outbound_messages, counts.open_deliveries) == (0, 0)
    return caught.value


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (InboxState.SUSPENDED, "INBOX_SUSPENDED"),
        (InboxState.DISABLED, "INBOX_DISABLED"),
    ],
)
async def test_d20_an_inbox_that_may_not_send_refuses(
    db, send, inbox, state, reason, metrics
):
    await db.write(inboxes.update, replace(inbox, state=state))
    assert (await refused(send(), db, inbox)).reason == reason
    labels = {"via": "api", "stream": "transactional", "result": "rejected"}
    name = "mailbot_submissions_total"
    assert sample(metrics, name, **labels, reason=reason.lower()) == 1


async def test_an_inbox_without_the_permission_refuses(db, send, inbox):
    await db.write(inboxes.update, replace(inbox, permissions=frozenset({"receive"})))
    error = await refused(send(), db, inbox)
    assert isinstance(error, NotAllowed)
    assert error.details == {"inbox_id": inbox.id, "permission": "send"}


async def test_a_suspended_account_refuses(db, metrics):
    await db.write(accounts.add, account(is_suspended=True))
    inbox = await add_inbox(db)
    submission = Submission(inbox_id=inbox.id, draft=DRAFT)
    call = submit(db, PATHS, metrics, principal(), submission)
    assert (await refused(call, db, inbox)).reason == "ACCOUNT_SUSPENDED"


async def test_e1_an_inbox_of_another_account_is_not_found(db, send, inbox):
    other = await add_account(db, 2)
    error = await refused(send(who=principal(other)), db, inbox)
    assert isinstance(error, NotFound)


async def test_an_inbox_that_the_key_may_not_see_is_not_found(db, send, inbox):
    restricted = principal(inbox_ids=("inb_other",))
    error = await refused(send(who=restricted), db, inbox)
    assert isinstance(error, NotFound)
    assert error.resource_id == inbox.id


async def test_validating_checks_everything_and_writes_nothing(
    db, send, inbox, clock, log
):
    submitted = await send(validate_only=True, request_id="r1", labels=("a",))
    message = submitted.message
    assert (message.id, message.thread_id, message.rfc822_message_id) == ("", "", "")
    assert (message.subject, message.labels) == ("Invoice #4521", ("a",))
    assert [(d.id, d.recipient) for d in submitted.deliveries] == [
        ("", "customer@example.com")
    ]
    assert await log() == []
    day = windows.day_of(clock()).start
    assert await db.read(limits.used, "day", inbox.id, day) == 0
    assert not (await send(request_id="r1")).replayed


async def test_validating_says_what_sending_would(db, send, inbox):
    for _ in range(windows.MINUTE):
        await send()
    with pytest.raises(LimitExceeded):
        await send(validate_only=True)
    await db.write(inboxes.update, replace(inbox, state=InboxState.SUSPENDED))
    with pytest.raises(WrongState):
        await send(validate_only=True)


async def test_what_is_tracked_is_planned_when_it_is_accepted(db, send, stored):
    html = replace(DRAFT, html='<a href="https://example.org/?a=1">x</a>')
    asked = {"tracking": Tracking(clicks=True), "public_url": "https://m.example.com"}
    submitted = await send(html, **asked)
    assert submitted.message.tracking == Tracking(clicks=True)
    kept = await db.read(messages.get, account().id, submitted.message.id)
    assert kept.tracking == Tracking(clicks=True)
    assert (await stored(submitted.deliveries[0])).is_tracked
    url = await db.read(engagement.url_of, kept.id, 1)
    assert url == "https://example.org/?a=1"
    raw = await db.read(messages.raw, kept.id)
    assert b"m.example.com" not in raw


async def test_without_links_and_pictures_nothing_is_planned(send, stored):
    asked = {"tracking": Tracking(opens=True), "public_url": "https://m.example.com"}
    submitted = await send(**asked)
    assert not (await stored(submitted.deliveries[0])).is_tracked


@pytest.mark.parametrize("asked", [None, Tracking()], ids=["inbox", "message"])
async def test_who_hands_mail_in_gets_what_the_inbox_does(
    db, send, inbox, stored, asked
):
    await db.write(inboxes.update, replace(inbox, tracking=Tracking(opens=True)))
    raw = f"From: {inbox.address}\r\nContent-Type: text/html\r\n\r\n<p>Hi\r\n"
    handed_in = HandedIn(
        raw=raw.encode(), recipients={"ann@example.com": RcptRequest()}
    )
    submitted = await send(
        draft=NOTHING,
        handed_in=handed_in,
        via=Via.SMTP,
        tracking=asked,
        public_url="https://m.example.com",
    )
    assert (await stored(submitted.deliveries[0])).is_tracked == (asked is None)


async def test_nobody_is_tracked_where_links_lead_nowhere(db, send, inbox, stored):
    for asked in ({"tracking": Tracking(opens=True)}, {"one_click_unsubscribe": True}):
        error = await refused(send(**asked), db, inbox)
        assert isinstance(error, InvalidInput)
        assert "public_url" in error.violations[0].description
    await db.write(inboxes.update, replace(inbox, tracking=Tracking(opens=True)))
    submitted = await send(replace(DRAFT, html="<p>Hi"))
    assert submitted.message.tracking == Tracking()
    assert not (await stored(submitted.deliveries[0])).is_tracked


async def test_there_is_one_way_to_unsubscribe(db, send, inbox):
    own = replace(DRAFT, headers=(("List-Unsubscribe", "<mailto:a@example.com>"),))
    asked = {"one_click_unsubscribe": True, "public_url": "https://m.example.com"}
    error = await refused(send(own, **asked), db, inbox)
    assert isinstance(error, InvalidInput)
    assert error.violations[0].field == "options.one_click_unsubscribe"
