"""
Sets up structured logging: one line per fact, ids bound, never content.

Events are named in the past tense (`message_accepted`). Mail addresses are shortened
by `mask` before they are bound; subjects, bodies and secrets never are. What slips into
the text of an exception, ours or a library's, is blotted out before it is written.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from contextvars import ContextVar
from typing import Any, Final

import structlog

from mailbot_server.telemetry.metrics import Metrics
from mailbot_server.telemetry.metrics.supervision import Supervision

request_id: Final[ContextVar[str]] = ContextVar("request_id", default="")
"""The request that the running task works for; empty for the engine's own work."""

CLIENT_GONE: Final = ("grpc._cython.cygrpc", "ExecuteBatchError raised in core")
"""Where and how gRPC reports, as an error, a client that left during a write."""

NOISY: Final = ("mail.log", "mail.debug", "asyncio", "aiohttp.access", "peewee")
_ADDRESS: Final = re.compile(r"[^\s<>\"'(),:;=\[\]{}]+@[\w.-]+")
_KEY: Final = re.compile(r"\bmb_([0-9a-z]{10})_[0-9A-Za-z]+")
Line = MutableMapping[str, Any]


class _Level:
    """From which level on lines are written in this process."""

    told_from = logging.NOTSET


class _StandardError(logging.Handler):
    """Writes to what is standard error now, not to what it was at the start."""

    def emit(self, record: logging.LogRecord) -> None:
        sys.stderr.write(self.format(record) + "\n")


def set_up(
    level: str,
    *,
    as_json: bool,
    metrics: Metrics | Supervision,
    worker: int | None = None,
) -> None:
    """
    Configures structlog and the standard library's loggers, once per process.

    `worker` is this one's number where several write to one log.
    """

    def count(_: Any, __: str, line: Line) -> Line:
        metrics.log_messages.labels(line["level"]).inc()
        if worker is not None:
            line["worker"] = worker
        return line

    shared: list[structlog.typing.Processor] = [
        structlog.processors.add_log_level,
        count,
        _bind_request,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _blot,
        _disarm,
    ]
    _Level.told_from = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[*shared, _renderer(as_json=as_json)],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
    _take_over_standard_loggers(shared, as_json=as_json)


def tells(level: int) -> bool:
    """Whether lines of this level are written: to ask costs less than to make one."""
    return level >= _Level.told_from


def get(component: str) -> Any:
    """A logger whose lines carry `component`; bound at its first line, not before."""
    return structlog.get_logger(component=component)


def mask(address: str) -> str:
    """`c…@example.com`: enough to recognise, not enough to write to."""
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}…{at}{domain}" if at else "…"


def _renderer(*, as_json: bool) -> structlog.typing.Processor:
    if as_json:
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(),
        exception_formatter=structlog.dev.plain_traceback,  # shows no variables
    )


def _take_over_standard_loggers(
    shared: list[structlog.typing.Processor], *, as_json: bool
) -> None:
    """Libraries' warnings come out as our lines do."""
    keep_clean = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler = _StandardError()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[keep_clean, _renderer(as_json=as_json)],
        )
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger(CLIENT_GONE[0]).addFilter(_is_news)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.ERROR)


def _is_news(line: logging.LogRecord) -> bool:
    return not line.getMessage().startswith(CLIENT_GONE[1])


def _bind_request(_: Any, __: str, line: Line) -> Line:
    current = request_id.get()
    if current:
        line.setdefault("request_id", current)
    return line


def _blot(_: Any, __: str, line: Line) -> Line:
    """Leaves no address and no key in free text: the event and the exception."""
    for name in ("event", "exception"):
        text = line.get(name)
        if isinstance(text, str) and ("@" in text or "mb_" in text):
            line[name] = _KEY.sub(r"mb_\1_…", _ADDRESS.sub(_masked, text))
    return line


def _disarm(_: Any, __: str, line: Line) -> Line:
    """Leaves nothing that acts on a terminal or ends a line; tracebacks have many."""
    for name, text in line.items():
        if isinstance(text, str) and not text.isprintable():
            kept = "\n\t" if name == "exception" else ""
            line[name] = "".join(
                c if c.isprintable() or c in kept else "\ufffd" for c in text
            )
    return line


def _masked(found: re.Match[str]) -> str:
    return mask(found[0])
