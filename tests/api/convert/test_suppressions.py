"""Suppressions as the API shows them, and what it reads of those who ask for them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from mailbot.v1 import suppressions_pb2
from mailbot_server.api.convert import suppressions as convert
from mailbot_server.core.errors import InvalidInput
from mailbot_server.core.suppression import Suppression, SuppressionReason, Wanted
from tests.fakes.tenants import BEGINNING, principal

LATER = BEGINNING + timedelta(hours=1)
STAMP = Timestamp(seconds=int(LATER.timestamp()))
Add = suppressions_pb2.AddSuppressionRequest
FOUND = Suppression(
    id="sup_1",
    account_id="acc_1",
    inbox_id="inb_1",
    address="carol@example.com",
    reason=SuppressionReason.COMPLAINT,
    created_at=BEGINNING,
    expires_at=LATER,
    delivery_id="dlv_1",
    message_id="msg_1",
    note="n",
    added_by="mailbot",
)


def test_no_field_is_left_out():
    shown = convert.to_proto(FOUND, principal())
    assert {field.name for field, _ in shown.ListFields()} == {
        field.name for field in suppressions_pb2.Suppression.DESCRIPTOR.fields
    }
    assert shown.reason == suppressions_pb2.SUPPRESSION_REASON_COMPLAINT


def test_a_restricted_key_learns_no_cause_of_the_accounts():
    who = principal(inbox_ids=("inb_1",))
    assert convert.to_proto(FOUND, who).note == "n"
    shown = convert.to_proto(replace(FOUND, inbox_id=""), who)
    assert {field.name for field, _ in shown.ListFields()} == {
        *("id", "address", "reason", "create_time", "expire_time"),
    }


@pytest.mark.parametrize("reason", SuppressionReason)
def test_every_reason_has_its_number_and_back(reason):
    shown = convert.to_proto(replace(FOUND, reason=reason), principal())
    asked = Add(address="a@example.com", reason=shown.reason)
    assert convert.wanted(asked, BEGINNING).reason is reason


def test_what_is_asked_for_is_folded_and_manual_unless_told():
    asked = Add(address="Carol@Bücher.example", note="n", expire_time=STAMP)
    assert convert.wanted(asked, BEGINNING) == Wanted(
        address="carol@xn--bcher-kva.example", expires_at=LATER, note="n"
    )
    entry = suppressions_pb2.SuppressionEntry(address="carol+tag@example.com")
    assert convert.wanted(entry, BEGINNING).address == "carol+tag@example.com"


@pytest.mark.parametrize(
    ("field", "reason", "fields"),
    [
        ("address", "ADDRESS_INVALID", {"address": ""}),
        ("address", "ADDRESS_INVALID", {"address": "Carol <carol@example.com>"}),
        ("address", "ADDRESS_INVALID", {"address": "a@b\x00"}),
        ("reason", "FIELD_INVALID", {"reason": 77}),
        ("note", "FIELD_INVALID", {"note": "x" * 501}),
        ("note", "FIELD_INVALID", {"note": "\x00"}),
        ("expire_time", "FIELD_INVALID", {"expire_time": Timestamp(seconds=10**12)}),
        ("expire_time", "FIELD_INVALID", {"expire_time": Timestamp(seconds=1)}),
    ],
)
def test_what_cannot_be_is_named(field, reason, fields):
    with pytest.raises(InvalidInput) as caught:
        convert.wanted(Add(**{"address": "a@example.com", **fields}), BEGINNING)
    assert caught.value.reason == reason
    assert [each.field for each in caught.value.violations] == [field]


def test_it_must_end_in_the_future():
    asked = Add(address="a@example.com", expire_time=STAMP)
    with pytest.raises(InvalidInput, match="future"):
        convert.wanted(asked, LATER)


def test_a_filter_is_narrowed_and_keeps_its_conditions():
    asked = suppressions_pb2.SuppressionFilter(
        reasons=[suppressions_pb2.SUPPRESSION_REASON_UNSUBSCRIBE],
        address_contains="Example",
        after_time=STAMP,
        before_time=STAMP,
    )
    found = convert.filter_of(asked, "inb_1", principal(inbox_ids=("inb_1",)))
    assert found.reasons == (SuppressionReason.UNSUBSCRIBE,)
    assert (found.inbox_id, found.address_contains) == ("inb_1", "example")
    assert found.after_at == found.before_at == LATER
    assert found.visible_inbox_ids == ("inb_1",)
