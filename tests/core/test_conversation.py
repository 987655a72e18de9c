import dataclasses
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core import conversation
from mailbot_server.core.mail import draft
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.message import Addressees, Direction, Message

NOW = datetime(2025, 11, 20, 3, 29, tzinfo=UTC)
OWN = "support@example.com"


def box(address, name=""):
    return Mailbox(address=address, display_name=name)


ANN, BEN, CIA = (
    box("ann@example.org", "Ann"),
    box("ben@example.org"),
    box("cia@example.net"),
)
ME = box(OWN, "Support")


def message(**changes):
    received = Message(
        id="msg_1",
        account_id="acc_1",
        inbox_id="inb_1",
        thread_id="thr_1",
        direction=Direction.INBOUND,
        created_at=NOW,
        sender=ANN,
        addressees=Addressees(to=(ME,)),
    )
    return dataclasses.replace(received, **changes)


def recipients(received, *, reply_all=False):
    found = conversation.reply_recipients(received, OWN, reply_all=reply_all)
    return [m.address for m in found.to], [m.address for m in found.cc]


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Invoice", "Re: Invoice"),
        ("Re: Invoice", "Re: Invoice"),
        ("RE:Invoice", "Re: Invoice"),
        ("re : RE: Re: Invoice", "Re: Invoice"),
        ("AW: Rechnung", "Re: Rechnung"),
        ("Antw: Rekening", "Re: Rekening"),
        ("SV: VS: Faktura", "Re: Faktura"),
        ("回复：发票", "Re: 发票"),
        ("答复: Re: 发票", "Re: 发票"),
        ("Ответ: счёт", "Re: счёт"),
        ("Re[2]: Invoice", "Re: Invoice"),
        ("Re^3: Invoice", "Re: Invoice"),
        ("RE (4) : Invoice", "Re: Invoice"),
        ("Fwd: Invoice", "Re: Fwd: Invoice"),
        ("Re: Fwd: Re: Invoice", "Re: Fwd: Re: Invoice"),
        ("[list] Re: Invoice", "Re: [list] Invoice"),
        ("Re: [list] AW: Invoice", "Re: [list] Invoice"),
        ("[list] Invoice", "Re: [list] Invoice"),
        ("Re", "Re: Re"),
        ("Reply: Invoice", "Re: Reply: Invoice"),
        ("Release: 1.0", "Re: Release: 1.0"),
        ("", "Re:"),
        ("Re:", "Re:"),
        ("a\r\nBcc: x@example.com", "Re: a Bcc: x@example.com"),
        ("a\x00\u2028b", "Re: a b"),
    ],
)
def test_a_reply_says_re_once(subject, expected):
    assert conversation.reply_subject(subject) == expected


@pytest.mark.parametrize("subject", ["漢" * 1500, "word " * 400, "x" * 3000])
def test_endless_subject_is_cut(subject):
    answer = conversation.reply_subject(subject)
    assert answer.startswith(f"Re: {subject[:100]}")
    assert (
        draft.check(draft.Draft(sender=ME, to=(ANN,), subject=answer, text="x")) == []
    )


@given(st.text(max_size=1500) | st.text("é漢Re: []", max_size=1500))
def test_every_subject_can_be_answered(subject):
    answer = conversation.reply_subject(subject)
    sendable = draft.Draft(sender=ME, to=(ANN,), subject=answer, text="x")
    assert draft.check(sendable) == []


@given(st.text("Re: AW[2]x", max_size=40))
def test_answering_an_answer_changes_nothing(subject):
    once = conversation.reply_subject(subject)
    assert conversation.reply_subject(once) == once


@pytest.mark.parametrize(
    ("references", "in_reply_to", "message_id", "expected"),
    [
        pytest.param((), "", "c@x", ("c@x",), id="first-answer"),
        pytest.param(
            ("a@x", "b@x"), "b@x", "c@x", ("a@x", "b@x", "c@x"), id="whole-chain"
        ),
        pytest.param(
            (), "b@x", "c@x", ("b@x", "c@x"), id="rfc5322-3.6.4-in-reply-to-stands-in"
        ),
        pytest.param(
            ("a@x", "c@x", "a@x"), "", "c@x", ("a@x", "c@x"), id="no-repeats-own-last"
        ),
        pytest.param(("<a@x>", ""), "", "<c@x>", ("a@x", "c@x"), id="normalised"),
        pytest.param(("a@x",), "", "", ("a@x",), id="answered-message-without-id"),
        pytest.param((), "", "", (), id="nothing-named"),
    ],
)
def test_references_carry_the_chain(references, in_reply_to, message_id, expected):
    found = conversation.reply_references(references, in_reply_to, message_id)
    assert found == expected


def test_long_chain_keeps_its_first_and_last_twenty():
    chain = tuple(f"{n}@x" for n in range(50))
    found = conversation.reply_references(chain, "49@x", "own@x")
    assert found == ("0@x", *(f"{n}@x" for n in range(31, 50)), "own@x")
    assert len(found) == 21


def test_quote_names_who_wrote_when():
    found = conversation.quote_text("Hello,\n\n> older\nbye\n\n", ANN, NOW)
    assert found == (
        "On Thu, 20 Nov 2025 03:29:00 +0000, Ann <ann@example.org> wrote:\n"
        "> Hello,\n>\n> > older\n> bye\n"
    )


def test_quote_without_date_and_name():
    assert conversation.quote_text("Hi", BEN, None) == "ben@example.org wrote:\n> Hi\n"


def test_quote_takes_every_line_end():
    assert conversation.quote_text("a\r\nb\rc", BEN, None).endswith("\n> a\n> b\n> c\n")


def test_reply_goes_to_the_sender():
    assert recipients(message()) == (["ann@example.org"], [])


def test_reply_goes_where_the_sender_wants_it():
    received = message(addressees=Addressees(to=(ME,), reply_to=(BEN, CIA)))
    assert recipients(received) == (["ben@example.org", "cia@example.net"], [])


def test_reply_all_goes_to_everybody_else():
    tagged = box("Support+sales@EXAMPLE.com")
    received = message(
        addressees=Addressees(
            to=(ME, BEN, ANN), cc=(CIA, tagged, box("BEN@example.org"))
        )
    )
    expected = (["ann@example.org", "ben@example.org"], ["cia@example.net"])
    assert recipients(received, reply_all=True) == expected


def test_reply_all_honours_reply_to_in_place_of_the_sender():
    received = message(addressees=Addressees(to=(ME,), cc=(BEN,), reply_to=(CIA,)))
    expected = (["cia@example.net"], ["ben@example.org"])
    assert recipients(received, reply_all=True) == expected


@pytest.mark.parametrize("reply_all", [False, True])
def test_message_to_oneself_can_be_answered(reply_all):
    assert recipients(message(sender=ME), reply_all=reply_all) == ([OWN], [])


def test_answer_to_our_own_message_goes_to_its_recipients():
    sent = message(
        direction=Direction.OUTBOUND,
        sender=ME,
        addressees=Addressees(to=(ANN, BEN), cc=(CIA,)),
    )
    assert recipients(sent) == (["ann@example.org", "ben@example.org"], [])
    everybody = (["ann@example.org", "ben@example.org"], ["cia@example.net"])
    assert recipients(sent, reply_all=True) == everybody


def test_answer_to_our_own_message_without_to_goes_to_its_cc():
    sent = message(
        direction=Direction.OUTBOUND, sender=ME, addressees=Addressees(cc=(CIA,))
    )
    assert recipients(sent) == (["cia@example.net"], [])


def test_blind_recipients_are_never_shown_to_each_other():
    sent = message(
        direction=Direction.OUTBOUND, sender=ME, addressees=Addressees(bcc=(ANN, BEN))
    )
    assert recipients(sent) == ([], [])
    assert recipients(sent, reply_all=True) == ([], [])


def test_message_from_nobody_has_nobody_to_answer():
    assert recipients(message(sender=None)) == ([], [])


def test_names_are_made_writable():
    received = message(sender=box("ann@example.org", "Ann\r\nBcc: x\x00" + "é" * 300))
    found = conversation.reply_recipients(received, OWN, reply_all=False)
    assert found.to[0].display_name.startswith("Ann Bcc: x é")
    assert draft.check(draft.Draft(sender=ME, to=found.to, text="x")) == []
