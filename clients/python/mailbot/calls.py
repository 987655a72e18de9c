"""A call as a value, and the two connections that make it: threads and asyncio."""

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar, cast
from weakref import WeakSet

import grpc
from grpc import aio

from mailbot.channel import Settings, Stubs, open_aio_channel, open_channel, stubs
from mailbot.errors import FailedCall, MailBotError, decode

Request = TypeVar("Request")
Response = TypeVar("Response")
Result = TypeVar("Result")
Result_co = TypeVar("Result_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Call(Generic[Result_co]):
    """A method, its request, and what becomes of each response."""

    rpc: Callable[[Stubs], Any]
    request: Any
    convert: Callable[[Any], Result_co]
    timeout: float | None = None


def unary(
    rpc: "Callable[[Stubs], grpc.UnaryUnaryMultiCallable[Request, Response]]",
    request: Request,
    convert: Callable[[Response], Result],
) -> Call[Result]:
    """A call with one response; the types make the three fit together."""
    return Call(rpc, request, convert)


def download(
    rpc: "Callable[[Stubs], grpc.UnaryStreamMultiCallable[Request, Response]]",
    request: Request,
    convert: Callable[[Response], Result],
) -> Call[Result]:
    """A call with many responses."""
    return Call(rpc, request, convert)


def upload(
    rpc: "Callable[[Stubs], grpc.StreamUnaryMultiCallable[Request, Response]]",
    requests: Iterator[Request],
    convert: Callable[[Response], Result],
    timeout: float,
) -> Call[Result]:
    """A call with many requests; it can be made only once."""
    return Call(rpc, requests, convert, timeout)


def failure(error: grpc.RpcError) -> MailBotError:
    """What the caller is to see of a failed call."""
    return decode(cast("FailedCall", error))


class Closeable(Protocol):
    """An open subscription, as its connection sees it."""

    def cancel(self) -> None: ...


class Connection:
    """Makes calls from threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.streams: WeakSet[Closeable] = WeakSet()
        self.channel = open_channel(settings)
        self.stubs = stubs(self.channel)

    def call(self, call: Call[Result]) -> Result:
        """The converted response. Raises MailBotError."""
        try:
            response = self._start(call)
        except grpc.RpcError as error:
            raise failure(error) from error
        return call.convert(response)

    def stream(self, call: Call[Result]) -> Iterator[Result]:
        """The converted responses as they come. Raises MailBotError."""
        responses = self._start(call)
        try:
            for response in responses:
                yield call.convert(response)
        except grpc.RpcError as error:
            raise failure(error) from error
        finally:
            responses.cancel()

    def close(self) -> None:
        """End what is under way and hang up."""
        for stream in list(self.streams):
            stream.cancel()
        self.channel.close()

    def _start(self, call: Call[Any]) -> Any:
        timeout = call.timeout or self.settings.timeout
        method = call.rpc(self.stubs)
        return method(call.request, timeout=timeout, metadata=self.settings.metadata)


class AsyncConnection:
    """Makes calls from one event loop: the one that made the first call."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.streams: WeakSet[Closeable] = WeakSet()
        self._channel: aio.Channel | None = None
        self._stubs: Stubs | None = None

    @property
    def stubs(self) -> Stubs:
        """The stubs; made late, because a channel belongs to a running loop."""
        if self._stubs is None:
            self._channel = open_aio_channel(self.settings)
            self._stubs = stubs(self._channel)
        return self._stubs

    async def call(self, call: Call[Result]) -> Result:
        """The converted response. Raises MailBotError."""
        try:
            response = await self._start(call)
        except grpc.RpcError as error:
            raise failure(error) from error
        return call.convert(response)

    async def stream(self, call: Call[Result]) -> AsyncIterator[Result]:
        """The converted responses as they come. Raises MailBotError."""
        responses = self._start(call)
        try:
            async for response in responses:
                yield call.convert(response)
        except grpc.RpcError as error:
            raise failure(error) from error
        finally:
            responses.cancel()

    async def close(self) -> None:
        """End what is under way and hang up."""
        for stream in list(self.streams):
            stream.cancel()
        if self._channel is not None:
            await self._channel.close()

    def _start(self, call: Call[Any]) -> Any:
        timeout = call.timeout or self.settings.timeout
        method = call.rpc(self.stubs)
        return method(call.request, timeout=timeout, metadata=self.settings.metadata)
