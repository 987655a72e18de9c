import pytest

from mailbot_server.core.mail.dsn.returned import (
    cut,
    headers_in,
    message_id_in,
    message_id_named,
    only_recipient,
)

COPY = "Received: from a by b\nMessage-ID: <1@example.com>\nSubject: hello\n\nbody"


@pytest.mark.parametrize(
    "heading",
    [
        "--- Below this line is a copy of the message.",
        "------ This is a copy of the message, including all the headers. ------",
        "Original message follows.",
        "   ----- Original message -----",
        "  ----- Unsent message follows -----",
        "Message headers follow:",
        "------ Dies ist eine Kopie Ihrer Nachricht ------",
        "---- 元のメッセージ ----",
    ],
)
def test_the_notification_ends_where_the_copy_is_announced(heading: str) -> None:
    lines, rest = cut(f"It failed.\n{heading}\n{COPY}")

    assert lines == ["It failed."]
    assert message_id_in(headers_in(rest.encode())) == "1@example.com"


@pytest.mark.parametrize(
    "line",
    [
        "I'm sorry to have to inform you that the message returned",
        "The original message was received at Sat, 14 Oct 2000 06:14:45 +0200",
        "   ----- Transcript of session follows -----",
        "   ----- The following addresses had permanent fatal errors -----",
        "Please do not resend your original message.",
        "Subject: a copy of the message",
    ],
)
def test_the_notifications_own_words_end_nothing(line: str) -> None:
    assert cut(f"Sorry.\n{line}\nmore") == (["Sorry.", line, "more"], "")


def test_a_header_begins_the_copy_without_an_announcement() -> None:
    lines, rest = cut(f"It failed.\n\n{COPY}")

    assert lines == ["It failed.", ""]
    assert rest == COPY


def test_a_message_id_in_the_words_is_found() -> None:
    assert message_id_named("Message-ID: <1@example.com>, To: x") == "1@example.com"
    assert message_id_named("no id") == ""
    assert message_id_in(()) == ""


@pytest.mark.parametrize(
    ("fields", "only"),
    [
        ("To: Ann <ann@example.com>", "ann@example.com"),
        ("To: ann@example.com, bob@example.com", ""),
        ("To: ann@example.com\nCc: bob@example.com", ""),
        ("To: list@example.com\nList-Id: <list.example.com>", ""),
        ("To: ann@example.com\nPrecedence: bulk", ""),
        ("To: ann", ""),
        ("Subject: x", ""),
    ],
)
def test_one_recipient_alone_is_whom_a_message_was_for(fields: str, only: str) -> None:
    assert only_recipient(headers_in(f"{fields}\n\n".encode())) == only
