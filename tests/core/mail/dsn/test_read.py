import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot_server.core.bounce import classify
from mailbot_server.core.mail.dsn import Action, Report, may_be, read
from mailbot_server.core.mail.parse import parse
from tests import corpora

CORPUS = Path(__file__).parents[3] / "corpus" / "dsn"
EXPECTED = json.loads((CORPUS / "expected.json").read_text())


def load(name: str) -> bytes:
    return (CORPUS / f"{name}.eml").read_bytes()


def addresses(report: Report | None, action: Action) -> list[str]:
    found = report.recipients if report else ()
    return sorted(one.address for one in found if one.action is action)


def seen(report: Report | None) -> dict[str, Any]:
    return {
        "failed": addresses(report, Action.FAILED),
        "delayed": addresses(report, Action.DELAYED),
        "is_report": report is not None,
    }


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_every_kind_of_report_names_its_recipients(name: str) -> None:
    assert seen(read(load(name))) == EXPECTED[name]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_glance_misses_no_report(name: str) -> None:
    raw = load(name)

    assert may_be(parse(raw)) or read(raw) is None


def test_a_glance_tells_ordinary_mail() -> None:
    raw = b"From: Ann <ann@example.com>\r\nSubject: Lunch\r\n\r\nIt failed.\r\n"

    assert not may_be(parse(raw))


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_line_ends_change_nothing(name: str) -> None:
    crlf = load(name).replace(b"\n", b"\r\n")

    assert seen(read(crlf)) == EXPECTED[name]


def test_every_file_of_the_corpus_is_expected() -> None:
    assert {path.stem for path in CORPUS.glob("*.eml")} == set(EXPECTED)


def test_reports_of_others_are_read() -> None:
    """All but one in a hundred, and nobody is named who should not be."""
    folder = corpora.folder("bounces") / "flufl"
    wrong = []
    false = []
    judged = 0
    for case in json.loads((folder / "expected.json").read_text()):
        if case["permanent"] is None:
            continue
        judged += 1
        name = Path(case["file"]).name
        report = read((folder / name).read_bytes())
        failed = addresses(report, Action.FAILED)
        delayed = addresses(report, Action.DELAYED)
        if (failed, delayed) != (sorted(case["permanent"]), sorted(case["temporary"])):
            wrong.append(name)
        if not {*failed, *delayed} <= {*case["permanent"], *case["temporary"]}:
            false.append(name)
    assert not false
    assert len(wrong) <= judged // 100


def test_every_fact_of_a_standard_block_is_kept() -> None:
    report = read(load("standard_three_recipients"))

    assert report is not None
    first, second, third = report.recipients
    assert report.is_standard
    assert report.action is Action.FAILED
    assert report.reporting_host == "mx.example.net"
    assert report.envelope_id == "env-42"
    assert report.message_id == "original.1@example.org"
    assert ("Subject", "hello") in [(one.name, one.value) for one in report.headers]
    assert first.final_address == "mila@inner.example.com"
    assert first.remote_host == "mail.example.com"
    assert (first.reply.code, first.reply.enhanced) == (550, "5.1.1")
    assert first.reply.text == "No such person"
    assert second.retry_until is not None
    assert second.reply.code == 450
    assert third.action is Action.RELAYED
    assert report.failed == (first,)


@pytest.mark.parametrize(
    ("name", "bounce_class"),
    [
        ("courier", "invalid_recipient"),
        ("exim_german", "invalid_recipient"),
        ("gmail_failure", "invalid_recipient"),
        ("full_mailbox_jp", "mailbox_full"),
        ("blocks_without_address", "mailbox_full"),
        ("communigate_two", "inactive_mailbox"),
        ("chinese_table", "invalid_recipient"),
        ("exim_after_a_period", "connection"),
    ],
)
def test_what_is_read_can_be_classified(name: str, bounce_class: str) -> None:
    report = read(load(name))

    assert report is not None
    verdict = classify(report.recipients[0].reply, "rcpt")
    assert verdict.bounce_class == bounce_class


@pytest.mark.parametrize(
    ("name", "code", "enhanced", "text"),
    [
        ("reason_above_list", 550, "5.1.1", "User unknown"),
        ("block_without_reason", 550, "5.0.0", "over its quota"),
        ("explained_first", 550, "", "MAILBOX NOT FOUND"),
        ("details_heading_german", 550, "5.1.10", "Empfänger nicht gefunden"),
        ("comma_list", 550, "5.7.1", "refused"),
    ],
)
def test_a_reason_is_found_wherever_it_stands(
    name: str, code: int, enhanced: str, text: str
) -> None:
    report = read(load(name))

    assert report is not None
    for one in report.recipients:
        assert (one.reply.code, one.reply.enhanced) == (code, enhanced)
        assert text in one.reply.text


@pytest.mark.parametrize("name", ["bare_message_id", "block_without_reason"])
def test_the_reported_message_is_known_by_its_id(name: str) -> None:
    report = read(load(name))

    assert report is not None
    assert report.message_id == "original.1@example.org"


def test_what_was_passed_on_is_no_bounce() -> None:
    report = read(load("relayed_in_words"))

    assert report is not None
    assert report.action is Action.DELIVERED


def test_a_delay_is_never_a_bounce() -> None:
    report = read(load("gmail_delay"))

    assert report is not None
    assert report.action is Action.DELAYED
    assert report.failed == ()
    assert report.reply.is_transient


def test_a_report_that_names_nobody_still_is_one() -> None:
    """A signed reverse-path may say whom it is about."""
    report = read(
        b"From: MAILER-DAEMON@example.com\nTo: a@example.org\n"
        b"Subject: Undelivered Mail\n\nYour mail could not be delivered: 550 5.2.1 gone\n"
    )

    assert report is not None
    assert report.recipients == ()
    assert report.action is Action.FAILED
    assert (report.reply.code, report.reply.enhanced) == (550, "5.2.1")


def test_a_message_already_parsed_is_not_parsed_again() -> None:
    raw = load("courier")

    assert read(raw, parse(raw)) == read(raw)


def test_a_report_is_not_read_from_what_it_returns() -> None:
    raw = (
        b"From: MAILER-DAEMON@example.com\nTo: a@example.org\n"
        b"Subject: failure notice\n\n<mila@example.com>:\n550 no such user\n\n"
        b"--- Below this line is a copy of the message.\n\n"
        b"Received: from x by y\nTo: nils@example.com\n\n<nils@example.com>: failed\n"
    )

    assert addresses(read(raw), Action.FAILED) == ["mila@example.com"]


@pytest.mark.parametrize(
    "name", ["standard_three_recipients", "courier", "global_utf8"]
)
def test_a_report_cut_anywhere_is_read_as_far_as_it_goes(name: str) -> None:
    raw = load(name)
    whole = read(raw)
    assert whole is not None
    known = {one.address for one in whole.recipients}
    known |= {one.final_address for one in whole.recipients}
    for end in range(len(raw)):
        report = read(raw[:end])
        for one in report.recipients if report else ():
            assert any(each.startswith(one.address) for each in known)


_PIECES = st.sampled_from(
    [
        *(b"\n", b"\r\n", b" ", b"<", b">", b"a@b.example", b"550 5.1.1 ", b"--b1"),
        *(b"Final-Recipient: rfc822; ", b"Action: failed", b"To: ", b"not delivered"),
        *(b"Status: 4", b"Received: x", b"\\x{110000}", b"utf-8; ", b"\xff"),
        b"copy of the message",
    ]
)
_HEADS = st.sampled_from([load("courier")[:90], load("global_utf8")[:300], b""])


@settings(max_examples=300)
@given(_HEADS, st.lists(_PIECES | st.binary(max_size=8), max_size=60))
def test_nothing_makes_it_fail(head: bytes, pieces: list[bytes]) -> None:
    report = read(head + b"\n" + b"".join(pieces))

    assert report is None or isinstance(report.action, Action)


@pytest.mark.parametrize(
    "piece",
    [
        b"<",
        b"a@",
        b"a@b.c ",
        b'"',
        b"550 ",
        b"original message ",
        b"x" * 9 + b"=",
        b"\n",
    ],
)
def test_a_megabyte_of_anything_is_bounded(piece: bytes) -> None:
    """It would take minutes if any pattern tried every way to match."""
    raw = load("courier")[:90] + b"\n\nnot delivered\n" + piece * (10**6 // len(piece))

    report = read(raw)

    assert report is None or len(report.recipients) <= 1000
