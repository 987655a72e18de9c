"""Each reason has an answer that says whether the same may be tried again."""

import pytest

from mailbot_server.core.errors import (
    InvalidInput,
    LimitExceeded,
    NotAllowed,
    NotFound,
    Unavailable,
    WrongState,
    one_field,
)
from mailbot_server.core.mail import adopt, reply
from mailbot_server.engine.inbound.submission import refusal
from mailbot_server.engine.outbound.submission import composition


def wrong(reason: str) -> WrongState:
    return WrongState("it is so", reason=reason, kind="x", subject="y")


def limit(reason: str, seconds: float | None) -> LimitExceeded:
    return LimitExceeded(
        "it is so", reason=reason, subject="y", retry_after_seconds=seconds
    )


@pytest.mark.parametrize(
    ("error", "answer"),
    [
        (wrong("ACCOUNT_SUSPENDED"), "450 4.7.1 it is so"),
        (wrong("INBOX_SUSPENDED"), "450 4.7.1 it is so"),
        (wrong("INBOX_DISABLED"), "550 5.7.1 it is so"),
        (wrong("INBOX_EXPIRED"), "550 5.7.1 it is so"),
        (wrong("DOMAIN_UNVERIFIED"), "550 5.7.1 it is so"),
        (wrong("REQUEST_ID_REUSED"), "554 5.6.0 it is so"),
        (wrong("SOMETHING_NEW"), "550 5.7.1 it is so"),
        (limit("DAILY_SEND_LIMIT", 60), "450 4.7.1 it is so"),
        (limit("SEND_RATE_LIMIT", 60), "450 4.7.1 it is so"),
        (limit("DAILY_SEND_LIMIT", None), "550 5.7.1 it is so"),
        (NotAllowed("no", reason="INBOX_PERMISSION_MISSING"), "550 5.7.1 no"),
        (NotAllowed("no"), "550 5.7.1 no"),
        (one_field("From", "no", "ADDRESS_INVALID"), "550 5.7.1 From: no"),
        (one_field("content", "no"), "554 5.6.0 content: no"),
        (NotFound("inbox", "inb_1"), "550 5.7.1 no inbox 'inb_1' in this account"),
    ],
    ids=lambda value: getattr(value, "reason", None),
)
def test_a_reason_has_its_answer(error, answer):
    assert refusal.answer(error).wire() == answer


def test_sizes_and_numbers_have_codes_of_their_own():
    assert refusal.answer(composition.too_large(99)).wire().startswith("552 5.3.4")
    many = refusal.answer(composition.too_many_recipients(51))
    assert many.wire().startswith("554 5.5.3")


def test_a_fault_of_ours_says_nothing_of_itself():
    assert refusal.answer(Unavailable("disk /dev/sda is full")) is reply.LOCAL_FAULT


def test_a_loop_is_called_one():
    error = one_field(adopt.LOOPED, "goes round in a circle")
    assert isinstance(error, InvalidInput)
    assert refusal.answer(error) is reply.MAIL_LOOP


def test_words_from_outside_stay_in_their_line():
    answer = refusal.answer(one_field("X", "a\r\n250 OK\u202e" + "b" * 1000))
    assert "\n" not in answer.wire()
    assert len(answer.wire()) <= 510
