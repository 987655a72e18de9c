"""What rules hold for, in which order they act, and where it ends."""

from dataclasses import replace

import pytest

from mailbot_server.core.mail.parse import Header
from mailbot_server.core.message import Kind
from mailbot_server.core.screening.rule import (
    Actions,
    Conditions,
    Facts,
    HeaderCondition,
    Proof,
    Rule,
    holds,
    judge,
)
from tests.fakes.tenants import BEGINNING

FACTS = Facts(
    senders=("bob@shop.example.com", "bounce@mail.example.net"),
    recipient="me+Sales@example.org",
    tag="Sales",
    subject="Your Invoice Nº 7",
    headers=(Header(name="X-Priority", value="1 (Highest)"),),
    is_aligned=True,
    dmarc_fails=False,
    size_bytes=5000,
    attachments=("Rechnung.PDF", ""),
    kind=Kind.NORMAL,
    is_upstream_spam=True,
)


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({}, True),
        ({"senders": ("*.example.com",)}, True),
        ({"senders": ("mail.example.net",)}, True),
        ({"senders": ("example.com", "nobody@example.net")}, False),
        ({"recipients": ("me+sales@example.org",)}, True),
        ({"recipients": ("example.net",)}, False),
        ({"tags": ("sales", "x")}, True),
        ({"tags": ("support",)}, False),
        ({"subject_contains": ("nothing", "INVOICE")}, True),
        ({"subject_contains": ("nothing",)}, False),
        ({"headers": (HeaderCondition(name="x-priority"),)}, True),
        ({"headers": (HeaderCondition(name="X-Priority", contains="high"),)}, True),
        ({"headers": (HeaderCondition(name="X-Priority", contains="low"),)}, False),
        ({"headers": (HeaderCondition(name="X-Other"),)}, False),
        ({"authentication": Proof.ALIGNED}, True),
        ({"authentication": Proof.NOT_ALIGNED}, False),
        ({"authentication": Proof.DMARC_FAILS}, False),
        ({"larger_than_bytes": 4999}, True),
        ({"larger_than_bytes": 5000}, False),
        ({"has_attachments": True}, True),
        ({"has_attachments": False}, False),
        ({"attachment_endings": (".exe", ".pdf")}, True),
        ({"attachment_endings": (".exe",)}, False),
        ({"kinds": (Kind.NORMAL, Kind.COMPLAINT)}, True),
        ({"kinds": (Kind.AUTO_REPLY,)}, False),
        ({"is_upstream_spam": True}, True),
        ({"senders": ("*.example.com",), "tags": ("support",)}, False),
    ],
)
def test_what_a_condition_holds_for(conditions, expected):
    assert holds(Conditions(**conditions), FACTS) is expected


@pytest.mark.parametrize("proof", Proof)
def test_what_was_not_checked_proves_nothing_and_fails_nothing(proof):
    unchecked = replace(FACTS, is_aligned=None, dmarc_fails=None)
    assert not holds(Conditions(authentication=proof), unchecked)


@pytest.mark.parametrize("wanted", [True, False])
def test_attachments_of_an_unread_message_are_unknown(wanted):
    unread = replace(FACTS, attachments=None)
    assert not holds(Conditions(has_attachments=wanted), unread)
    assert not holds(Conditions(attachment_endings=(".exe",)), unread)


def rule(number: int, *, conditions: Conditions | None = None, **actions) -> Rule:
    return Rule(
        id=f"rul_{number}",
        account_id="acc_1",
        conditions=conditions or Conditions(),
        actions=Actions(**actions),
        created_at=BEGINNING,
        updated_at=BEGINNING,
    )


def test_every_rule_that_matches_acts():
    never = Conditions(tags=("nothing",))
    rules = [
        rule(1, add_labels=("a", "b")),
        rule(2, add_labels=("c",), conditions=never),
        rule(3, add_labels=("b", "d"), quarantine=True),
    ]
    outcome = judge(rules, FACTS)
    assert outcome.labels == ["a", "b", "d"]
    assert outcome.quarantines
    assert not outcome.rejects
    assert outcome.cause == rules[2]


def test_stop_ends_it():
    outcome = judge([rule(1, stop=True), rule(2, reject=True)], FACTS)
    assert not outcome.rejects


def test_a_disabled_rule_is_not_asked():
    disabled = replace(rule(1, reject=True), is_disabled=True)
    assert not judge([disabled], FACTS).rejects


def test_the_first_that_refuses_is_the_cause():
    rules = [rule(1, quarantine=True), rule(2, reject=True), rule(3, reject=True)]
    outcome = judge(rules, FACTS)
    assert outcome.rejects
    assert outcome.cause == rules[1]


def test_actions_that_do_nothing_say_so():
    assert Actions().is_nothing
    assert not Actions(stop=True).is_nothing
