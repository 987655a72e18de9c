"""Domains as callers see them."""

import pytest

from mailbot.v1 import domains_pb2
from mailbot_server.api.convert import domains as convert
from mailbot_server.core.domain import publish, record
from mailbot_server.core.domain.key import KeyState
from mailbot_server.core.domain.record import Purpose, RecordState
from mailbot_server.core.domain.spf import Sender
from tests.fakes.domain_keys import ED25519, RSA, stored_key
from tests.fakes.domains import domain
from tests.fakes.tenants import BEGINNING

KEYS = (stored_key(RSA), stored_key(ED25519, 2, state=KeyState.PENDING))
RECORDS = publish.wanted("example.com", "abc", KEYS, Sender(hostname="mx.example.net"))


def test_no_field_is_left_out():
    findings = {each.key: record.wrong(["x"], "why") for each in RECORDS}
    whole = domain(
        findings=findings,
        verified_at=BEGINNING,
        return_path_at=BEGINNING,
        checked_at=BEGINNING,
    )
    shown = convert.to_proto(whole, KEYS, [RECORDS[0]])
    for message in (shown, shown.records[0], shown.keys[1]):
        assert {each.name for each, _ in message.ListFields()} == {
            each.name for each in message.DESCRIPTOR.fields
        }


def test_keys_come_newest_first_and_records_as_they_are_asked_for():
    shown = convert.to_proto(domain(), KEYS, RECORDS)
    assert [key.selector for key in shown.keys] == ["ed255192", "rsa1"]
    assert [each.name for each in shown.records] == [each.name for each in RECORDS]
    assert shown.signing
    assert not shown.verified


def test_a_proposal_takes_the_place_of_the_plain_value():
    finding = record.wrong(["v=spf1 -all"], "why", "v=spf1 a:mx.example.net -all")
    [spf] = [each for each in RECORDS if each.key == "spf:example.com"]
    shown = convert.to_proto(domain(findings={spf.key: finding}), (), [spf])
    assert shown.records[0].value == "v=spf1 a:mx.example.net -all"


@pytest.mark.parametrize("purpose", list(Purpose))
def test_every_purpose_has_its_word(purpose):
    its = record.Record(purpose=purpose, name="example.com", value="x")
    [shown] = convert.to_proto(domain(), (), [its]).records
    word = domains_pb2.DomainRecordPurpose.Name(shown.purpose)
    assert word == f"DOMAIN_RECORD_PURPOSE_{purpose.name}"


@pytest.mark.parametrize("state", list(RecordState))
def test_every_state_has_its_word(state):
    its = record.Record(purpose=Purpose.SPF, name="example.com", value="x")
    findings = {its.key: record.Finding(state=state)}
    [shown] = convert.to_proto(domain(findings=findings), (), [its]).records
    word = domains_pb2.DomainRecordState.Name(shown.state)
    assert word == f"DOMAIN_RECORD_STATE_{state.name}"


@pytest.mark.parametrize("state", list(KeyState))
def test_every_state_of_a_key_has_its_word(state):
    [shown] = convert.to_proto(domain(), [stored_key(state=state)], ()).keys
    assert domains_pb2.DomainKey.State.Name(shown.state) == f"STATE_{state.name}"
