import pytest

from mailbot_server.core.mail.automated import is_automated, is_automatic_answer
from mailbot_server.core.mail.mime.header import Header


def headers(*lines):
    pairs = (line.partition(":") for line in lines)
    return [Header(name=name, value=value.strip()) for name, _, value in pairs]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["Auto-Submitted: auto-replied"], id="rfc3834-5"),
        pytest.param(["Auto-Submitted: auto-generated; x=y"], id="rfc3834-5-parameter"),
        pytest.param(["auto-submitted: Auto-Notified"], id="rfc5435-3.1.1"),
        pytest.param(
            ["Content-Type: multipart/report; report-type=delivery-status"],
            id="rfc3464",
        ),
        pytest.param(
            ["Content-Type: multipart/report; report-type=disposition-notification"],
            id="rfc8098",
        ),
        pytest.param(["Return-Path: <>"], id="rfc5321-4.5.5"),
        pytest.param(["Precedence: auto_reply"], id="precedence-auto-reply"),
        pytest.param(["X-Auto-Response-Suppress: All"], id="exchange"),
        pytest.param(
            ["X-Auto-Response-Suppress: DR, OOF, AutoReply"], id="exchange-list"
        ),
        pytest.param(["X-Autoreply: yes"], id="x-autoreply"),
        pytest.param(["X-Autorespond: Re: x"], id="x-autorespond"),
        pytest.param(["X-FC-MachineGenerated: true"], id="firstclass"),
        pytest.param(["X-POST-MessageClass: 9; Autoresponder"], id="vacation-class"),
        pytest.param(["Delivered-To: Autoresponder"], id="delivered-to"),
        pytest.param(["X-Cron-Env: <SHELL=/bin/sh>"], id="cron"),
        pytest.param(["Subject: Automatic reply: Invoice"], id="subject-english"),
        pytest.param(["Subject: ABWESENHEITSNOTIZ: Rechnung"], id="subject-german"),
        pytest.param(["Subject: Автоматический ответ: Счёт"], id="subject-russian"),
        pytest.param(
            ["From: Mail Delivery System <MAILER-DAEMON@example.com>"],
            id="rfc3834-2-daemon",
        ),
        pytest.param(["From: no-reply@example.com"], id="no-reply"),
        pytest.param(["From: Shop <do_not_reply+x@example.com>"], id="do-not-reply"),
        pytest.param(
            ["From: Shop <noreply-orders@example.com>"], id="no-reply-with-more"
        ),
    ],
)
def test_a_machine(lines):
    assert is_automated(headers(*lines))


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([], id="nothing"),
        pytest.param(["Auto-Submitted: no"], id="rfc3834-5-no"),
        pytest.param(
            ["Auto-Submitted: No (really)", "Subject: Hi"], id="rfc3834-5-no-comment"
        ),
        pytest.param(["Precedence: bulk"], id="bulk-proves-nothing"),
        pytest.param(
            ["Precedence: list", "List-Id: <dev.example.com>"],
            id="people-write-to-lists",
        ),
        pytest.param(
            ["X-Auto-Response-Suppress: RN, NRN"], id="exchange-receipts-only"
        ),
        pytest.param(["X-Autoreply: no"], id="x-autoreply-no"),
        pytest.param(["Return-Path: <ann@example.com>"], id="return-path"),
        pytest.param(["Content-Type: multipart/mixed"], id="mixed"),
        pytest.param(
            ["Subject: Re: Automatic reply: Invoice"], id="a-person-answers-a-machine"
        ),
        pytest.param(["Subject: Automation"], id="subject"),
        pytest.param(["From: Noreen <noreen@example.com>"], id="name-begins-alike"),
        pytest.param(
            ["From: no-reply@example.com", "Reply-To: ann@example.com"],
            id="web-form-for-a-person",
        ),
        pytest.param(["From: ann@noreply.example.com"], id="domain"),
    ],
)
def test_a_person(lines):
    assert not is_automated(headers(*lines))


def test_the_null_reverse_path_is_always_a_machine():
    assert is_automated([], reverse_path_is_null=True)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["Auto-Submitted: auto-replied"], id="rfc3834-5"),
        pytest.param(["Auto-Submitted: auto-replied; owner=x"], id="rfc3834-5-more"),
        pytest.param(["Precedence: auto_reply"], id="precedence"),
        pytest.param(["X-Autoreply: yes"], id="x-autoreply"),
        pytest.param(["X-Autorespond: Hello"], id="x-autorespond"),
        pytest.param(["Subject: Automatische Antwort: Frage"], id="outlook-german"),
        pytest.param(
            ["Auto-Submitted: auto-generated", "Subject: Out of office until May"],
            id="called-otherwise",
        ),
        pytest.param(
            ["X-Auto-Response-Suppress: All", "Subject: Automatic reply: Hello"],
            id="exchange",
        ),
    ],
)
def test_a_machine_that_answers_for_somebody(lines):
    given = headers(*lines)
    assert is_automatic_answer(given, is_automated=is_automated(given))


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["Auto-Submitted: auto-generated"], id="a-notification"),
        pytest.param(["X-Auto-Response-Suppress: All"], id="wants-no-answer"),
        pytest.param(["From: no-reply@example.com"], id="unread"),
        pytest.param(["Subject: Out of office party", "From: a@b.example"], id="party"),
        pytest.param(["Return-Path: <>"], id="null"),
        pytest.param(["Precedence: bulk"], id="bulk"),
        pytest.param([], id="nothing"),
    ],
)
def test_other_machines_and_people_do_not(lines):
    given = headers(*lines)
    assert not is_automatic_answer(given, is_automated=is_automated(given))
