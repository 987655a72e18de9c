"""
Verifies DKIM signatures and ARC chains with keys that DNS has answered.

All of it is computing, and may run in a thread: it looks at the clock between steps.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from mailbot_server.core.authentication.arc import chain as arc
from mailbot_server.core.authentication.arc.chain import Chain
from mailbot_server.core.authentication.dkim import key, signature
from mailbot_server.core.authentication.dkim.message import Message
from mailbot_server.core.authentication.dkim.signature import Signature
from mailbot_server.core.authentication.fault import Fault
from mailbot_server.core.authentication.question import Answer, Question, texts
from mailbot_server.core.authentication.verdicts import (
    ArcVerdict,
    DkimVerdict,
    Result,
)
from mailbot_server.core.mail.dkim.record import KeyRecord
from mailbot_server.engine.authentication import publickey

Keys = Mapping[Question, Answer]
"""What DNS said where keys were asked for."""

DKIM_FIELD: Final = b"dkim-signature"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What a message says of itself, and what is known of that without a key."""

    message: Message
    signatures: tuple[Signature | DkimVerdict, ...]
    chain: Chain | ArcVerdict

    @property
    def questions(self) -> tuple[Question, ...]:
        """Where its keys are, each once."""
        asked = [each for each in self.signatures if isinstance(each, Signature)]
        if isinstance(self.chain, Chain):
            asked += [self.chain.newest, *(each.seal for each in self.chain.sets)]
        return tuple(dict.fromkeys(key.question(each) for each in asked))


_UNREADABLE: Final = Fault.HEADER_TOO_LARGE
UNREAD: Final = Claims(
    message=Message(b""),
    signatures=(DkimVerdict(result=Result.TEMPERROR, reason=Fault.NO_TIME),),
    chain=ArcVerdict(result=Result.TEMPERROR, reason=Fault.NO_TIME),
)
"""Of a message that nobody had the time to read."""


def read(message: Message, now: int) -> Claims:
    """The claims of a message; `now` is in seconds since 1970."""
    if not message.is_readable:
        return Claims(
            message=message,
            signatures=(DkimVerdict(result=Result.PERMERROR, reason=_UNREADABLE),),
            chain=ArcVerdict(result=Result.FAIL, reason=_UNREADABLE),
        )
    fields = message.named(DKIM_FIELD)[: signature.SIGNATURES_MAX]
    return Claims(
        message=message,
        signatures=tuple(signature.read(each, now) for each in fields),
        chain=arc.read(message, now),
    )


def judge(
    claims: Claims, keys: Keys, expired: Callable[[], bool]
) -> tuple[tuple[DkimVerdict, ...], ArcVerdict]:
    """The verdicts on all that a message claims."""
    return dkim(claims, keys, expired), chain(claims, keys, expired)


def out_of_time(claims: Claims) -> tuple[tuple[DkimVerdict, ...], ArcVerdict]:
    """The verdicts where nobody waits for `judge` any longer."""
    return judge(claims, {}, _always)


def dkim(
    claims: Claims, keys: Keys, expired: Callable[[], bool]
) -> tuple[DkimVerdict, ...]:
    """One verdict for each signature, in order."""
    return tuple(
        _judged(each, claims.message, keys, expired)
        if isinstance(each, Signature)
        else each
        for each in claims.signatures
    )


def chain(claims: Claims, keys: Keys, expired: Callable[[], bool]) -> ArcVerdict:
    """What the chain comes to: its last signature, and every seal (RFC 8617 5.2)."""
    found = claims.chain
    if isinstance(found, ArcVerdict):
        return found
    newest = _judged(found.newest, claims.message, keys, expired)
    if newest.result is not Result.PASS:
        return arc.verdict(found, _of_chain(newest.result), newest.reason)
    for seal, digest in arc.sealed_digests(found):
        sealed = _verified(seal, digest, keys, expired)
        if sealed.result is not Result.PASS:
            reason = sealed.reason
            if reason == Fault.NOT_SIGNED:
                reason = Fault.SEAL_BROKEN
            return arc.verdict(found, _of_chain(sealed.result), reason)
    return arc.verdict(found, Result.PASS)


def _always() -> bool:
    return True


def _of_chain(result: Result) -> Result:
    return Result.TEMPERROR if result is Result.TEMPERROR else Result.FAIL


def _judged(
    found: Signature, message: Message, keys: Keys, expired: Callable[[], bool]
) -> DkimVerdict:
    body = message.body_digest(is_relaxed=found.is_body_relaxed, expired=expired)
    if body is None:
        return signature.verdict(found, Result.TEMPERROR, Fault.NO_TIME)
    refused = signature.refused_by_body(found, body)
    if refused is not None:
        return refused
    digest = hashlib.sha256(signature.signed_text(found, message)).digest()
    return _verified(found, digest, keys, expired)


def _verified(
    found: Signature, digest: bytes, keys: Keys, expired: Callable[[], bool]
) -> DkimVerdict:
    if expired():
        return signature.verdict(found, Result.TEMPERROR, Fault.NO_TIME)
    answer = keys.get(key.question(found))
    if answer is None:
        return signature.verdict(found, Result.TEMPERROR, Fault.NO_ANSWER)
    usable = key.usable(found, texts(answer))
    if isinstance(usable, DkimVerdict):
        return usable
    verdicts = [_by_key(found, digest, each) for each in usable]
    passed = [each for each in verdicts if each.result is Result.PASS]
    return (passed or verdicts)[0]


def _by_key(found: Signature, digest: bytes, record: KeyRecord) -> DkimVerdict:
    opened = publickey.read(record)
    if opened is None:
        return signature.verdict(found, Result.PERMERROR, Fault.KEY_SYNTAX)
    refused = None
    if opened.is_rsa:
        refused = key.refused_by_size(found, opened.bits)
    if refused is not None:
        return signature.with_bits(refused, opened.bits)
    result, reason = Result.PASS, ""
    if not opened.verifies(found.signature, digest):
        result, reason = Result.FAIL, Fault.NOT_SIGNED
    if record.is_testing:
        # RFC 6376 3.6.1, `t=y`: as if it were not signed, whatever it says.
        result, reason = Result.NEUTRAL, Fault.KEY_TESTED
    return signature.with_bits(signature.verdict(found, result, reason), opened.bits)
