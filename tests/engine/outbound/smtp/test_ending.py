"""What a reply or a break means, by the stage that it comes at."""

import ssl

import aiosmtplib
import pytest

from mailbot_server.core.delivery import Deferred, Lost, Refused, Stage
from mailbot_server.core.mail.reply import Reply
from mailbot_server.engine.outbound.smtp.ending import (
    NO_REPLY,
    broken,
    cause,
    deferred,
    judged,
)
from mailbot_server.engine.outbound.smtp.progress import Progress


@pytest.fixture
def progress(clock, metrics) -> Progress:
    return Progress(clock, metrics, "mx")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        pytest.param(421, Deferred, id="leaving"),
        pytest.param(450, Deferred, id="not-now"),
        pytest.param(550, Refused, id="never"),
        pytest.param(530, Deferred, id="rfc4954-6-our-login"),
        pytest.param(535, Deferred, id="rfc4954-6-our-password"),
        pytest.param(354, Deferred, id="not-asked-for"),
        pytest.param(0, Deferred, id="no-reply"),
    ],
)
def test_a_reply_is_judged_by_its_code(progress, code, kind):
    progress.enter(Stage.RCPT)
    outcome = judged(progress, Reply(code=code)).outcome
    assert isinstance(outcome, kind)
    assert outcome.trace.stage is Stage.RCPT


@pytest.mark.parametrize("reply", [NO_REPLY, Reply(code=354)])
def test_nonsense_after_the_final_dot_may_mean_that_it_was_taken(progress, reply):
    progress.enter(Stage.EOD)
    assert isinstance(judged(progress, reply).outcome, Lost)


def test_a_refusal_after_the_final_dot_is_certain(progress):
    progress.enter(Stage.EOD)
    assert isinstance(judged(progress, Reply(code=554)).outcome, Refused)


@pytest.mark.parametrize("stage", [Stage.CONNECT, Stage.GREETING])
def test_trouble_before_the_greeting_is_tried_again_soon(progress, stage):
    progress.enter(stage)
    outcome = deferred(progress, Reply(code=421), "our words").outcome
    assert isinstance(outcome, Deferred)
    assert outcome.is_quick
    assert outcome.trace.diagnostic == "our words"


def test_a_break_says_what_broke(progress):
    progress.enter(Stage.DATA)
    outcome = broken(progress, TimeoutError()).outcome
    assert outcome.trace.diagnostic == "timed out waiting for the host"


def chained(error: Exception, why: Exception) -> Exception:
    error.__cause__ = why
    return error


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ConnectionResetError(), "the connection was lost"),
        (chained(OSError(), TimeoutError()), "timed out waiting for the host"),
        (ssl.SSLError(), "the handshake failed: unknown"),
        (
            aiosmtplib.SMTPResponseException(454, "4.7.0 Not\nnow"),
            "the host said 454 4.7.0 Not now",
        ),
    ],
)
def test_a_cause_is_told_in_our_words(error, words):
    assert cause(error) == words
