"""A scripted mailbot: real gRPC on a real socket, answers from a script."""

import asyncio
import threading
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Coroutine, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

import grpc
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from google.rpc import error_details_pb2, status_pb2
from grpc import aio
from grpc_status import rpc_status

from mailbot.v1 import (
    accounts_pb2,
    address_lists_pb2,
    audits_pb2,
    deliveries_pb2,
    domains_pb2,
    events_pb2,
    inboxes_pb2,
    messages_pb2,
    rules_pb2,
    subscriptions_pb2,
    suppressions_pb2,
    threads_pb2,
    usage_pb2,
    webhooks_pb2,
)

MODULES = (
    audits_pb2,
    *(inboxes_pb2, messages_pb2, threads_pb2, events_pb2, suppressions_pb2),
    *(deliveries_pb2, domains_pb2, accounts_pb2, address_lists_pb2, rules_pb2),
    *(subscriptions_pb2, usage_pb2, webhooks_pb2),
)
OPTIONS = (("grpc.so_reuseport", 0),)
TIMEOUT_SECONDS = 20

Result = TypeVar("Result")


@dataclass(frozen=True)
class Seen:
    """A call as it arrived; `requests` has more than one only for uploads."""

    requests: Sequence[Any]
    metadata: dict[str, str | bytes]

    @property
    def request(self) -> Any:
        return self.requests[0]


class Hang:
    """A step of a stream: nothing more comes, until the client gives up."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.abandoned = threading.Event()


class Hold:
    """A step of a stream: nothing comes until the test says `release`."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self._released = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def release(self) -> None:
        assert self.reached.wait(TIMEOUT_SECONDS)
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._released.set)

    async def wait(self) -> None:
        self._loop = asyncio.get_running_loop()
        self.reached.set()
        await self._released.wait()


class FakeMailbot:
    """
    Serves every method of every service in a thread of its own.

    A method answers with what `answer` queued for it, oldest first: a message, a
    google.rpc.Status, for streams a list of steps, or a function of the request that
    gives one of these. Without a script it answers with an empty message.
    """

    def __init__(self) -> None:
        self.port = 0
        self.seen: dict[str, list[Seen]] = defaultdict(list)
        self._scripts: dict[str, deque[Any]] = defaultdict(deque)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: aio.Server | None = None

    @property
    def target(self) -> str:
        return f"127.0.0.1:{self.port}"

    def answer(self, method: str, *answers: Any) -> None:
        self._scripts[method].extend(answers)

    def requests(self, method: str) -> list[Any]:
        return [each.request for each in self.seen[method]]

    def start(self) -> None:
        self._thread.start()
        self.run(self._serve())

    def stop(self) -> None:
        self.hang_up()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(TIMEOUT_SECONDS)
        self._loop.close()

    def hang_up(self) -> None:
        """Break every connection and refuse new ones."""
        if self._server is not None:
            self.run(self._server.stop(None))
            self._server = None

    def serve_again(self) -> None:
        """Listen on the same port as before."""
        self.run(self._serve())

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Run something in the server's loop and wait for it."""
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        return future.result(TIMEOUT_SECONDS)

    async def _serve(self) -> None:
        server = aio.server(options=OPTIONS)
        for module in MODULES:
            for service in module.DESCRIPTOR.services_by_name.values():
                handlers = {each.name: self._handler(each) for each in service.methods}
                server.add_generic_rpc_handlers(
                    [grpc.method_handlers_generic_handler(service.full_name, handlers)]
                )
        self.port = server.add_insecure_port(f"127.0.0.1:{self.port}")
        await server.start()
        self._server = server

    def _handler(self, method: MethodDescriptor) -> grpc.RpcMethodHandler:
        answer_class = GetMessageClass(method.output_type)
        kinds = {
            (False, False): (grpc.unary_unary_rpc_method_handler, self._unary),
            (True, False): (grpc.stream_unary_rpc_method_handler, self._unary),
            (False, True): (grpc.unary_stream_rpc_method_handler, self._stream),
        }
        make, serve = kinds[method.client_streaming, method.server_streaming]
        return make(
            serve(method.name, answer_class),
            request_deserializer=GetMessageClass(method.input_type).FromString,
            response_serializer=answer_class.SerializeToString,
        )

    def _unary(self, name: str, answer_class: type[Message]) -> Any:
        async def handle(request: Any, context: Any) -> Message:
            requests = [request]
            if hasattr(request, "__aiter__"):
                requests = [each async for each in request]
            answer = self._next(name, requests, context, answer_class())
            await _abort_if_status(name, answer, context)
            return answer

        return handle

    def _stream(self, name: str, answer_class: type[Message]) -> Any:
        async def handle(request: Any, context: Any) -> AsyncIterator[Message]:
            for step in self._next(name, [request], context, [answer_class()]):
                await _abort_if_status(name, step, context)
                if isinstance(step, Hang):
                    await _hang(step)
                elif isinstance(step, Hold):
                    await step.wait()
                else:
                    yield step

        return handle

    def _next(
        self, name: str, requests: Sequence[Any], context: Any, default: Any
    ) -> Any:
        metadata = dict(context.invocation_metadata())
        self.seen[name].append(Seen(requests, metadata))
        scripts = self._scripts[name]
        answer = scripts.popleft() if scripts else default
        return answer(requests[0]) if callable(answer) else answer


async def _abort_if_status(method: str, answer: Any, context: Any) -> None:
    if isinstance(answer, status_pb2.Status):
        ended: Any = rpc_status.to_status(answer)
        # An abort's trailers replace those that were set before.
        trailers = (*ended.trailing_metadata, ("x-request-id", f"req-{method}"))
        await context.abort_with_status(ended._replace(trailing_metadata=trailers))


async def _hang(step: Hang) -> None:
    step.reached.set()
    try:
        await asyncio.Event().wait()
    finally:
        step.abandoned.set()


def status(
    code: grpc.StatusCode,
    reason: str = "",
    *details: Message,
    metadata: dict[str, str] | None = None,
    retry_after: float | None = None,
) -> status_pb2.Status:
    """A google.rpc.Status as the server sends it; without a reason, a bare code."""
    made = status_pb2.Status(code=code.value[0], message=f"{reason or code.name} said")
    packed: list[Message] = list(details)
    if reason:
        packed.append(
            error_details_pb2.ErrorInfo(
                reason=reason, domain="mailbot", metadata=metadata or {}
            )
        )
    if retry_after is not None:
        delay = Duration()
        delay.FromTimedelta(timedelta(seconds=retry_after))
        packed.append(error_details_pb2.RetryInfo(retry_delay=delay))
    for each in packed:
        made.details.add().Pack(each)
    return made


UNAVAILABLE = status(grpc.StatusCode.UNAVAILABLE, "STORE_UNAVAILABLE", retry_after=0)
