import pytest

from mailbot_server.core.mail.dsn import origin
from mailbot_server.core.mail.parse import Parsed, parse


def mail(**fields: str) -> Parsed:
    head = "".join(f"{name.replace('_', '-')}: {fields[name]}\r\n" for name in fields)
    return parse(f"{head}\r\nWords.\r\n".encode())


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"From": "MAILER-DAEMON@example.com"}, True),
        ({"From": "Mail Delivery Subsystem <x@example.com>"}, True),
        ({"From": "Ann <ann@example.com>"}, False),
        ({"Content_Type": "multipart/report; boundary=b"}, True),
        ({"Content_Type": "multipart/report; report-type=delivery-status"}, True),
        ({"Content_Type": "multipart/report; report-type=tlsrpt"}, False),
        ({"Content_Type": 'multipart/report; report-type="feedback-report"'}, False),
        ({"Content_Type": "multipart/report; report-type=disposition-notif"}, False),
    ],
)
def test_a_mailer_is_known_by_its_name_or_its_type(
    fields: dict[str, str], *, expected: bool
) -> None:
    assert origin.is_mailers(mail(**fields)) is expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"Auto_Submitted": "auto-replied"}, True),
        ({"Return_Path": "<>"}, True),
        ({"Auto_Submitted": "no", "Return_Path": "<ann@example.com>"}, False),
        ({"Subject": "Hello"}, False),
    ],
)
def test_a_machine_says_that_it_is_one(
    fields: dict[str, str], *, expected: bool
) -> None:
    assert origin.is_machines(mail(**fields)) is expected


@pytest.mark.parametrize(
    ("subject", "is_answer", "is_forward"),
    [
        ("Undelivered Mail Returned to Sender", False, False),
        ("Re: lunch", True, False),
        ("Fwd: lunch", True, True),
        ("WG: Mittag", True, True),
        ("Fw : Undelivered Mail", False, True),
        ("Out of office", True, False),
    ],
)
def test_what_people_put_before_a_subject(
    subject: str, *, is_answer: bool, is_forward: bool
) -> None:
    parsed = mail(Subject=subject)

    assert origin.is_answer(parsed) is is_answer
    assert origin.is_forward(parsed) is is_forward


def test_a_persons_forward_wraps_nothing() -> None:
    assert origin.may_wrap(mail(Subject="Undelivered Mail Returned to Sender"))
    assert not origin.may_wrap(mail(Subject="FW: Undelivered Mail"))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"List_Id": "<talk.example.com>", "Subject": "talk: Undelivered"}, True),
        ({"List_Id": "<talk.example.com>", "Subject": "Undelivered"}, False),
        ({"List_Unsubscribe": "<https://example.com>", "Subject": "x"}, True),
        ({"Subject": "[#12] Undelivered Mail"}, True),
        ({"Subject": "[#12] Undelivered Mail", "Return_Path": "<>"}, False),
        ({"Subject": "Your mail is undeliverable"}, False),
    ],
)
def test_a_mailers_subject_may_be_passed_on(
    fields: dict[str, str], *, expected: bool
) -> None:
    assert origin.is_told_by_others(mail(**fields)) is expected


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Undelivered Mail Returned to Sender", 0),
        ("Lunch", None),
        ("Mail: échec de la remise", 6),
        ("Zustellung Ihres Pakets verzögert sich", None),
    ],
)
def test_a_mailers_subject_is_known(subject: str, expected: int | None) -> None:
    assert origin.told_at(mail(Subject=subject)) == expected


@pytest.mark.parametrize(
    ("sender", "path", "expected"),
    [
        ("Postmaster Tools <news@example.com>", "<news@example.com>", True),
        ("Postmaster Tools <news@example.com>", "<>", False),
        ("MAILER-DAEMON@example.com", "<x@example.com>", False),
        ("Jetmail System <>", "<list@example.com>", False),
    ],
)
def test_a_mailing_may_call_itself_a_mailers(
    sender: str, path: str, *, expected: bool
) -> None:
    parsed = mail(From=sender, Return_Path=path, List_Unsubscribe="<https://e.example>")

    assert origin.is_bulk(parsed) is expected
