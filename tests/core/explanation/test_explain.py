"""One sentence for each state, and what decides, in order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mailbot_server.core.delivery import CANCEL_REQUESTED, Delivery, State
from mailbot_server.core.explanation import Circumstances, explain
from mailbot_server.core.inbox import InboxState
from mailbot_server.core.mail.reply import Reply
from mailbot_server.core.message import Guarantee
from mailbot_server.core.shaping import Scope, SiteStatus, Suspension
from tests.fakes.mail import delivery, message
from tests.fakes.tenants import inbox

NOW = datetime(2026, 11, 21, 13, 53, tzinfo=UTC)
LATER = Reply(code=451, enhanced="4.7.0", text="Try again later")
NEVER = Reply(code=550, enhanced="5.1.1", text="No such user.")
TAKEN = Reply(code=250, enhanced="2.0.0", text="Ok: queued as 42")
HEARD = {"last_reply": LATER, "last_host": "mx2.example.net", "attempts": 2}
DEFERRED = {
    **HEARD,
    "state": State.DEFERRED,
    "diagnostic": "the host said 451 4.7.0 Try again later",
    "due_at": NOW + timedelta(minutes=12),
    "site": "(mx1|mx2).example.net",
    "bounce_class": "rate_limited",
}
LIMITED = SiteStatus(
    name="(mx1|mx2).example.net",
    attempts=1,
    attempts_max=3,
    reason="421 4.7.0 from mx2.example.net: rule too-many",
    until=NOW + timedelta(minutes=9),
)


def a_delivery(**changes) -> Delivery:
    plain = delivery(1, message(1, inbox()))
    times = {
        "queued_at": NOW - timedelta(hours=1),
        "due_at": NOW - timedelta(minutes=1),
        "gives_up_at": NOW + timedelta(hours=71),
        "updated_at": NOW - timedelta(minutes=3),
    }
    return replace(plain, **(times | changes))


SENTENCES = [
    pytest.param(
        {"state": State.QUEUED},
        "queued: its first attempt is due now",
        id="queued",
    ),
    pytest.param(
        {
            "state": State.QUEUED,
            "due_at": NOW + timedelta(days=2),
            "queued_at": NOW + timedelta(days=2),
        },
        "queued: it leaves at 2026-11-23 13:53 UTC (in 2 days), as its sender or a limit asked for",
        id="scheduled",
    ),
    pytest.param(
        {"state": State.QUEUED, "due_at": NOW + timedelta(seconds=45)},
        "queued: next attempt at 13:53 UTC (in 45 seconds)",
        id="queued-later",
    ),
    pytest.param(
        {**HEARD, "state": State.QUEUED},
        "queued: the next attempt is due now; mx2.example.net said 451 4.7.0 Try again later",
        id="queued-again",
    ),
    pytest.param(
        DEFERRED,
        "deferred: next attempt at 14:05 UTC (in 12 minutes), because mx2.example.net said 451 4.7.0 Try again later",
        id="deferred",
    ),
    pytest.param(
        {**DEFERRED, "due_at": NOW},
        "deferred: the next attempt is due now; mx2.example.net said 451 4.7.0 Try again later",
        id="deferred-due",
    ),
    pytest.param(
        {**DEFERRED, "diagnostic": "192.0.2.1 refused the connection."},
        "deferred: next attempt at 14:05 UTC (in 12 minutes), because 192.0.2.1 refused the connection",
        id="deferred-older-reply",
    ),
    pytest.param(
        {
            "state": State.DEFERRED,
            "attempts": 1,
            "due_at": NOW + timedelta(minutes=12),
            "diagnostic": "the name server did not answer",
        },
        "deferred: next attempt at 14:05 UTC (in 12 minutes), because the name server did not answer",
        id="deferred-by-dns",
    ),
    pytest.param(
        {"state": State.DEFERRED, "attempts": 1, "due_at": NOW + timedelta(hours=4)},
        "deferred: next attempt at 17:53 UTC (in 4 hours), because the last attempt came to nothing",
        id="deferred-silently",
    ),
    pytest.param(
        {**HEARD, "state": State.LEASED, "started": True},
        "leased: attempt 3 is under way since 13:50 UTC",
        id="leased",
    ),
    pytest.param(
        {"state": State.LEASED},
        "leased: attempt 1 begins as soon as there is room at the destination",
        id="leased-waits",
    ),
    pytest.param(
        {"state": State.LEASED, "started": True, "hold_reason": CANCEL_REQUESTED},
        "leased: attempt 1 is under way since 13:50 UTC; it is cancelled if that fails",
        id="leased-cancelled",
    ),
    pytest.param(
        {
            "state": State.HELD,
            "hold_reason": "hostname_unset",
            "diagnostic": "the setting hostname is empty",
        },
        "held: the setting hostname is empty (hostname_unset); if it stays so, it is given up at 2026-11-24 12:53 UTC",
        id="held",
    ),
    pytest.param(
        {"state": State.HELD, "hold_reason": "limit_overflow"},
        "held: it would pass a limit of the inbox or account; release it when there is room (limit_overflow); if it stays so, it is given up at 2026-11-24 12:53 UTC",
        id="held-by-limit",
    ),
    pytest.param(
        {"state": State.HELD, "hold_reason": "other"},
        "held: other; if it stays so, it is given up at 2026-11-24 12:53 UTC",
        id="held-without-words",
    ),
    pytest.param(
        {"state": State.SENT, "last_reply": TAKEN, "last_host": "relay.example.com"},
        "sent: relay.example.com took it at 13:50 UTC with 250 2.0.0 Ok: queued as 42; whether it arrived, only that host or a report can say",
        id="sent",
    ),
    pytest.param(
        {"state": State.DELIVERED, "last_reply": TAKEN, "last_host": "mx.example.com"},
        "delivered: mx.example.com took it at 13:50 UTC with 250 2.0.0 Ok: queued as 42",
        id="delivered",
    ),
    pytest.param(
        {"state": State.DELIVERED},
        "delivered: it was taken at 13:50 UTC",
        id="delivered-here",
    ),
    pytest.param(
        {
            "state": State.BOUNCED,
            "last_reply": NEVER,
            "last_host": "mx.example.com",
            "bounce_class": "invalid_recipient",
        },
        "bounced at 13:50 UTC, because mx.example.com said 550 5.1.1 No such user (invalid_recipient); it is not tried again",
        id="bounced",
    ),
    pytest.param(
        {"state": State.BOUNCED, "diagnostic": "the domain does not exist"},
        "bounced at 13:50 UTC, because the domain does not exist; it is not tried again",
        id="bounced-by-dns",
    ),
    pytest.param(
        {"state": State.FAILED, "diagnostic": "the bytes are gone"},
        "failed at 13:50 UTC, because the bytes are gone; that is a fault of this server and says nothing of the recipient",
        id="failed",
    ),
    pytest.param(
        {"state": State.SUPPRESSED, "diagnostic": "hard_bounce since 2026-11-01"},
        "suppressed at 13:50 UTC, not tried: hard_bounce since 2026-11-01",
        id="suppressed",
    ),
    pytest.param(
        {"state": State.SUPPRESSED},
        "suppressed at 13:50 UTC, not tried: the recipient is suppressed",
        id="suppressed-without-words",
    ),
    pytest.param(
        {"state": State.CANCELLED},
        "cancelled at 13:50 UTC, before it had left",
        id="cancelled",
    ),
    pytest.param(
        {**HEARD, "state": State.CANCELLED, "attempts": 1},
        "cancelled at 13:50 UTC after 1 attempt, before it had left",
        id="cancelled-after-an-attempt",
    ),
    pytest.param(
        {**HEARD, "state": State.EXPIRED, "attempts": 12},
        "expired: given up at 13:50 UTC after 12 attempts; mx2.example.net said 451 4.7.0 Try again later",
        id="expired",
    ),
    pytest.param(
        {"state": State.UNKNOWN, "guarantee": Guarantee.AT_MOST_ONCE},
        "unknown: the connection was lost at 13:50 UTC after the whole message had been sent; its sender chose at_most_once, so it is not tried again",
        id="unknown",
    ),
    pytest.param(
        {"state": State.UNKNOWN},
        "unknown: the connection was lost at 13:50 UTC after the whole message had been sent; it is not tried again",
        id="unknown-at-least-once",
    ),
]


@pytest.mark.parametrize(("changes", "sentence"), SENTENCES)
def test_every_state_has_its_sentence(changes, sentence):
    found = explain(a_delivery(**changes), Circumstances(now=NOW))
    assert found.summary == sentence


def test_no_state_is_without_a_sentence():
    changes: list[Any] = [case.values[0] for case in SENTENCES]
    assert {each["state"] for each in changes} == set(State)


def test_what_decides_comes_first_and_says_until_when():
    deferred = a_delivery(**DEFERRED)
    found = explain(deferred, Circumstances(now=NOW, site=LIMITED))
    assert found.summary == (
        "deferred: next attempt at 14:05 UTC (in 12 minutes), because mx2.example.net"
        " said 451 4.7.0 Try again later; destination limited to 3 connections until"
        " 14:02 UTC (421 4.7.0 from mx2.example.net: rule too-many)"
    )
    assert [(each.kind.value, each.until) for each in found.reasons] == [
        ("schedule", deferred.due_at),
        ("destination_limit", LIMITED.until),
        ("last_reply", None),
        ("lifetime", deferred.gives_up_at),
    ]
    assert [each.text for each in found.reasons][2:] == [
        "mx2.example.net said 451 4.7.0 Try again later (rate_limited)",
        "given up at 2026-11-24 12:53 UTC (in 3 days)",
    ]


def test_the_words_of_the_last_attempt_stand_beside_an_older_reply():
    changes = {**DEFERRED, "diagnostic": "192.0.2.1 refused the connection"}
    found = explain(a_delivery(**changes), Circumstances(now=NOW))
    texts = {each.kind.value: each.text for each in found.reasons}
    assert texts["last_attempt"] == "192.0.2.1 refused the connection"
    assert texts["last_reply"].startswith("mx2.example.net said 451")


def test_everything_that_holds_a_delivery_back_is_said():
    suspension = Suspension(
        id="sus_1",
        scope=Scope.INBOX,
        name="inb_1",
        reason="Too many bounces.",
        by="key_1",
        created_at=NOW,
        until=NOW + timedelta(minutes=5),
    )
    known = Circumstances(
        now=NOW,
        suspensions=(suspension,),
        inbox_state=InboxState.SUSPENDED,
        account_is_suspended=True,
    )
    found = explain(a_delivery(), known)
    assert found.summary == (
        "queued: its first attempt is due now; the account is suspended; nothing of it"
        " is tried until it is active; the inbox is suspended; its mail is held when"
        " its time comes; the inbox's deliveries are suspended until 13:58 UTC (Too"
        " many bounces)"
    )
    assert [each.kind.value for each in found.reasons] == [
        *("schedule", "account", "inbox", "suspension", "lifetime"),
    ]


def test_a_request_to_cancel_is_the_first_thing_that_decides():
    leased = a_delivery(state=State.LEASED, hold_reason=CANCEL_REQUESTED, started=True)
    first, second, *_ = explain(leased, Circumstances(now=NOW)).reasons
    assert (first.kind.value, second.kind.value) == ("cancel_requested", "attempt")


def test_what_is_over_names_its_outcome_and_what_was_heard():
    bounced = a_delivery(state=State.BOUNCED, last_reply=NEVER, last_host="mx.example")
    found = explain(bounced, Circumstances(now=NOW, site=LIMITED))
    assert [each.kind.value for each in found.reasons] == ["outcome", "last_reply"]
    assert found.reasons[0].text == found.summary
