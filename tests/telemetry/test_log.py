"""Log lines: one fact each, ids bound, no content and no secrets."""

import json
import logging
import re
import sys

import pytest

from mailbot_server.telemetry import log
from mailbot_server.telemetry.metrics import Metrics

KEY = "mb_0123456789_" + "s3cret" * 6


@pytest.fixture(autouse=True)
def as_before():
    """Logging is the process's: it is put back."""
    handlers, level = logging.root.handlers[:], logging.root.level
    yield
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)
    logging.getLogger(log.CLIENT_GONE[0]).filters.clear()


@pytest.fixture
def lines(capsys):
    """What was written, as JSON."""

    def read():
        captured = capsys.readouterr()
        assert captured.out == ""
        return [json.loads(line) for line in captured.err.splitlines()]

    return read


def fault(text):
    """An exception that was raised here."""

    def fail():
        raise ValueError(text)

    with pytest.raises(ValueError, match=re.escape(text)) as caught:
        fail()
    return caught.value


def test_a_line_has_its_event_level_time_and_component(lines, metrics):
    log.set_up("info", as_json=True, metrics=metrics)
    log.get("queue").info("delivery_settled", delivery_id="dlv_1", attempts=2)
    (line,) = lines()
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "delivery_settled",
        "level": "info",
        "component": "queue",
        "delivery_id": "dlv_1",
        "attempts": 2,
    }


def test_a_logger_that_was_made_before_is_set_up_too(lines, metrics):
    early = log.get("api")
    log.set_up("warning", as_json=True, metrics=metrics)
    early.info("call_ended")
    early.warning("call_slow")
    assert [line["event"] for line in lines()] == ["call_slow"]


def test_the_running_request_stands_in_its_lines(lines, metrics):
    log.set_up("info", as_json=True, metrics=metrics)
    token = log.request_id.set("req_1")
    log.get("api").info("one")
    log.request_id.reset(token)
    log.get("api").info("two")
    assert [line.get("request_id") for line in lines()] == ["req_1", None]


def test_lines_are_counted_by_level(metrics, capsys):
    log.set_up("info", as_json=True, metrics=metrics)
    logger = log.get("api")
    logger.debug("unseen")
    for _ in range(2):
        logger.info("seen")
    logger.error("bad")

    def count(level):
        return metrics.registry.get_sample_value(
            "mailbot_log_messages_total", {"level": level}
        )

    assert (count("debug"), count("info"), count("error")) == (None, 2, 1)


def test_an_exception_is_told_without_variables_addresses_and_keys(lines, metrics):
    log.set_up("info", as_json=True, metrics=metrics)
    subject = "a subject in a variable"
    log.get("api").error("call_failed", exc_info=fault(f"no carol@example.com, {KEY}"))
    (line,) = lines()
    assert "ValueError: no c…@example.com, mb_0123456789_…" in line["exception"]
    assert "test_log.py" in line["exception"]
    assert "s3cret" not in str(line)
    assert subject not in str(line)


@pytest.mark.parametrize(
    ("text", "blotted"),
    [
        ("<Carol.Smith+x@mail.example.com>", "<C…@mail.example.com>"),
        ("to:a@b.example,c@d.example", "to:a…@b.example,c…@d.example"),
        ("ü@bücher.example", "ü…@bücher.example"),
        ("no address here @ all", "no address here @ all"),
        (f"Bearer {KEY}.", "Bearer mb_0123456789_…."),
    ],
)
def test_free_text_is_blotted(text, blotted, lines, metrics):
    log.set_up("info", as_json=True, metrics=metrics)
    log.get("api").info(text)
    assert lines()[0]["event"] == blotted


def test_people_get_lines_that_they_can_read(capsys, metrics):
    log.set_up("info", as_json=False, metrics=metrics)
    log.get("api").error("call_failed", method="GetInbox", exc_info=fault("broken"))
    text = capsys.readouterr().err
    assert "call_failed" in text
    assert "method=GetInbox" in text
    assert "ValueError: broken" in text
    assert "\x1b[" not in text


@pytest.mark.parametrize("as_json", [True, False])
def test_libraries_warnings_come_out_the_same_way(capsys, metrics, as_json):
    log.set_up("info", as_json=as_json, metrics=metrics)
    logging.getLogger("some.library").info("chatter")
    logging.getLogger("some.library").warning("mail for %s", "carol@example.com")
    (line,) = capsys.readouterr().err.splitlines()
    assert "mail for c…@example.com" in line
    if as_json:
        assert json.loads(line)["level"] == "warning"


def test_libraries_that_talk_of_mail_are_quiet(capsys, metrics):
    log.set_up("debug", as_json=True, metrics=metrics)
    for name in log.NOISY:
        logging.getLogger(name).warning("a subject")
    assert capsys.readouterr().err == ""


def test_a_client_that_left_is_no_error(capsys, metrics):
    log.set_up("info", as_json=True, metrics=metrics)
    name, words = log.CLIENT_GONE
    logging.getLogger(name).error("%s by servicer method [/x]", words)
    logging.getLogger(name).error("something else")
    told = capsys.readouterr().err.splitlines()
    assert [json.loads(line)["event"] for line in told] == ["something else"]


def test_setting_up_twice_writes_lines_once(lines, metrics):
    for _ in range(2):
        log.set_up("info", as_json=True, metrics=Metrics())
    logging.getLogger("some.library").warning("once")
    log.get("api").info("once")
    assert len(lines()) == 2


def test_lines_go_where_standard_error_goes_now(capsys, metrics, monkeypatch, tmp_path):
    log.set_up("info", as_json=True, metrics=metrics)
    with (tmp_path / "errors").open("w") as file:
        monkeypatch.setattr(sys, "stderr", file)
        log.get("api").info("late")
    assert "late" in (tmp_path / "errors").read_text()


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("carol@example.com", "c…@example.com"),
        ("a@b@example.com", "a…@example.com"),
        ("nonsense", "…"),
        ("", "…"),
        ("@example.com", "…@example.com"),
    ],
)
def test_addresses_are_shortened(address, masked):
    assert log.mask(address) == masked


def test_whoever_makes_a_costly_line_may_ask_whether_it_is_written(metrics):
    log.set_up("warning", as_json=True, metrics=metrics)
    assert [log.tells(each) for each in (logging.INFO, logging.WARNING)] == [
        False,
        True,
    ]
    log.set_up("info", as_json=True, metrics=metrics)
    assert log.tells(logging.INFO)


@pytest.mark.parametrize("as_json", [True, False])
def test_nothing_that_a_stranger_has_said_acts_on_a_terminal(capsys, metrics, as_json):
    log.set_up("info", as_json=as_json, metrics=metrics)
    evil = "\x1b]0;owned\x07\u202e\x9b2J"
    log.get("submission").warning("login_failed", login=log.mask(f"a@{evil}"))
    logging.getLogger("library").warning("first\nsecond %s", evil)
    log.get("api").error("call_failed", exc_info=fault(f"first\n{evil}"))
    written = capsys.readouterr().err
    assert not any(each in written for each in "\x1b\x07\x9b\u202e")
    assert "\ufffd]0;owned\ufffd" in written
    assert "first\ufffdsecond" in written
    assert ("ValueError: first\n" in written) is not as_json
