"""What an attempt's outcome means, for every outcome."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.delivery import (
    Accepted,
    Deferred,
    Delivery,
    Failed,
    Lost,
    Outcome,
    Refused,
    Stage,
    State,
    Step,
    Trace,
)
from mailbot_server.core.event import EventType
from mailbot_server.core.judgement import OWN_FAULT, Judgement, judge
from mailbot_server.core.mail.reply import Reply
from mailbot_server.core.message import Guarantee, Stream

QUEUED = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
DELIVERY = Delivery(
    id="dlv_1",
    account_id="acc_1",
    inbox_id="inb_1",
    thread_id="thr_1",
    message_id="msg_1",
    recipient="customer@example.com",
    domain="example.com",
    state=State.LEASED,
    stream=Stream.BULK,
    guarantee=Guarantee.AT_LEAST_ONCE,
    due_at=QUEUED,
    queued_at=QUEUED,
    gives_up_at=QUEUED + timedelta(days=5),
    updated_at=QUEUED,
    last_reply=Reply(code=450, text="earlier"),
    last_host="old.example.com",
)
NO_SUCH_USER = Reply(code=550, enhanced="5.1.1", text="No such user")
GREYLISTED = Reply(code=450, enhanced="4.2.0", text="Greylisted")


def trace(reply: Reply | None = None, stage: Stage = Stage.RCPT) -> Trace:
    return Trace(
        route="mx",
        stage=stage,
        host="mx.example.com",
        address="192.0.2.1:25",
        reply=reply,
        diagnostic="words",
        tls_level="unverified",
        started_at=QUEUED,
        duration_seconds=0.5,
    )


def judged(outcome: Outcome, now: datetime = QUEUED, **changes) -> Judgement:
    return judge(replace(DELIVERY, **changes), outcome, now, jitter=0.0)


def kinds(judgement: Judgement) -> list[str]:
    return [kind.value.removeprefix("message.") for kind in judgement.told]


@pytest.mark.parametrize(
    ("outcome", "state", "told"),
    [
        pytest.param(
            Accepted(trace=trace(Reply(code=250)), is_final=True),
            *(State.DELIVERED, ["attempted", "sent", "delivered"]),
            id="final",
        ),
        pytest.param(
            Accepted(trace=trace(Reply(code=250)), is_final=False),
            *(State.SENT, ["attempted", "sent"]),
            id="relayed",
        ),
        pytest.param(
            Deferred(trace=trace(GREYLISTED)),
            *(State.DEFERRED, ["attempted", "deferred"]),
            id="deferred",
        ),
        pytest.param(
            Refused(trace=trace(NO_SUCH_USER)),
            *(State.BOUNCED, ["attempted", "bounced"]),
            id="refused",
        ),
        pytest.param(
            Failed(trace=trace()),
            *(State.FAILED, ["attempted", "failed"]),
            id="failed",
        ),
        pytest.param(
            Lost(trace=trace(stage=Stage.EOD)),
            *(State.DEFERRED, ["attempted", "unknown"]),
            id="a6-d8-lost",
        ),
    ],
)
def test_every_outcome_has_a_state_and_its_events(outcome, state, told):
    judgement = judged(outcome)
    assert judgement.changed.state is state
    assert kinds(judgement) == told
    assert judgement.changed.attempts == 1
    assert judgement.detail.attempt == 1
    waits = state is State.DEFERRED
    assert (judgement.detail.next_attempt_at is not None) == waits
    if waits:
        assert judgement.changed.due_at == judgement.detail.next_attempt_at


def test_a_loss_with_at_most_once_ends_there():
    judgement = judged(
        Lost(trace=trace(stage=Stage.EOD)), guarantee=Guarantee.AT_MOST_ONCE
    )
    assert judgement.changed.state is State.UNKNOWN
    assert judgement.step is Step.GIVE_UP_UNKNOWN
    assert kinds(judgement) == ["attempted", "unknown"]


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (Deferred(trace=trace(GREYLISTED)), ["attempted", "expired"]),
        (Lost(trace=trace()), ["attempted", "unknown", "expired"]),
    ],
)
def test_d15_when_time_has_run_out_a_deferral_is_the_end(outcome, told):
    judgement = judged(outcome, DELIVERY.gives_up_at)
    assert judgement.changed.state is State.EXPIRED
    assert kinds(judgement) == told
    assert judgement.detail.next_attempt_at is None


# --- what was said ---


def test_a_refusal_is_classified_and_kept():
    judgement = judged(Refused(trace=trace(NO_SUCH_USER)))
    detail, changed = judgement.detail, judgement.changed
    assert (detail.bounce_class, detail.bounce_scope) == (
        "invalid_recipient",
        "recipient",
    )
    assert detail.permanent
    assert detail.rule_id
    assert (changed.last_reply, changed.last_host) == (NO_SUCH_USER, "mx.example.com")
    assert (changed.bounce_class, changed.diagnostic) == ("invalid_recipient", "words")


def test_a_full_mailbox_is_tried_again_though_the_host_said_5xx():
    full = Reply(code=552, enhanced="5.2.2", text="Mailbox full")
    judgement = judged(Refused(trace=trace(full)))
    assert isinstance(judgement.outcome, Deferred)
    assert judgement.changed.state is State.DEFERRED
    assert kinds(judgement) == ["attempted", "deferred"]
    assert (judgement.detail.bounce_class, judgement.detail.permanent) == (
        *("mailbox_full", False),
    )


def test_what_a_host_said_last_outlives_an_attempt_that_heard_nothing():
    silent = Deferred(trace=trace(Reply(code=0, enhanced="4.4.1"), Stage.CONNECT))
    changed = judged(silent).changed
    assert (changed.last_reply, changed.last_host) == (
        *(DELIVERY.last_reply, "old.example.com"),
    )
    assert changed.bounce_class == "connection"


@pytest.mark.parametrize(
    ("enhanced", "stage", "bounce_class"),
    [
        pytest.param("5.1.2", Stage.ROUTE, "invalid_domain", id="d1-nxdomain"),
        pytest.param("5.1.10", Stage.ROUTE, "invalid_domain", id="d1-null-mx"),
        pytest.param("5.4.6", Stage.ROUTE, "other", id="d3-loop"),
        pytest.param("5.4.4", Stage.ROUTE, "dns", id="no-address"),
        pytest.param("5.6.7", Stage.MAIL, "protocol_error", id="c9-smtputf8"),
    ],
)
def test_our_own_findings_are_for_good_when_they_refuse(enhanced, stage, bounce_class):
    own = Refused(trace=trace(Reply(code=0, enhanced=enhanced), stage))
    judgement = judged(own)
    assert judgement.changed.state is State.BOUNCED
    assert (judgement.detail.bounce_class, judgement.detail.permanent) == (
        *(bounce_class, True),
    )


def test_a_5xx_that_we_go_on_after_is_not_told_as_permanent():
    refusal = Reply(code=535, enhanced="5.7.8", text="Bad credentials")
    judgement = judged(Deferred(trace=trace(refusal, Stage.AUTH)))
    assert judgement.changed.state is State.DEFERRED
    assert judgement.detail.bounce_class == "auth_failed"
    assert not judgement.detail.permanent


def test_a_fault_of_ours_defers_and_blames_nobody():
    ours = Deferred(trace=trace(Reply(code=0, enhanced=OWN_FAULT)))
    judgement = judged(ours)
    assert judgement.changed.state is State.DEFERRED
    assert (judgement.detail.bounce_class, judgement.detail.rule_id) == (
        *("other", "own-fault"),
    )


# --- when it is tried again ---


def wait(outcome: Outcome, **changes) -> timedelta:
    return judged(outcome, **changes).changed.due_at - QUEUED


def test_trouble_before_a_greeting_and_greylisting_are_tried_again_soon():
    away = trace(Reply(code=0, enhanced="4.4.1"), Stage.CONNECT)
    assert wait(Deferred(trace=away, is_quick=True)) == timedelta(minutes=1)
    assert wait(Deferred(trace=trace(GREYLISTED))) == timedelta(minutes=1)
    other = Reply(code=451, enhanced="4.3.0", text="Local error")
    assert wait(Deferred(trace=trace(other))) == timedelta(minutes=5)


def test_a_hint_of_the_host_is_honoured():
    hint = Reply(code=450, enhanced="4.7.1", text="Try again in 20 minutes")
    assert wait(Deferred(trace=trace(hint))) >= timedelta(minutes=20)


def test_a_delay_is_told_after_an_hour_and_after_four():
    outcome = Deferred(trace=trace(GREYLISTED))
    told = []
    announced = 0
    for minutes in (30, 60, 90, 240, 300):
        judgement = judged(
            *(outcome, QUEUED + timedelta(minutes=minutes)), delays_announced=announced
        )
        announced = judgement.changed.delays_announced
        told.append(EventType.MESSAGE_DELAYED in judgement.told)
    assert told == [False, True, False, True, False]


@given(
    outcome=st.sampled_from(
        [
            Accepted(trace=trace(Reply(code=250)), is_final=True),
            Deferred(trace=trace(GREYLISTED)),
            Refused(trace=trace(NO_SUCH_USER)),
            Failed(trace=trace()),
            Lost(trace=trace()),
        ]
    ),
    attempts=st.integers(0, 60),
    hours=st.floats(0, 300),
    jitter=st.floats(-1, 1),
    guarantee=st.sampled_from(list(Guarantee)),
)
def test_whatever_happens_a_delivery_waits_or_has_ended(
    outcome, attempts, hours, jitter, guarantee
):
    delivery = replace(DELIVERY, attempts=attempts, guarantee=guarantee)
    now = QUEUED + timedelta(hours=hours)
    judgement = judge(delivery, outcome, now, jitter)
    changed = judgement.changed
    assert changed.attempts == attempts + 1
    assert changed.state.is_terminal or now < changed.due_at <= delivery.gives_up_at
    assert judgement.told[0] is EventType.MESSAGE_ATTEMPTED
