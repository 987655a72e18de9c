"""Builds every part and runs them in one task group: the map of the process."""

import asyncio
import contextlib
import gc
import platform
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from prometheus_client import CollectorRegistry

from mailbot_server.api.server import ApiServer, Parts
from mailbot_server.clock import SystemClock, WallClock, entropy
from mailbot_server.config import Role, Settings, naming
from mailbot_server.core import ids
from mailbot_server.core.errors import Unavailable
from mailbot_server.core.signed import server_key
from mailbot_server.engine.leading import Leading
from mailbot_server.engine.timers import Timers
from mailbot_server.engine.tls.renewal import Renewal
from mailbot_server.folder import DataFolder
from mailbot_server.parts import beginning
from mailbot_server.parts.ground import Ground
from mailbot_server.parts.http import http
from mailbot_server.parts.receiving import receiving
from mailbot_server.parts.sending import sending
from mailbot_server.store import events, nodes
from mailbot_server.store.database import Database
from mailbot_server.telemetry import log
from mailbot_server.telemetry.metrics import Metrics
from mailbot_server.web.server import OperatorServer

GARBAGE_AFTER: Final = 20_000
"""Objects between two looks of the garbage collector: a few hundred connections."""

Step = Callable[[], Coroutine[Any, Any, None]]
_logger: Final = log.get("app")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The ports that a server has bound, and where its keys are; 0 is no port."""

    settings: Settings
    grpc_port: int
    mx_port: int
    submission_ports: list[int]
    """Those of STARTTLS, and the one that begins with TLS if there is one."""

    operator_port: int
    public_port: int
    """0 while `public_url` is empty: then there is none."""

    api_key_file: Path
    operator_key_file: Path
    is_first_start: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Running(Opened):
    """A server that takes mail and calls."""

    db: Database
    metrics: Metrics
    probe: Callable[[], Awaitable[None]]
    """Raises a MailbotError while the server cannot do its work."""

    renew: Callable[[], None]
    """Has it look at once whether there are new certificates in its files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A worker's place under a supervisor, which owns the folder and tells numbers."""

    number: int
    node_id: str
    replaces: tuple[str, ...] = ()
    """Processes that are gone for certain: what they had leased is free."""


@contextlib.asynccontextmanager
async def serving(
    settings: Settings, place: Place | None = None
) -> AsyncIterator[Running]:
    """
    A running server; leaving the block drains it.

    Raises FolderInUse, SchemaTooNew, BadSettings, Unavailable for a database that is
    away, and OSError for a port that is taken.
    """
    folder = DataFolder(settings.data_dir)
    with contextlib.nullcontext() if place else folder.locked():
        metrics = Metrics()
        log.set_up(
            settings.log_level,
            as_json=settings.log_json,
            metrics=metrics,
            worker=place.number if place else None,
        )
        async with _database(settings, metrics) as db:
            first = await beginning.first_start(db, folder)
            masters = beginning.server_keys(settings, folder)
            beginning.make_certificate(settings, folder, db.clock())
            node_id = (
                place.node_id if place else ids.make("nod", db.clock(), entropy(10))
            )
            if place and place.replaces:
                await db.write(nodes.forget, place.replaces)
            parts = _Parts(
                Ground(settings=settings, db=db, masters=masters, node_id=node_id)
            )
            async with parts.running(is_alone=place is None):
                yield Running(
                    settings=settings,
                    db=db,
                    metrics=metrics,
                    probe=parts.probe,
                    renew=parts.renewal.hurry,
                    grpc_port=parts.api.port,
                    mx_port=parts.mail_in.mx.port if "mx" in settings.roles else 0,
                    submission_ports=(
                        parts.mail_in.submission.ports
                        if "api" in settings.roles
                        else []
                    ),
                    operator_port=parts.operator.port,
                    public_port=parts.http.public.port,
                    api_key_file=folder.path / beginning.API_KEY_FILE,
                    operator_key_file=folder.path / beginning.OPERATOR_KEY_FILE,
                    is_first_start=first,
                )
            await _leave(db, node_id)


@contextlib.asynccontextmanager
async def _database(settings: Settings, metrics: Metrics) -> AsyncIterator[Database]:
    """The database, brought to the current schema."""
    clock = WallClock() if settings.uses_sqlite else SystemClock()
    backend = "sqlite" if settings.uses_sqlite else "postgresql"
    metrics.build_info.labels(
        version("mailbot"), platform.python_version(), backend
    ).set(1)
    db = Database(
        settings.store_url,
        clock=clock,
        entropy=entropy,
        metrics=metrics,
        writer=settings.sqlite_writer,
    )
    async with beginning.opened(db):
        if await db.read(nodes.are_kept_out):
            message = (
                "what was put back is not safe to work on yet: `mailbot restore` has"
                " not ended; wait for it, or run it again if it was interrupted"
            )
            raise Unavailable(message)
        yield db


async def _leave(db: Database, node_id: str) -> None:
    """Others need not wait for a process that has ended and holds nothing."""
    if db.is_postgres:
        with contextlib.suppress(Unavailable):
            await db.write(nodes.forget, [node_id])


def keep_what_is_there() -> None:
    """
    Keeps the garbage collector off what stays for ever: modules, tables, parts.

    To look through all of it again and again took a tenth of the time of a server that
    takes mail in, and up to 70 ms at once.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_AFTER)


class _Parts:
    """The parts of one server; they meet in the store, but sessions also ask ingest."""

    def __init__(self, ground: Ground) -> None:
        db, settings = ground.db, ground.settings
        self._db = db
        self._settings = settings
        self.mail_out = sending(ground)
        self.mail_in = receiving(ground, self.mail_out.paths)
        self.http = http(ground)
        self.api = ApiServer(
            Parts(
                db=db,
                settings=settings,
                metrics=db.metrics,
                keys=server_key.signing_keys(ground.masters),
                paths=self.mail_out.paths,
                domains=self.mail_out.domains,
                entropy=db.entropy,
                node_id=ground.node_id,
                destinations=self.mail_out.queue.destinations,
                site_of=self.mail_out.queue.site_of,
                dialogues=self.mail_out.dialogues,
                webhooks=self.http.webhooks,
            )
        )
        shown = self.mail_in.certificate, self.api.certificate
        self.renewal = Renewal([each for each in shown if each is not None])
        self.leading = Leading(db, db.clock, db.metrics, ground.node_id)
        self.timers = Timers(
            db, db.clock, settings, db.metrics, ground.node_id, self.leading
        )
        self.operator = OperatorServer(settings, self._collect, self.probe)

    @contextlib.asynccontextmanager
    async def running(self, *, is_alone: bool) -> AsyncIterator[None]:
        """
        Opens the ports, runs the loops; at the end drains and stops them.

        Who is not alone leaves the operator's port to its supervisor.
        """
        async with contextlib.AsyncExitStack() as stack:
            stack.callback(self.mail_out.signer.close)
            stack.callback(self.mail_in.authenticator.stop)
            stack.push_async_callback(self.http.dispatcher.close)
            await self.timers.begin()
            if is_alone:
                with naming("operator_host, operator_port"):
                    await self.operator.start()
                stack.push_async_callback(self.operator.stop)
            for names, start, stop in self._ports():
                with naming(names):
                    await start()
                stack.push_async_callback(stop)
            async with asyncio.TaskGroup() as group:
                tasks = [
                    group.create_task(run(), name=name) for name, run in self._loops()
                ]
                try:
                    yield
                finally:
                    await self._drain()
                    for task in tasks:
                        task.cancel()

    def _ports(self) -> list[tuple[str, Step, Step]]:
        """What is opened and closed, by its settings' names; the API last."""
        mail, public, api = self.mail_in, self.http.public, self.api
        submission = "submission_host, submission_port, submissions_port"
        ports: list[tuple[Role, str, Step, Step]] = [
            ("web", "public_host, public_port", public.start, public.stop),
            ("mx", "mx_host, mx_port", mail.mx.start, mail.mx.stop),
            ("api", submission, mail.submission.start, mail.submission.stop),
            ("api", "grpc_host, grpc_port", api.start, api.drain),
        ]
        roles = self._settings.roles
        return [
            (name, start, stop) for role, name, start, stop in ports if role in roles
        ]

    def _loops(self) -> list[tuple[str, Step]]:
        """What runs for ever in this process, by its roles."""
        loops: list[tuple[Role | None, str, Step]] = [
            (None, "timers", self.timers.run),
            (None, "certificates", self.renewal.run),
            ("api", "api", self.api.run),
            (None, "ingest", self.mail_in.ingest.run),
            ("delivery", "queue", self.mail_out.queue.run),
            ("delivery", "domains", self.mail_out.watch.run),
            ("delivery", "webhooks", self.http.dispatcher.run),
        ]
        roles = self._settings.roles
        return [(name, run) for role, name, run in loops if not role or role in roles]

    async def _drain(self) -> None:
        _logger.info("server_draining")
        seconds = self._settings.drain_seconds
        await asyncio.gather(
            self.api.drain(),
            self.mail_in.mx.drain(seconds),
            self.mail_in.submission.drain(seconds),
            self.mail_out.queue.drain(seconds),
            self.http.dispatcher.drain(seconds),
            self.leading.give_up(),
        )

    async def _collect(self) -> CollectorRegistry:
        return self._db.metrics.registry

    async def probe(self) -> None:
        """Raises a MailbotError while the server cannot do its work."""
        self.api.draining.check()
        self.mail_in.shortage.check()
        await self._db.read(events.epoch)
