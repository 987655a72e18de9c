"""What a domain has to publish, and what is wrong with what it does."""

import pytest

from mailbot_server.core.domain import publish
from mailbot_server.core.domain.key import KeyState
from mailbot_server.core.domain.publish import Seen
from mailbot_server.core.domain.record import Purpose, RecordState
from mailbot_server.core.domain.spf import Sender
from mailbot_server.core.mail.dkim.record import Standing
from tests.fakes.domain_keys import ED25519, RSA, stored_key

SENDER = Sender(hostname="mx.mailbot.example")
KEY = stored_key(RSA)
OK, MISSING, WRONG = RecordState.OK, RecordState.MISSING, RecordState.WRONG
UNREACHABLE = RecordState.UNREACHABLE


def wanted(*keys, sender=SENDER):
    return publish.wanted("example.com", "abc", keys, sender)


def found(purpose, seen, standings=None, *keys):
    records = wanted(*(keys or (KEY,)))
    findings = publish.judge(records, seen, SENDER, standings or {})
    [record] = [each for each in records if each.purpose is purpose]
    return findings[record.key]


def test_all_records_as_they_are_pasted():
    shown = [(r.purpose, r.type, r.name, r.value, r.required) for r in wanted(KEY)]
    exchange, back = "10 mx.mailbot.example", "rp.example.com"
    assert shown == [
        (Purpose.OWNERSHIP, "TXT", "_mailbot.example.com", "mailbot-verification=abc", True),
        (Purpose.DKIM, "TXT", KEY.host, KEY.record, True),
        (Purpose.SPF, "TXT", "example.com", "v=spf1 a:mx.mailbot.example ~all", False),
        (Purpose.DMARC, "TXT", "_dmarc.example.com", "v=DMARC1; p=none", False),
        (Purpose.RETURN_PATH_MX, "MX", back, exchange, False),
        (Purpose.RETURN_PATH_SPF, "TXT", back, "v=spf1 a:mx.mailbot.example -all", False),
        (Purpose.MX, "MX", "example.com", exchange, False),
    ]  # fmt: skip


def test_a_server_without_a_name_asks_for_nothing_that_needs_one():
    purposes = {each.purpose for each in wanted(KEY, sender=Sender())}
    assert purposes == {Purpose.OWNERSHIP, Purpose.DKIM, Purpose.DMARC}


def test_retired_keys_are_not_asked_for_and_ed25519_is_not_required():
    other = stored_key(ED25519, 2, state=KeyState.PENDING)
    old = stored_key(RSA, 3, state=KeyState.RETIRED)
    keys = [each for each in wanted(KEY, other, old) if each.purpose is Purpose.DKIM]
    assert [(each.name, each.required) for each in keys] == [
        (KEY.host, True),
        (other.host, False),
    ]


def test_the_names_to_ask_for():
    texts, exchanges = publish.names(wanted(KEY))
    assert texts == {"_mailbot.example.com", KEY.host, "example.com"} | {
        "_dmarc.example.com",
        "rp.example.com",
    }
    assert exchanges == {"example.com", "rp.example.com"}


@pytest.mark.parametrize(
    ("texts", "state"),
    [
        ((b"mailbot-verification=abc",), OK),
        ((b"x", b" mailbot-verification=abc "), OK),
        ((b"mailbot-verification=abcd",), WRONG),
        ((), MISSING),
        (None, UNREACHABLE),
    ],
)
def test_ownership(texts, state):
    seen = Seen(texts={"_mailbot.example.com": texts}, exchanges={})
    assert found(Purpose.OWNERSHIP, seen).state is state


@pytest.mark.parametrize(
    ("standing", "state", "words"),
    [
        (Standing.PUBLISHED, OK, ""),
        (Standing.TESTING, OK, "t=y"),
        (Standing.MISSING, MISSING, "publish it"),
        (Standing.REVOKED, WRONG, "takes the key back"),
        (Standing.DIFFERENT, WRONG, "another key"),
        (Standing.BROKEN, WRONG, "no verifier"),
    ],
)
def test_keys(standing, state, words):
    seen = Seen(texts={KEY.host: (b"text",)}, exchanges={})
    its = found(Purpose.DKIM, seen, {KEY.host: standing})
    assert its.state is state
    assert words in its.problem


@pytest.mark.parametrize(
    ("exchanges", "back", "inbound"),
    [
        pytest.param(((10, "mx.mailbot.example"),), OK, OK, id="ours"),
        pytest.param((), MISSING, MISSING, id="none"),
        pytest.param(((0, ""),), WRONG, WRONG, id="rfc7505-null"),
        pytest.param(((10, "mx.other.example"),), WRONG, WRONG, id="elsewhere"),
        pytest.param(((10, "mx.other.example"), (20, "mx.mailbot.example")), WRONG, OK, id="second"),
        pytest.param(((10, "mx.mailbot.example"), (20, "mx.other.example")), OK, OK, id="first"),
        pytest.param(None, UNREACHABLE, UNREACHABLE, id="no-answer"),
    ],
)  # fmt: skip
def test_exchanges(exchanges, back, inbound):
    names = ("example.com", "rp.example.com")
    seen = Seen(texts={}, exchanges=dict.fromkeys(names, exchanges))
    assert found(Purpose.RETURN_PATH_MX, seen).state is back
    assert found(Purpose.MX, seen).state is inbound


def test_a_policy_above_that_did_not_answer_is_not_missing():
    sender = Sender(hostname="mx.mailbot.example")
    records = publish.wanted("a.example.com", "abc", (), sender)
    own, above = "_dmarc.a.example.com", "_dmarc.example.com"
    texts: dict[str, tuple[bytes, ...] | None] = {own: (), above: None}
    findings = publish.judge(records, Seen(texts=texts, exchanges={}), sender, {})
    assert findings["dmarc:_dmarc.a.example.com"].state is UNREACHABLE
    texts[above] = (b"v=DMARC1; p=none",)
    findings = publish.judge(records, Seen(texts=texts, exchanges={}), sender, {})
    assert findings["dmarc:_dmarc.a.example.com"].state is OK


def test_what_was_not_asked_is_not_known():
    nothing = Seen(texts={}, exchanges={})
    findings = publish.judge(wanted(KEY), nothing, SENDER, {})
    assert {each.state for each in findings.values()} == {UNREACHABLE}
