import dataclasses
from datetime import UTC, datetime

import pytest

from mailbot_server.core import policy
from mailbot_server.core.errors import NotAllowed, WrongState
from mailbot_server.core.inbox import Inbox, InboxState, Suspension
from mailbot_server.core.mail import reply

NOW = datetime(2025, 11, 20, 12, 0, tzinfo=UTC)
INBOX = Inbox(
    id="inb_1",
    account_id="acc_1",
    address="support@example.com",
    username="support",
    domain="example.com",
    created_at=NOW,
    updated_at=NOW,
)
QUIET = Suspension(reason="review", by="mailbot", since=NOW)
CLOSED = Suspension(reason="review", by="mailbot", since=NOW, refuse_inbound=True)


def inbox(**changes):
    return dataclasses.replace(INBOX, **changes)


@pytest.mark.parametrize(
    "receiver",
    [
        pytest.param(inbox(), id="active"),
        pytest.param(
            inbox(state=InboxState.SUSPENDED, suspension=QUIET),
            id="suspended-from-sending",
        ),
        pytest.param(inbox(suspension=CLOSED), id="suspension-that-is-over"),
        pytest.param(inbox(permissions=frozenset({"receive"})), id="receive-only"),
    ],
)
def test_mail_is_welcome(receiver):
    assert policy.may_receive(receiver) is None


@pytest.mark.parametrize(
    "receiver",
    [
        pytest.param(None, id="unknown"),
        pytest.param(inbox(state=InboxState.DISABLED), id="disabled"),
        pytest.param(
            inbox(permissions=frozenset({"send", "search"})), id="without-receive"
        ),
        pytest.param(
            inbox(
                state=InboxState.SUSPENDED, suspension=CLOSED, permissions=frozenset()
            ),
            id="suspended-without-receive",
        ),
    ],
)
def test_nobody_learns_from_a_refusal_which_addresses_exist(receiver):
    assert policy.may_receive(receiver) == reply.UNKNOWN_RECIPIENT
    assert (reply.UNKNOWN_RECIPIENT.code, reply.UNKNOWN_RECIPIENT.enhanced) == (
        550,
        "5.1.1",
    )


def test_suspended_inbox_defers_mail_when_the_operator_says_so():
    refusal = policy.may_receive(inbox(state=InboxState.SUSPENDED, suspension=CLOSED))
    assert refusal is reply.INBOX_SUSPENDED
    assert (refusal.code, refusal.enhanced) == (450, "4.2.1")


def test_active_inbox_with_permission_may_send():
    policy.check_may_send(inbox(permissions=frozenset({"send"})))


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (InboxState.SUSPENDED, "INBOX_SUSPENDED"),
        (InboxState.DISABLED, "INBOX_DISABLED"),
    ],
)
def test_sending_needs_an_active_inbox(state, reason):
    with pytest.raises(WrongState) as refused:
        policy.check_may_send(inbox(state=state))
    error = refused.value
    assert (error.reason, error.kind, error.subject) == (reason, "INBOX_STATE", "inb_1")
    assert error.details == {"inbox_id": "inb_1", "state": state.value}


def test_sending_needs_the_permission():
    with pytest.raises(NotAllowed) as refused:
        policy.check_may_send(inbox(permissions=frozenset({"receive"})))
    assert refused.value.reason == "INBOX_PERMISSION_MISSING"
    assert refused.value.details == {"inbox_id": "inb_1", "permission": "send"}
