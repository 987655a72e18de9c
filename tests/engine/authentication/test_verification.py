from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.authentication.arc.chain import Chain
from mailbot_server.core.authentication.dkim import key
from mailbot_server.core.authentication.dkim.message import Message
from mailbot_server.core.authentication.fault import Fault
from mailbot_server.core.authentication.verdicts import Result
from mailbot_server.engine.authentication import verification
from tests.fakes import signatures
from tests.fakes.signatures import ed25519, rsa

NOW = 1_772_452_800
RAW = (
    b"From: Ann <ann@example.com>\r\n"
    b"To: bob@example.org\r\n"
    b"Subject:  two\r\n \tlines  \r\n"
    b"Date: Mon, 2 Mar 2026 12:00:00 +0000\r\n"
    b"\r\n"
    b"Good  morning \r\n\t tabs \t\r\n\r\nend\r\n\r\n\r\n"
)
NOBODY = object()


def never():
    return False


def judge(raw: bytes, *pairs: signatures.Pair, answer=NOBODY, expired=never):
    """The verdicts, with these keys wherever keys are asked for."""
    claims = verification.read(Message(raw), NOW)
    records = tuple(pair.record for pair in pairs) if answer is NOBODY else answer
    keys = dict.fromkeys(claims.questions, records)
    return verification.judge(claims, keys, expired)


def dkim(raw: bytes, *pairs: signatures.Pair, **more):
    found, _ = judge(raw, *pairs, **more)
    assert len(found) == 1
    return found[0].result, found[0].reason


def arc(raw: bytes, *pairs: signatures.Pair, **more):
    _, found = judge(raw, *pairs, **more)
    return found.result, found.reason


@pytest.mark.parametrize(
    "pair", [rsa(), rsa(1024), ed25519()], ids=["2048", "1024", "ed"]
)
@pytest.mark.parametrize(
    "form", ["relaxed/relaxed", "simple/simple", "relaxed", "simple/relaxed", ""]
)
def test_what_others_signed_verifies(pair, form):
    found, _ = judge(signatures.sign(RAW, pair, c=form), pair)
    assert [(each.result, each.reason) for each in found] == [(Result.PASS, "")]
    (only,) = found
    assert (only.domain, only.selector, only.identity) == (
        *("example.com", "s1", "@example.com"),
    )
    assert only.algorithm == pair.algorithm
    assert only.bits == getattr(pair.private, "key_size", 256)
    assert len(only.signature) == 8


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (b"Good", b"Bad", Fault.BODY_CHANGED),
        (b"end\r\n", b"end\r\nand more\r\n", Fault.BODY_CHANGED),
        (b"Ann", b"Eve", Fault.NOT_SIGNED),
        (b"To:", b"Subject: other\r\nTo:", None),
        (b"Date:", b"From: eve@example.org\r\nDate:", Fault.NOT_SIGNED),
    ],
    ids=["body", "longer", "from", "second-above", "second-from"],
)
def test_what_was_changed_verifies_no_more(old, new, fault):
    signed = signatures.sign(RAW, ed25519())
    changed = signed.replace(old, new)
    assert changed != signed
    wanted = (Result.PASS, "") if fault is None else (Result.FAIL, fault)
    assert dkim(changed, ed25519()) == wanted


@pytest.mark.parametrize(
    ("tags", "result", "fault"),
    [
        ({"v": "2"}, Result.PERMERROR, Fault.VERSION),
        ({"v": ""}, Result.PERMERROR, Fault.VERSION),
        ({"h": "to:subject"}, Result.PERMERROR, Fault.FROM_NOT_SIGNED),
        ({"bh": ""}, Result.PERMERROR, Fault.MISSING_TAG),
        ({"a": "rsa-sha1"}, Result.FAIL, Fault.SHA1),
        ({"a": "rsa-md5"}, Result.PERMERROR, Fault.ALGORITHM),
        ({"d": "example"}, Result.PERMERROR, Fault.DOMAIN),
        ({"d": "exa mple.com"}, Result.PERMERROR, Fault.DOMAIN),
        ({"s": "../x"}, Result.PERMERROR, Fault.SELECTOR),
        ({"i": "@evilexample.com"}, Result.PERMERROR, Fault.IDENTITY),
        ({"i": "a@example.org"}, Result.PERMERROR, Fault.IDENTITY),
        ({"i": "example.com"}, Result.PERMERROR, Fault.IDENTITY),
        ({"i": "a@sub.example.com"}, Result.PASS, ""),
        ({"q": "http"}, Result.PERMERROR, Fault.QUERY),
        ({"q": "dns/txt"}, Result.PASS, ""),
        ({"bh": "?"}, Result.PERMERROR, Fault.BASE64),
        ({"l": "-5"}, Result.PERMERROR, Fault.NUMBER),
        ({"l": "4"}, Result.POLICY, Fault.PARTIAL_BODY),
        ({"l": "0"}, Result.POLICY, Fault.PARTIAL_BODY),
        ({"l": "999"}, Result.PERMERROR, Fault.LENGTH_BEYOND_BODY),
        ({"t": str(NOW), "x": str(NOW + 5)}, Result.PASS, ""),
        ({"x": str(NOW - 1)}, Result.FAIL, Fault.EXPIRED),
        ({"t": "9", "x": "8"}, Result.PERMERROR, Fault.EXPIRES_BEFORE_MADE),
        ({"t": str(NOW + 86_400)}, Result.FAIL, Fault.IN_THE_FUTURE),
        ({"h": "from:" * 501 + "to"}, Result.PERMERROR, Fault.HEADER_NAMES),
        ({"h": "from:from:to:reply-to"}, Result.PASS, ""),
        ({"h": "from:dkim-signature:dkim-signature"}, Result.PASS, ""),
        ({"z": "a=1"}, Result.PASS, ""),
    ],
    ids=str,
)
def test_tags(tags, result, fault):
    assert dkim(signatures.sign(RAW, ed25519(), **tags), ed25519()) == (result, fault)


def test_canonicalisation_that_nobody_knows():
    signed = signatures.sign(RAW, ed25519()).replace(
        b"relaxed/relaxed", b"nofws/simple"
    )
    assert dkim(signed, ed25519()) == (Result.PERMERROR, Fault.CANONICALISATION)


def test_a_length_of_the_whole_body_says_no_more_than_none():
    body = Message(RAW).body_digest(is_relaxed=True, expired=never)
    assert body is not None
    signed = signatures.sign(RAW, ed25519(), l=str(body.length))
    assert dkim(signed, ed25519()) == (Result.PASS, "")


def test_what_is_no_list_of_tags():
    field = b"DKIM-Signature: v=1; a; d=\xff\r\n"
    assert dkim(field + RAW) == (Result.PERMERROR, Fault.SYNTAX)


def record(of: bytes = ed25519().record, **tags: str) -> bytes:
    return of + "".join(f"; {name}={value}" for name, value in tags.items()).encode()


def long_number(bits: int, exponent: int = 65537) -> bytes:
    """A record with an RSA key of a size that no library makes."""

    def told(number: int) -> bytes:
        octets = number.to_bytes(number.bit_length() // 8 + 1)
        return b"\x02" + size(octets) + octets

    def size(octets: bytes) -> bytes:
        count = len(octets)
        if count < 128:
            return bytes([count])
        return b"\x81" + bytes([count]) if count < 256 else b"\x82" + count.to_bytes(2)

    numbers = told((1 << bits - 1) | 1) + told(exponent)
    return b"v=DKIM1; p=" + b64encode(b"\x30" + size(numbers) + numbers)


@pytest.mark.parametrize(
    ("texts", "result", "fault"),
    [
        ((), Result.PERMERROR, Fault.NO_KEY),
        (None, Result.TEMPERROR, Fault.NO_ANSWER),
        ((b"v=spf1 -all",), Result.PERMERROR, Fault.KEY_SYNTAX),
        ((b"v=DKIM1; k=ed25519; p=AAAA",), Result.PERMERROR, Fault.KEY_SYNTAX),
        ((b"v=DKIM1; p=",), Result.PERMERROR, Fault.KEY_REVOKED),
        ((rsa().record,), Result.PERMERROR, Fault.KEY_TYPE),
        ((record(h="sha1"),), Result.PERMERROR, Fault.KEY_NOT_FOR_MAIL),
        ((record(s="tlsrpt"),), Result.PERMERROR, Fault.KEY_NOT_FOR_MAIL),
        ((record(s="email", h="sha1:sha256"),), Result.PASS, ""),
        ((record(t="y"),), Result.NEUTRAL, Fault.KEY_TESTED),
        ((record(ed25519(2).record, t="y:s"),), Result.NEUTRAL, Fault.KEY_TESTED),
        ((record(t="s"),), Result.PASS, ""),
        ((ed25519(2).record,), Result.FAIL, Fault.NOT_SIGNED),
        ((ed25519(2).record, ed25519().record), Result.PASS, ""),
        ((b"x" * 5000, ed25519().record), Result.PASS, ""),
        ((b"k=ed25519; n=ok; p=" + record().partition(b"p=")[2],), Result.PASS, ""),
    ],
    ids=lambda value: str(value)[:40],
)
def test_keys(texts, result, fault):
    signed = signatures.sign(RAW, ed25519())
    assert dkim(signed, answer=texts) == (result, fault)


@pytest.mark.parametrize(
    ("text", "result", "fault"),
    [
        (long_number(512), Result.POLICY, Fault.KEY_WEAK),
        (long_number(1023), Result.POLICY, Fault.KEY_WEAK),
        (long_number(9000), Result.POLICY, Fault.KEY_TOO_LONG),
        (long_number(2048, (1 << 2047) - 1), Result.PERMERROR, Fault.KEY_SYNTAX),
        (rsa(2048, 2).record, Result.FAIL, Fault.NOT_SIGNED),
        (b"v=DKIM1; p=AAAA", Result.PERMERROR, Fault.KEY_SYNTAX),
        (
            b"v=DKIM1; p=MCowBQYDK2VwAyEA" + b64encode(bytes(33))[:43] + b"=",
            *(Result.PERMERROR, Fault.KEY_SYNTAX),
        ),
    ],
    ids=["512", "1023", "9000", "exponent", "other", "broken", "ed25519-as-rsa"],
)
def test_rsa_keys(text, result, fault):
    assert dkim(signatures.sign(RAW, rsa()), answer=(text,)) == (result, fault)


def test_a_key_for_one_domain_alone_is_not_for_identities_below_it():
    signed = signatures.sign(RAW, ed25519(), i="@sub.example.com")
    assert dkim(signed, answer=(record(t="s"),)) == (Result.PERMERROR, Fault.KEY_STRICT)


def test_several_signatures_are_judged_each_by_itself():
    inner = signatures.sign(RAW, rsa(), d="list.example.org")
    signed = signatures.sign(inner, ed25519(), h="from:dkim-signature")
    found, _ = judge(signed, ed25519(), rsa())
    assert [(each.domain, each.result) for each in found] == [
        ("example.com", Result.PASS),
        ("list.example.org", Result.PASS),
    ]


def test_C3_of_fifty_signatures_ten_are_looked_at():
    signed = RAW
    for number in range(50):
        signed = signatures.sign(signed, ed25519(), d=f"d{number}.example")
    claims = verification.read(Message(signed), NOW)
    assert [each.domain for each in claims.signatures] == [
        f"d{number}.example" for number in range(49, 39, -1)
    ]
    assert len(claims.questions) == 10


def test_C3_when_time_is_over_nothing_is_computed():
    signed = signatures.sign(RAW, ed25519())
    over = (Result.TEMPERROR, Fault.NO_TIME)
    assert dkim(signed, ed25519(), expired=lambda: True) == over
    claims = verification.read(Message(signed), NOW)
    (found,), _ = verification.out_of_time(claims)
    assert (found.result, found.reason, found.domain) == (*over, "example.com")


def test_C3_a_body_is_left_between_its_blocks():
    asked = 0

    def expired():
        nonlocal asked
        asked += 1
        return asked > 3

    raw = RAW + b"x" * 100 + b"\r\n" * 2_000_000 + b"end\r\n"
    signed = signatures.sign(RAW, ed25519()).removesuffix(RAW) + raw
    found = dkim(signed, ed25519(), expired=expired)
    assert found == (Result.TEMPERROR, Fault.NO_TIME)
    assert asked == 4  # before the body, and before each of three blocks


def test_a_header_that_is_too_large_is_not_read():
    found, chain = judge(b"X: " + b"a" * 600_000 + b"\r\n" + RAW)
    assert [(each.result, each.reason) for each in found] == [
        (Result.PERMERROR, Fault.HEADER_TOO_LARGE)
    ]
    assert chain.result is Result.FAIL


@given(st.binary(max_size=300), st.sampled_from([b"DKIM-Signature", b"ARC-Seal"]))
def test_nothing_raises(octets, name):
    raw = name + b":" + octets + b"\r\n" + RAW
    found, chain = judge(raw, ed25519())
    assert all(each.result is not Result.PASS for each in found)
    assert chain.result is not Result.PASS


@given(st.data())
def test_a_signature_that_is_cut_or_bent_raises_nothing(data):
    signed = signatures.pass_on(signatures.sign(RAW, ed25519()), ed25519(), 1)
    at = data.draw(st.integers(0, len(signed) - len(RAW) - 1))
    bent = signed[:at] + data.draw(st.binary(max_size=4)) + signed[at + 1 :]
    for each in (bent, signed[:at]):
        judge(each, ed25519())


# --- ARC ---------------------------------------------------------------------------


def passed_on(count: int, pair=None, **tags: str) -> bytes:
    raw = signatures.sign(RAW, ed25519())
    for number in range(1, count + 1):
        raw = signatures.pass_on(raw, pair or ed25519(), number, **tags)
    return raw


@pytest.mark.parametrize("count", [1, 2, 3, 9])
def test_a_chain_passes(count):
    _, chain = judge(passed_on(count), ed25519())
    assert (chain.result, chain.reason) == (Result.PASS, "")
    assert chain.instance_count == count
    assert chain.sealer == f"hop{count}.example"
    assert chain.origin == "i=1; hop1.example; spf=pass"


def test_a_chain_of_rsa_passes_and_asks_for_each_key_once():
    raw = passed_on(2, rsa())
    assert arc(raw, ed25519(), rsa()) == (Result.PASS, "")
    claims = verification.read(Message(raw), NOW)
    assert isinstance(claims.chain, Chain)
    assert claims.questions.count(key.question(claims.chain.newest)) == 1


def test_a_signature_of_a_chain_is_relaxed_unless_it_says_otherwise():
    for form in ("", "relaxed/relaxed", "simple/simple"):
        assert arc(passed_on(1, c=form), ed25519()) == (Result.PASS, "")


def test_what_is_no_chain():
    assert arc(RAW) == (Result.NONE, "")


def test_more_than_fifty_sets_are_too_many():
    field = b"ARC-Seal: i=1\r\n"
    assert arc(field * 51 + RAW) == (Result.FAIL, Fault.TOO_MANY_SETS)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (b"end\r\n", b"other\r\n", Fault.BODY_CHANGED),
        (b"Ann", b"Eve", Fault.NOT_SIGNED),
        (b"hop1.example; spf=pass", b"hop1.example; spf=fail", Fault.SEAL_BROKEN),
        (b"cv=pass", b"cv=fail", Fault.BROKEN_BEFORE),
        (b"cv=pass", b"cv=none", Fault.STATUS),
        (b"cv=pass", b"cv=yes", Fault.STATUS),
        (b"cv=pass", b"h=from; cv=pass", Fault.SEAL_TAGS),
        (b"cv=pass;", b"", Fault.SEAL_TAGS),
        (b"i=2; hop2", b"i=3; hop2", Fault.SETS),
        (b"i=2; hop2", b"hop2", Fault.SETS),
        (b"i=2; hop2", b"i=0; hop2", Fault.SETS),
        (b"i=2; hop2", b"i=1; hop2", Fault.SETS),
        (b"h=from:to", b"h=arc-seal:from:to", Fault.SEAL_SIGNED),
        (b" bh=", b" bx=", Fault.SIGNATURE_TAGS),
    ],
    ids=lambda value: value.decode() if isinstance(value, bytes) else value.name,
)
def test_a_chain_that_was_changed_fails(old, new, fault):
    raw = passed_on(2).replace(b"DKIM-Signature:", b"X-Signature:")
    changed = raw.replace(old, new, 1)
    assert changed != raw
    assert arc(changed, ed25519()) == (Result.FAIL, fault)


def test_a_set_that_is_not_whole_breaks_the_chain():
    raw = passed_on(1)
    for name in (b"ARC-Seal:", b"ARC-Message-Signature:", b"ARC-Authentication-"):
        assert arc(raw.replace(name, b"X-Was:", 1), ed25519()) == (
            *(Result.FAIL, Fault.SETS),
        )


def test_an_older_signature_need_not_verify_any_more():
    first = signatures.pass_on(RAW, ed25519(), 1)
    changed = first.replace(b"Subject:  two", b"Subject: [list] two")
    assert arc(changed, ed25519()) == (Result.FAIL, Fault.NOT_SIGNED)
    second = signatures.pass_on(changed, ed25519(), 2)
    assert arc(second, ed25519()) == (Result.PASS, "")


def test_a_key_that_cannot_be_had_now_is_no_broken_chain():
    found = arc(passed_on(1), answer=None)
    assert found == (Result.TEMPERROR, Fault.NO_ANSWER)


@pytest.mark.parametrize("texts", [(), (long_number(512),)], ids=["none", "weak"])
def test_a_chain_without_good_keys_fails(texts):
    assert arc(passed_on(1, rsa()), answer=texts)[0] is Result.FAIL
