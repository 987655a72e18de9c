"""A worker process: serves as its supervisor says, answers it, and ends with it."""

import asyncio
import signal
import socket
from collections.abc import Mapping
from typing import Any, Final

from prometheus_client import generate_latest

from mailbot_server import app
from mailbot_server.app import Place, Running
from mailbot_server.config import BadSettings, load
from mailbot_server.core.errors import MailbotError, Unavailable
from mailbot_server.store.migrate import SchemaTooNew
from mailbot_server.telemetry import log
from mailbot_server.workers.line import Line

READY_SECONDS: Final = 2.0
HELLO_SECONDS: Final = 30.0
_FAULTS: Final = (BadSettings, SchemaTooNew, Unavailable, OSError, ExceptionGroup)
_logger: Final = log.get("worker")


async def serve(end: socket.socket) -> bool:
    """Serves until it is told to stop, or nobody is there to tell; False: it cannot."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    loop.add_signal_handler(signal.SIGHUP, lambda: None)
    line = await Line.over(end)
    try:
        async with asyncio.timeout(HELLO_SECONDS):
            hello = await line.hear()
        if hello is None:
            return False
        await _serve(line, hello, stop)
    except _FAULTS as error:
        await line.say({"failed": _words(error)})
        return False
    finally:
        await line.close()
    return True


async def _serve(line: Line, hello: Mapping[str, Any], stop: asyncio.Event) -> None:
    settings = load(**hello["settings"])
    place = Place(
        number=int(hello["number"]),
        node_id=hello["node_id"],
        replaces=tuple(hello["replaces"]),
    )
    async with app.serving(settings, place) as running:
        await line.say({"ready": _ready(running)})
        app.keep_what_is_there()
        async with asyncio.TaskGroup() as group:
            answers = group.create_task(_answer(line, running, stop), name="line")
            await stop.wait()
            answers.cancel()
        _logger.info("worker_stopping")


async def _answer(line: Line, running: Running, stop: asyncio.Event) -> None:
    """Answers what the supervisor asks; when it is gone, the worker is to end, too."""
    while (asked := await line.hear()) is not None:
        answer: dict[str, Any] = {"number": asked.get("number")}
        match asked.get("ask"):
            case "metrics":
                answer["text"] = generate_latest(running.metrics.registry).decode()
            case "ready":
                answer["why"] = await _why_not(running)
        await line.say(answer)
    stop.set()


async def _why_not(running: Running) -> str:
    """Why it cannot do its work now; empty when it can."""
    try:
        async with asyncio.timeout(READY_SECONDS):
            await running.probe()
    except MailbotError as error:
        return error.message
    except TimeoutError:
        return "the database did not answer in time"
    return ""


def _ready(running: Running) -> dict[str, Any]:
    return {
        "grpc_port": running.grpc_port,
        "mx_port": running.mx_port,
        "submission_ports": running.submission_ports,
        "public_port": running.public_port,
        "api_key_file": str(running.api_key_file),
        "operator_key_file": str(running.operator_key_file),
        "is_first_start": running.is_first_start,
        "drain_seconds": running.settings.drain_seconds,
    }


def _words(error: BaseException) -> str:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return str(error) or type(error).__name__
