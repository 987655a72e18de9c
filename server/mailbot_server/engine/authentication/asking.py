"""Runs a check of core: has its questions answered by the resolver."""

import asyncio
from collections.abc import Coroutine
from typing import Any, Final, TypeVar

from mailbot_server.core.authentication.question import Answer, Asking, Kind, Question
from mailbot_server.engine.dns import Lookups, Status

T = TypeVar("T")

_QUESTION_BYTES_MAX: Final = 253


async def answered(resolver: Lookups, asking: Asking[T]) -> T:
    """What the check comes to; how long that takes is the caller's to bound."""
    answers: tuple[Answer, ...] | None = None
    while True:
        try:
            # The first time, None: there is nothing to send.
            questions = next(asking) if answers is None else asking.send(answers)
        except StopIteration as end:
            result: T = end.value
            return result
        answers = await _ask(resolver, questions)


async def _ask(
    resolver: Lookups, questions: tuple[Question, ...]
) -> tuple[Answer, ...]:
    if len(questions) == 1:
        return (await _one(resolver, questions[0]),)
    return tuple(await asyncio.gather(*(_one(resolver, each) for each in questions)))


def _one(resolver: Lookups, question: Question) -> Coroutine[Any, Any, Answer]:
    name = question.name.lower()
    match question.kind:
        case Kind.TEXT:
            return _texts(resolver, name)
        case Kind.EXCHANGE:
            return _exchanges(resolver, name)
        case Kind.HOST:
            return _hosts(resolver, name)
        case Kind.NAME:
            return _exists(resolver, name)
        case Kind.V4 | Kind.V6:
            return _addresses(resolver, name, is_v4=question.kind is Kind.V4)


async def _texts(resolver: Lookups, name: str) -> Answer:
    if _is_none(name):
        return ()
    found = await resolver.txt(name)
    return None if found.status.may_pass else found.texts


async def _exchanges(resolver: Lookups, name: str) -> Answer:
    if _is_none(name):
        return ()
    found = await resolver.mx(name)
    ranked = sorted(found.exchanges, key=lambda each: each.preference)
    return None if found.status.may_pass else tuple(each.host for each in ranked)


async def _hosts(resolver: Lookups, address: str) -> Answer:
    found = await resolver.names(address)
    return None if found.status.may_pass else found.hosts


async def _exists(resolver: Lookups, name: str) -> Answer:
    """A name is not there for any type of record, or for none (RFC 8020)."""
    found = await resolver.txt(name)
    if found.status.may_pass:
        return None
    return () if found.status is Status.NXDOMAIN else (name,)


async def _addresses(resolver: Lookups, host: str, *, is_v4: bool) -> Answer:
    if _is_none(host):
        return ()
    found = await resolver.addresses(host)
    return None if found.status.may_pass else found.v4 if is_v4 else found.v6


def _is_none(name: str) -> bool:
    """Whether no name server needs to be asked: strangers wrote it, in macros too."""
    return not name.isascii() or len(name) > _QUESTION_BYTES_MAX
