"""A message goes into its row and comes back the same."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from mailbot_server.core.authentication.verdicts import (
    ArcVerdict,
    DkimVerdict,
    DmarcVerdict,
    Policy,
    Result,
    SpfVerdict,
    Verdicts,
)
from mailbot_server.core.event import AttachmentSummary
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.message import (
    Addressees,
    Direction,
    Guarantee,
    Kind,
    Message,
    ParseState,
    Quarantine,
    Stream,
    Via,
)
from mailbot_server.core.tracking.asked import Tracking
from mailbot_server.store import message_rows
from tests.fakes import mail, tenants
from tests.fakes.tenants import BEGINNING

PLAIN = mail.message(1, tenants.inbox())
ANN = Mailbox(address="ann@example.org", display_name="Änn")
FULL = replace(
    PLAIN,
    direction=Direction.INBOUND,
    date_at=BEGINNING,
    sender=ANN,
    addressees=Addressees(to=(ANN,), cc=(ANN,), bcc=(ANN,), reply_to=(ANN,)),
    references=("a@x", "b@x"),
    attachments=(AttachmentSummary(id="att_1", filename="ü.pdf", inline=True),),
    labels=("a", "b"),
    metadata={"k": "ü"},
    automated=True,
    defects=("missing_boundary",),
    stream=Stream.BULK,
    guarantee=Guarantee.AT_MOST_ONCE,
    via=Via.SMTP,
    tracking=Tracking(opens=True, text_clicks=True),
    one_click_unsubscribe=True,
    parse_state=ParseState.FAILED,
    kind=Kind.COMPLAINT,
    verdicts=Verdicts(
        spf=SpfVerdict(result=Result.FAIL, domain="example.org", explanation="no"),
        dkim=(DkimVerdict(result=Result.PASS, domain="example.org", bits=2048),),
        dmarc=DmarcVerdict(result=Result.FAIL, disposition=Policy.QUARANTINE),
        arc=ArcVerdict(result=Result.PASS, instance_count=2),
    ),
    quarantine=Quarantine(
        reason="rule",
        explanation="rule Ü",
        released_at=BEGINNING + timedelta(days=1),
        released_by="key_1",
    ),
    legal_hold=True,
    is_redacted=True,
)


def back(message: Message) -> Message:
    return message_rows.message(tuple(message_rows.row(message).values()))


@pytest.mark.parametrize("message", [PLAIN, FULL], ids=["plain", "full"])
def test_a_message_comes_back_the_same(message):
    assert back(message) == message


def test_no_field_of_the_full_one_is_as_by_default():
    left = {"thread_id", "id", "account_id", "inbox_id", "created_at"}
    plain = {
        each.name
        for each in fields(Message)
        if each.name not in left and getattr(FULL, each.name) == each.default
    }
    # Texts and numbers that other tests of messages fill in.
    assert plain <= {
        *("subject", "snippet", "in_reply_to", "sha256", "content_sha256"),
        *("envelope_sender", "envelope_recipient", "tag", "duplicate_of"),
        *("size_bytes", "dsn_return", "dsn_envelope_id", "rfc822_message_id"),
        *("more_ties",),
    }


@pytest.mark.parametrize("released", [None, BEGINNING])
def test_what_is_kept_apart_can_be_asked_for(released):
    apart = Quarantine(reason="rule", released_at=released)
    row = message_rows.row(replace(PLAIN, quarantine=apart))
    assert row["is_quarantined"] == (released is None)
