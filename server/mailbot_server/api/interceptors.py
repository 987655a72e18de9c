"""
What surrounds every call: identity, scope, request id, errors, metrics, deadline.

One interceptor wraps all kinds of handlers. A call is let in by its metadata alone,
before its body is read. The interceptor answers for everything that a handler raises,
so that no text of an exception reaches a caller: core errors by `errors.py`, anything
else as INTERNAL with the request id.
"""

import asyncio
import contextlib
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Awaitable,
    Callable,
    Iterator,
    Sequence,
)
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

import grpc
from google.protobuf.message import DecodeError, Message
from google.rpc import status_pb2
from grpc_status import rpc_status

from mailbot_server.api import calls, errors, validate
from mailbot_server.api.auth import Authenticator
from mailbot_server.api.methods import METHODS, Method
from mailbot_server.api.streams import Streams
from mailbot_server.api.watchdog import Watchdog
from mailbot_server.core import ids
from mailbot_server.core.errors import (
    InvalidInput,
    LimitExceeded,
    MailbotError,
    one_field,
)
from mailbot_server.store.database import Database, origin
from mailbot_server.telemetry import log
from mailbot_server.telemetry.metrics import Metrics

UNARY_SECONDS: Final = 60.0
"""Longest unary call, whatever deadline its caller set."""
LONGER: Final = {"WaitForMessage": 320.0}
"""Of calls that wait: what they may wait for, and time to look and to answer."""
UPLOAD_SECONDS: Final = 600.0
"""Longest call with a stream of requests."""
REQUEST_BYTES_MAX: Final = 4 * 1024 * 1024
"""Of one request, before it is read; what is larger is uploaded in chunks."""
REQUEST_ID: Final = "x-request-id"
PUSHBACK: Final = "grpc-retry-pushback-ms"
PUSHBACK_SECONDS_MAX: Final = 60.0
"""A longer wait is not for a client's retries but for its user."""

if TYPE_CHECKING:  # subscriptable for type checkers only
    Handler = grpc.RpcMethodHandler[Any, Any]
    Context = grpc.aio.ServicerContext[Any, Any]
else:
    Handler = Context = Any
Details = grpc.HandlerCallDetails
Metadata = Sequence[tuple[str, str | bytes]]
_logger: Final = log.get("api")


class Surround(grpc.aio.ServerInterceptor):
    """The interceptor."""

    def __init__(
        self,
        db: Database,
        authenticator: Authenticator,
        metrics: Metrics,
        streams: Streams,
        entropy: Callable[[int], bytes],
    ) -> None:
        self._db = db
        self._authenticator = authenticator
        self._metrics = metrics
        self._streams = streams
        self._entropy = entropy
        for method in METHODS.values():
            metrics.grpc_started.labels(method.kind, method.service, method.name)

    async def intercept_service(
        self,
        continuation: Callable[[Details], Awaitable[Handler | None]],
        handler_call_details: Details,
    ) -> Handler | None:
        """Wraps the handler that the call would have."""
        handler = await continuation(handler_call_details)
        method = METHODS.get(handler_call_details.method)
        if handler is None or method is None:
            return handler  # health and reflection, which anybody may call
        call = _Call(method, self._metrics, self._streams, self._new_request_id())
        try:
            await self._admit(method, handler_call_details.invocation_metadata or ())
        except Exception as error:  # noqa: BLE001 - the last line of defence
            return call.refuse(error)
        return call.wrap(handler)

    async def _admit(self, method: Method, metadata: Metadata) -> None:
        """Lets the call in, or raises what refuses it."""
        self._streams.draining.check()
        principal = await self._authenticator.admit(method, metadata)
        calls.set_principal(principal)
        origin.work_for(principal.key_id, "api")

    def _new_request_id(self) -> str:
        return ids.make("req", self._db.clock(), self._entropy(10))


class _Call:
    """One call of one method."""

    def __init__(
        self, method: Method, metrics: Metrics, streams: Streams, request_id: str
    ) -> None:
        self._method = method
        self._metrics = metrics
        self._streams = streams
        self._request_id = request_id
        self._labels = (method.kind, method.service, method.name)
        self._code = "OK"

    def refuse(self, error: Exception) -> Handler:
        """
        A handler that answers with an error.

        It takes a stream, whatever the method takes: gRPC then never reads the body.
        """

        async def run(_: Any, context: Context) -> None:
            with self._surrounded(context):
                await self._abort(context, error)

        refusal: Handler = grpc.stream_unary_rpc_method_handler(run)
        return refusal

    def wrap(self, handler: Handler) -> Handler:
        """
        The handler with everything that surrounds it.

        It is given the request's bytes, because gRPC itself would answer a request that
        cannot be read with the text of the exception.
        """
        read = _Reader(handler.request_deserializer)
        write = {"response_serializer": handler.response_serializer}
        wrapped: Handler
        if handler.request_streaming:
            behaviour = self._unary(handler.stream_unary, read.each, UPLOAD_SECONDS)
            wrapped = grpc.stream_unary_rpc_method_handler(behaviour, **write)
        elif handler.response_streaming:
            behaviour = self._streaming(handler.unary_stream, read.one)
            write = {"response_serializer": _ready(handler.response_serializer)}
            wrapped = grpc.unary_stream_rpc_method_handler(behaviour, **write)
        else:
            seconds = LONGER.get(self._method.name, UNARY_SECONDS)
            behaviour = self._unary(handler.unary_unary, read.one, seconds)
            wrapped = grpc.unary_unary_rpc_method_handler(behaviour, **write)
        return wrapped

    def _unary(self, behaviour: Any, read: Any, seconds: float) -> Any:
        """The behaviour of a method with one response."""

        async def run(data: Any, context: Context) -> Any:
            with self._surrounded(context):
                try:
                    with self._slot():
                        async with asyncio.timeout(seconds):
                            return await behaviour(read(data), context)
                except Exception as error:  # noqa: BLE001 - the last line of defence
                    await self._abort(context, error)

        return run

    def _streaming(self, behaviour: Any, read: Any) -> Any:
        """The behaviour of a method with a stream of responses."""

        async def run(data: bytes, context: Context) -> AsyncGenerator[Any, None]:
            with self._surrounded(context):
                try:
                    answers = self._answers(behaviour(read(data), context), context)
                    async with contextlib.aclosing(answers):
                        async for answer in answers:
                            yield answer
                except Exception as error:  # noqa: BLE001 - the last line of defence
                    await self._abort(context, error)

        return run

    async def _answers(
        self, answers: AsyncGenerator[Any, None], context: Context
    ) -> AsyncGenerator[Any, None]:
        """The answers, in a slot of the key's, each watched while it is written."""
        watchdog = Watchdog(lambda: self._abort(context, _too_slow()))
        with self._slot():
            async with contextlib.aclosing(answers):
                async for answer in answers:
                    with watchdog.writing():
                        yield answer

    def _slot(self) -> contextlib.AbstractContextManager[None]:
        """A place among the key's streams, if the method streams."""
        if self._method.kind == "unary":
            return contextlib.nullcontext()
        return self._streams.slot(calls.principal(), self._method.name)

    async def _abort(self, context: Context, error: Exception) -> None:
        status = self._answer(error)
        self._code = _code_name(status.code)
        wire = rpc_status.to_status(status)
        trailers = (*wire.trailing_metadata, (REQUEST_ID, self._request_id))
        wait = getattr(error, "retry_after_seconds", None)
        if wait is not None and wait <= PUSHBACK_SECONDS_MAX:
            trailers += ((PUSHBACK, str(round(wait * 1000))),)
        await context.abort_with_status(wire._replace(trailing_metadata=trailers))

    @contextlib.contextmanager
    def _surrounded(self, context: Context) -> Iterator[None]:
        with self._streams.draining.call(), self._measured(context):
            yield

    @contextlib.contextmanager
    def _measured(self, context: Context) -> Iterator[None]:
        token = log.request_id.set(self._request_id)
        context.set_trailing_metadata(((REQUEST_ID, self._request_id),))
        self._metrics.grpc_started.labels(*self._labels).inc()
        started = perf_counter()
        try:
            yield
        except (asyncio.CancelledError, GeneratorExit):
            self._code = "CANCELLED" if self._code == "OK" else self._code
            raise
        finally:
            self._ended(perf_counter() - started)
            # A stream that is left open is closed in another context.
            with contextlib.suppress(ValueError):
                log.request_id.reset(token)

    def _ended(self, seconds: float) -> None:
        self._metrics.grpc_handled.labels(*self._labels, self._code).inc()
        self._metrics.grpc_handling.labels(*self._labels).observe(seconds)
        _logger.info(
            "call_ended",
            method=self._method.name,
            code=self._code,
            seconds=round(seconds, 4),
        )

    def _answer(self, error: Exception) -> status_pb2.Status:
        if isinstance(error, MailbotError):
            return errors.status_of(error, self._request_id)
        if isinstance(error, TimeoutError):
            return errors.too_late(self._request_id)
        self._metrics.unhandled_exceptions.labels("api").inc()
        _logger.error("call_failed", method=self._method.name, exc_info=error)
        return errors.fault(self._request_id)


class _Reader:
    """Bytes to a request that obeys the rules; raises InvalidInput."""

    def __init__(self, deserialize: Callable[[bytes], Message] | None) -> None:
        assert deserialize is not None, "every generated handler has one"
        self._deserialize = deserialize

    def one(self, data: bytes) -> Message:
        """The one request of a call."""
        if len(data) > REQUEST_BYTES_MAX:
            raise _too_large(len(data))
        try:
            request = self._deserialize(data)
        except DecodeError as error:
            words = "is not a message of the kind that this method takes"
            raise one_field("request", words) from error
        validate.check(request)
        return request

    async def each(self, stream: AsyncIterable[bytes]) -> AsyncIterator[Message]:
        """The requests of a stream."""
        async for data in stream:
            yield self.one(data)


def _ready(serialize: Callable[[Message], bytes] | None) -> Callable[[Any], bytes]:
    """Lets pass what is in its words already; streams share those."""
    assert serialize is not None, "every generated handler has one"
    return lambda answer: answer if type(answer) is bytes else serialize(answer)


def _too_large(size: int) -> InvalidInput:
    words = f"may have at most {REQUEST_BYTES_MAX} bytes; upload what is large before"
    error = one_field("request", words, "MESSAGE_TOO_LARGE")
    error.details |= {"size": str(size), "limit": str(REQUEST_BYTES_MAX)}
    return error


def _too_slow() -> LimitExceeded:
    message = "nothing was read from the stream for too long; reconnect and read on"
    return LimitExceeded(message, reason="CONSUMER_TOO_SLOW", subject="stream")


def _code_name(number: int) -> str:
    return next(code.name for code in grpc.StatusCode if code.value[0] == number)
