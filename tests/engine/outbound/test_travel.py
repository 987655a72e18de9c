"""Leases and results come out of the writer's process as they went in, and cheaply."""

import pickle
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mailbot_server.core.delivery import (
    Accepted,
    Deferred,
    Delivery,
    Failed,
    Lost,
    Refused,
    Stage,
    State,
    Trace,
)
from mailbot_server.core.mail.reply import Reply
from mailbot_server.core.message import Guarantee, Stream
from mailbot_server.engine.outbound.travel import Claimed, Result
from mailbot_server.store.database.writer import wire

NOW = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
REPLY = Reply(code=452, enhanced="4.2.2", text="Over quota – später")
PLAIN = Delivery(
    id="dlv_1",
    account_id="acc_1",
    inbox_id="inb_1",
    thread_id="thr_1",
    message_id="msg_1",
    recipient="jürgen@example.com",
    domain="example.com",
    state=State.LEASED,
    stream=Stream.BULK,
    guarantee=Guarantee.AT_MOST_ONCE,
    due_at=NOW,
    queued_at=NOW - timedelta(days=1),
    gives_up_at=NOW + timedelta(days=4),
    updated_at=NOW,
)
SEEN = replace(
    PLAIN,
    attempts=3,
    lease_owner="nod_1",
    lease_until=NOW + timedelta(minutes=5),
    lease_seq=7,
    started=True,
    last_reply=REPLY,
    is_tracked=True,
    replied_at=NOW,
)
TRACE = Trace(stage=Stage.EOD, reply=REPLY, host="mx", started_at=NOW)
SILENT = Trace(stage=Stage.CONNECT, reply=None, started_at=NOW)
OUTCOMES = (
    Accepted(trace=TRACE, is_final=True),
    Accepted(trace=TRACE, is_final=False),
    Deferred(trace=SILENT, is_quick=True),
    Refused(trace=TRACE, rule_id="rule"),
    Failed(trace=SILENT),
    Lost(trace=SILENT),
)


def across(value):
    """The value as another process gets it."""
    frames = wire.Frames()
    for piece in wire.frame(1, value):
        frames.add(piece)
    found = frames.next()
    assert found is not None
    return wire.value_of(found[1])


@pytest.mark.parametrize("lease", [PLAIN, SEEN], ids=["plain", "seen"])
@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda each: type(each).__name__)
def test_a_result_arrives_as_it_was(lease, outcome):
    result = Result(lease=lease, outcome=outcome, jitter=-0.25)
    assert across([result]) == [result]


@pytest.mark.parametrize(
    "claimed",
    [
        Claimed(),
        Claimed(leases=(PLAIN, SEEN), hosted=frozenset({PLAIN.recipient})),
    ],
    ids=["none", "some"],
)
def test_what_was_claimed_arrives_as_it_was(claimed):
    assert across(claimed) == claimed


def test_it_goes_as_plain_values():
    result = Result(lease=SEEN, outcome=OUTCOMES[0], jitter=0.0)
    *_, values = result.__reduce__()
    plain = (str, int, float, bool, type(None))

    def leaves(value):
        for each in value:
            if isinstance(each, tuple | list):
                yield from leaves(each)
            else:
                yield each

    assert all(type(each) in plain for each in leaves(values))
    assert len(wire.frame(1, result)[0]) < len(pickle.dumps(SEEN))
