"""DeliveryService over the wire."""

import grpc
import pytest

from mailbot.v1 import accounts_pb2, deliveries_pb2, inboxes_pb2
from mailbot_server.core.delivery import Stage, State
from mailbot_server.core.mail.reply import Reply
from mailbot_server.store import deliveries, inboxes
from tests.fakes.mail import add_deliveries

REFUSED = {
    "state": State.BOUNCED,
    "last_reply": Reply(code=550, enhanced="5.1.1", text="User unknown"),
    "last_stage": Stage.RCPT.value,
    "bounce_class": "other",
    "bounce_scope": "policy",
    "permanent": True,
    "rule_id": "older",
}


@pytest.fixture
def refused(api, stubs, operator, make_key):
    """The id of a new account with refusals that an older table did not know."""
    made = []

    def make(numbers: range) -> str:
        request = accounts_pb2.CreateAccountRequest(
            account=accounts_pb2.Account(display_name="Owner")
        )
        account = stubs.accounts.CreateAccount(request, metadata=operator).account
        by = make_key(account_id=account.id, scopes=["admin"])
        new = stubs.inboxes.CreateInbox(inboxes_pb2.CreateInboxRequest(), metadata=by)
        inbox = api.run(api.db.read(inboxes.get, account.id, new.inbox.id))
        made.extend(api.run(add_deliveries(api.db, inbox, numbers, **REFUSED)))
        return account.id

    make.made = made
    return make


@pytest.fixture
def reclassify(stubs, operator):
    def call(by=operator, **fields):
        request = deliveries_pb2.ReclassifyDeliveriesRequest(**fields)
        answers = stubs.deliveries.ReclassifyDeliveries(request, metadata=by)
        return [(each.examined, each.changed, each.lifted) for each in answers]

    return call


def test_one_account_is_classified_again(api, refused, reclassify):
    account_id = refused(range(1, 4))
    assert reclassify(account_id=account_id, dry_run=True) == [(3, 3, 0)]
    assert reclassify(account_id=account_id) == [(3, 3, 0)]
    assert reclassify(account_id=account_id) == [(3, 0, 0)]
    [first, *_] = refused.made
    now = api.run(api.db.read(deliveries.get, account_id, first.id))
    assert now.bounce_class == "invalid_recipient"


def test_all_accounts_are_classified_again_with_their_progress(refused, reclassify):
    refused(range(11, 12))
    refused(range(21, 622))
    counts = reclassify()
    assert counts == sorted(counts)
    assert len(counts) >= 3
    assert counts[-1][1] == 602


def test_an_account_that_is_not_there_is_not_found(reclassify):
    with pytest.raises(grpc.RpcError) as refusal:
        reclassify(account_id="acc_nobody")
    assert refusal.value.code() is grpc.StatusCode.NOT_FOUND


def test_only_operators_may(reclassify, make_key):
    with pytest.raises(grpc.RpcError) as refusal:
        reclassify(by=make_key(scopes=["deliveries:write"]))
    assert refusal.value.code() is grpc.StatusCode.PERMISSION_DENIED
