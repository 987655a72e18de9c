from datetime import UTC, datetime

import pytest

from mailbot_server.core.criteria import (
    Criteria,
    Criterion,
    Place,
    Words,
    fold,
    hold,
)
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.parse import Header
from mailbot_server.core.message import Addressees, Direction, Message

MESSAGE = Message(
    id="msg_1",
    account_id="acc_1",
    inbox_id="inb_1",
    thread_id="thr_1",
    direction=Direction.INBOUND,
    created_at=datetime(2026, 3, 2, tzinfo=UTC),
    sender=Mailbox(address="No-Reply@Shop.example", display_name="Grüße vom Laden"),
    addressees=Addressees(
        to=(Mailbox(address="you@example.com", display_name="You"),),
        cc=(Mailbox(address="boss@example.com"),),
        bcc=(Mailbox(address="hidden@example.com"),),
    ),
    envelope_recipient="you+signup@example.com",
    subject="Confirm  your STRASSE",
    labels=("signup", "vip"),
)
WORDS = Words(
    body="Your code is\n123456.\n",
    headers=(
        Header("X-Mailer", "Shop 2.1"),
        Header("Received", "from a"),
        Header("Received", "from b"),
        Header("X-Empty", ""),
    ),
)


def one(place: Place, text: str, name: str = "") -> Criterion:
    folded = text if place is Place.LABEL else fold(text)
    return Criterion(place=place, text=folded, name=name)


def holds(*conditions: Criterion, is_any: bool = False, words: Words | None = WORDS):
    return hold(Criteria(conditions=conditions, is_any=is_any), MESSAGE, words)


TRUE = one(Place.SUBJECT, "confirm")
FALSE = one(Place.SUBJECT, "invoice")
TRUE_BODY = one(Place.BODY, "123456")
FALSE_BODY = one(Place.BODY, "654321")


@pytest.mark.parametrize(
    ("criterion", "expected"),
    [
        (one(Place.SENDER, "no-reply@shop"), True),
        (one(Place.SENDER, "GRÜSSE"), True),
        (one(Place.SENDER, "laden <no-reply@"), True),
        (one(Place.SENDER, "you@example.com"), False),
        (one(Place.RECIPIENT, "YOU@"), True),
        (one(Place.RECIPIENT, "boss"), True),
        (one(Place.RECIPIENT, "+signup@"), True),
        (one(Place.RECIPIENT, "hidden"), False),
        (one(Place.SUBJECT, "your straße"), True),
        (one(Place.SUBJECT, "confirm your"), True),
        (one(Place.SUBJECT, "confirmed"), False),
        (one(Place.BODY, "code is 123456"), True),
        (one(Place.BODY, "ｃｏｄｅ"), True),
        (one(Place.BODY, "code was"), False),
        (one(Place.HEADER, "shop 2", "x-mailer"), True),
        (one(Place.HEADER, "from b", "received"), True),
        (one(Place.HEADER, "", "x-empty"), True),
        (one(Place.HEADER, "", "x-absent"), False),
        (one(Place.HEADER, "x", "x-empty"), False),
        (one(Place.LABEL, "vip"), True),
        (one(Place.LABEL, "vi"), False),
    ],
    ids=lambda value: f"{value.place}-{value.text}" if hasattr(value, "place") else "",
)
def test_a_condition_looks_in_its_place(criterion, expected):
    assert holds(criterion) is expected


@pytest.mark.parametrize("is_any", [True, False])
def test_without_conditions_every_message_is_wanted(is_any):
    assert holds(is_any=is_any, words=None) is True


def test_all_of_them_or_any():
    assert holds(TRUE, FALSE) is False
    assert holds(TRUE, TRUE_BODY) is True
    assert holds(TRUE, FALSE, is_any=True) is True
    assert holds(FALSE, FALSE_BODY, is_any=True) is False


@pytest.mark.parametrize(
    ("conditions", "is_any", "expected"),
    [
        ((TRUE, TRUE_BODY), False, None),
        ((TRUE_BODY, FALSE), False, False),
        ((TRUE_BODY, TRUE), True, True),
        ((TRUE_BODY, FALSE), True, None),
        ((one(Place.HEADER, "", "x-mailer"),), False, None),
    ],
)
def test_bytes_are_asked_for_only_where_they_decide(conditions, is_any, expected):
    assert holds(*conditions, is_any=is_any, words=None) is expected


def test_a_message_without_a_sender_is_from_nobody():
    nobody = Message(
        id="msg_2",
        account_id="acc_1",
        inbox_id="inb_1",
        thread_id="thr_1",
        direction=Direction.INBOUND,
        created_at=datetime(2026, 3, 2, tzinfo=UTC),
    )
    wanted = Criteria(conditions=(one(Place.SENDER, "a"),))
    assert hold(wanted, nobody, None) is False


def test_what_looks_into_the_text_is_known():
    assert Criteria(conditions=(TRUE, TRUE_BODY)).has_body
    assert not Criteria(conditions=(TRUE,)).has_body
