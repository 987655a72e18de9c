"""Runs a check of core: has its questions answered by the resolver."""

import asyncio
from collections.abc import Coroutine
from typing import Any, Final, Generic, TypeVar

from mailbot_server.core.authentication.question import Answer, Asking, Kind, Question
from mailbot_server.engine.dns import Lookups, Status, TextAnswer

T = TypeVar("T")

_QUESTION_BYTES_MAX: Final = 253


class Check(Generic[T]):
    """
    A check under way.

    It goes as far as what is remembered leads, at once; for the rest somebody finishes
    it, or leaves it.
    """

    def __init__(self, resolver: Lookups, asking: Asking[T]) -> None:
        self._resolver = resolver
        self._asking = asking
        self._open: tuple[Question, ...] = ()
        self._results: list[T] = []
        self._go(None)

    @property
    def is_done(self) -> bool:
        """Whether it has come to something."""
        return bool(self._results)

    def result(self, late: T) -> T:
        """What it has come to, or `late`."""
        return self._results[0] if self._results else late

    async def finish(self) -> T:
        """Waits for answers; how long is the caller's to bound."""
        while not self._results:
            self._go(await _ask(self._resolver, self._open))
        return self._results[0]

    def _go(self, answers: tuple[Answer, ...] | None) -> None:
        """On to the first question whose answer is not remembered."""
        while True:
            try:
                asking = self._asking
                questions = next(asking) if answers is None else asking.send(answers)
            except StopIteration as end:
                self._results.append(end.value)
                return
            known = [_known(self._resolver, each) for each in questions]
            found = tuple(each[0] for each in known if each is not None)
            if len(found) < len(questions):
                self._open = questions
                return
            answers = found


async def _ask(
    resolver: Lookups, questions: tuple[Question, ...]
) -> tuple[Answer, ...]:
    if len(questions) == 1:
        return (await _one(resolver, questions[0]),)
    return tuple(await asyncio.gather(*(_one(resolver, each) for each in questions)))


def _known(resolver: Lookups, question: Question) -> tuple[Answer] | None:
    """The answer, if it is remembered; most questions are about texts."""
    if question.kind is not Kind.TEXT or _is_none(question.name):
        return None
    known = resolver.known_txt(question.name)
    return None if known is None else (_told(known),)


def _told(found: TextAnswer) -> Answer:
    return None if found.status.may_pass else found.texts


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
    return _told(await resolver.txt(name))


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
