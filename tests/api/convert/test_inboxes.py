"""Inboxes as the API shows them."""

from datetime import timedelta

import pytest

from mailbot.v1 import inboxes_pb2
from mailbot_server.api.convert import inboxes as convert
from mailbot_server.core.inbox import (
    PERMISSIONS,
    InboxCounts,
    InboxState,
    InboxUsage,
    Requirement,
    Suspension,
)
from mailbot_server.core.reputation import Reputation, Standing, Tally
from mailbot_server.core.retention import Retention
from mailbot_server.core.tracking.asked import Tracking
from tests.fakes.tenants import BEGINNING, inbox, principal

LATER = BEGINNING + timedelta(days=1)
USAGE = InboxUsage(
    sends_today=249,
    day_reset_at=LATER,
    sends_this_minute=3,
    minute_send_limit=25,
    minute_reset_at=LATER,
)
COUNTS = InboxCounts(
    inbound_messages=3, outbound_messages=4, threads=2, open_deliveries=1
)

REPUTATION = Reputation(
    tally=Tally(outcomes=200, hard_bounces=11, complaints=2), standing=Standing.WARNED
)


def test_no_field_is_left_out():
    full = inbox(
        display_name="Support",
        labels=("a",),
        metadata={"k": "v"},
        state=InboxState.SUSPENDED,
        suspension=Suspension(
            reason="why", by="key_1", since=BEGINNING, until=LATER, refuse_inbound=True
        ),
        disabled_at=LATER,
        expires_at=LATER,
        require_auth=Requirement.ALIGNED,
        is_catch_all=True,
        tracking=Tracking(clicks=True),
        retention=Retention(content_days=30, metadata_days=60),
        legal_hold=True,
    )
    shown = convert.to_proto(full, USAGE, COUNTS, REPUTATION)
    assert {field.name for field, _ in shown.ListFields()} == {
        field.name for field in inboxes_pb2.Inbox.DESCRIPTOR.fields
    }
    assert {field.name for field, _ in shown.suspension.ListFields()} == {
        field.name for field in inboxes_pb2.InboxSuspension.DESCRIPTOR.fields
    }
    assert {field.name for field, _ in shown.reputation.ListFields()} == {
        field.name for field in inboxes_pb2.InboxReputation.DESCRIPTOR.fields
    }
    assert shown.counts.messages == 7
    assert shown.usage.sends_remaining_today == 1


def test_what_is_left_is_never_below_nothing():
    low = inbox(daily_send_limit=10)
    assert convert.to_proto(low, USAGE).usage.sends_remaining_today == 0


def test_lists_leave_usage_and_counts_unset():
    shown = convert.to_proto(inbox())
    assert not shown.HasField("usage")
    assert not shown.HasField("counts")
    assert not shown.HasField("suspension")


@pytest.mark.parametrize("state", InboxState)
def test_every_state_has_its_number(state):
    name = inboxes_pb2.Inbox.State.Name(convert.to_proto(inbox(state=state)).state)
    assert name == f"STATE_{state.name}"


def test_every_permission_has_its_number_and_back():
    shown = convert.to_proto(inbox(permissions=PERMISSIONS))
    assert len(shown.permissions) == len(PERMISSIONS)
    assert convert.permissions_of(shown) == PERMISSIONS
    declared = inboxes_pb2.InboxPermission.DESCRIPTOR.values_by_number
    assert len(declared) == len(PERMISSIONS) + 1


def test_a_filter_is_folded_and_narrowed():
    wanted = inboxes_pb2.InboxFilter(
        labels=["a"],
        states=[inboxes_pb2.Inbox.STATE_DISABLED],
        domain="Example.COM",
        address_contains="SUPPORT",
    )
    found = convert.filter_of(wanted, principal(inbox_ids=("inb_1",)))
    assert found.labels == ("a",)
    assert found.states == (InboxState.DISABLED,)
    assert (found.domain, found.address_contains) == ("example.com", "support")
    assert found.visible_ids == ("inb_1",)
