"""Builds every part and runs them in one task group: the map of the process."""

import asyncio
import contextlib
import functools
import gc
import platform
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from time import monotonic
from typing import Any, Final

from prometheus_client import CollectorRegistry

from mailbot_server.api.convert import payloads
from mailbot_server.api.server import ApiServer, Parts
from mailbot_server.clock import SystemClock, WallClock, entropy
from mailbot_server.config import BadSettings, Role, Settings
from mailbot_server.core import account, ids
from mailbot_server.core.errors import Unavailable
from mailbot_server.core.signed import download, link, reverse_path, server_key
from mailbot_server.engine import accounts
from mailbot_server.engine.authentication.authenticator import Authenticator
from mailbot_server.engine.dns import Resolver
from mailbot_server.engine.domains.domains import Domains
from mailbot_server.engine.domains.looking import Looker
from mailbot_server.engine.domains.watch import DomainWatch
from mailbot_server.engine.engagement.copies import Copies
from mailbot_server.engine.inbound import mx
from mailbot_server.engine.inbound.ingest import Ingest
from mailbot_server.engine.inbound.inspection import Inspection
from mailbot_server.engine.inbound.room.budget import Budget
from mailbot_server.engine.inbound.submission import certificate, port
from mailbot_server.engine.leading import Leading
from mailbot_server.engine.outbound.queue.attempt import Attempts
from mailbot_server.engine.outbound.queue.queue import Queue
from mailbot_server.engine.reverse_paths import ReversePaths
from mailbot_server.engine.screening.screen import Screen
from mailbot_server.engine.shortage import Shortage
from mailbot_server.engine.signing import sealing
from mailbot_server.engine.signing.sealing import Vault
from mailbot_server.engine.signing.signer import Signer
from mailbot_server.engine.timers import Timers
from mailbot_server.engine.webhooks import sealing as webhook_sealing
from mailbot_server.engine.webhooks.client import Client
from mailbot_server.engine.webhooks.dispatcher import Dispatcher
from mailbot_server.engine.webhooks.lane import Office
from mailbot_server.engine.webhooks.sealing import Safe
from mailbot_server.engine.webhooks.webhooks import Webhooks
from mailbot_server.folder import DataFolder
from mailbot_server.store import accounts as store_accounts
from mailbot_server.store import events, migrate, nodes
from mailbot_server.store.database import Database
from mailbot_server.telemetry import log
from mailbot_server.telemetry.metrics import Metrics
from mailbot_server.web.downloads import Downloads
from mailbot_server.web.public import PublicServer
from mailbot_server.web.server import OperatorServer
from mailbot_server.web.tracking import Tracking

API_KEY_FILE: Final = "default.key"
OPERATOR_KEY_FILE: Final = "operator.key"
Loop = Callable[[], Coroutine[Any, Any, None]]
_logger: Final = log.get("app")


GARBAGE_AFTER: Final = 20_000
"""Objects between two looks of the garbage collector: a few hundred connections."""


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
        clock = WallClock() if settings.uses_sqlite else SystemClock()
        metrics.build_info.labels(
            version("mailbot"), platform.python_version(), _backend(settings)
        ).set(1)
        db = Database(
            settings.store_url,
            clock=clock,
            entropy=entropy,
            metrics=metrics,
            writer=settings.sqlite_writer,
        )
        await asyncio.to_thread(migrate.migrate, db.backend, clock(), entropy(8).hex())
        await db.start()
        try:
            first = await _first_start(db, folder)
            masters = _server_keys(settings, folder)
            _make_certificate(settings, folder, clock())
            node_id = place.node_id if place else ids.make("nod", clock(), entropy(10))
            if place and place.replaces:
                await db.write(nodes.forget, place.replaces)
            parts = _Parts(settings, db, metrics, clock, masters, node_id)
            async with parts.running(is_alone=place is None):
                yield Running(
                    settings=settings,
                    db=db,
                    metrics=metrics,
                    probe=parts.probe,
                    grpc_port=parts.api.port,
                    mx_port=parts.mx.port if "mx" in settings.roles else 0,
                    submission_ports=(
                        parts.submission.ports if "api" in settings.roles else []
                    ),
                    operator_port=parts.operator.port,
                    public_port=parts.public.port,
                    api_key_file=folder.path / API_KEY_FILE,
                    operator_key_file=folder.path / OPERATOR_KEY_FILE,
                    is_first_start=first,
                )
            await _leave(db, node_id)
        finally:
            await db.stop()


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


def migrate_only(settings: Settings) -> list[str]:
    """
    Brings the database to the current schema; the names of the steps that ran.

    Raises FolderInUse while a server runs in the data folder of a SQLite database, and
    SchemaTooNew. On PostgreSQL servers may run meanwhile, those of this version and of
    the one before.
    """
    clock = WallClock()
    folder = DataFolder(settings.data_dir)
    with folder.locked() if settings.uses_sqlite else contextlib.nullcontext():
        db = Database(
            settings.store_url, clock=clock, entropy=entropy, metrics=Metrics()
        )
        return migrate.migrate(db.backend, clock(), entropy(8).hex())


class _Parts:
    """The parts of one server; they meet in the store, but sessions also ask ingest."""

    def __init__(
        self,
        settings: Settings,
        db: Database,
        metrics: Metrics,
        clock: SystemClock | WallClock,
        masters: list[bytes],
        node_id: str,
    ) -> None:
        self._settings = settings
        vault = Vault(server_key.keys_for(masters, sealing.PURPOSE), entropy)
        self.signer = Signer(vault, clock, metrics)
        paths = ReversePaths(
            keys=server_key.keys_for(masters, reverse_path.PURPOSE),
            sandbox_domain=settings.sandbox_domain,
        )
        looker = _looker(clock, settings, metrics, self.signer, vault)
        domains = Domains(db, looker, entropy)
        self.domains = DomainWatch(db, clock, domains, self.signer)
        resolver = Resolver(clock, settings, metrics)
        attempts = Attempts(
            db, clock, settings, metrics, resolver, entropy, self.signer
        )
        links = server_key.keys_for(masters, link.PURPOSE)
        attempts.copies = Copies(db, links, settings.public_url)
        self.queue = Queue(db, clock, settings, metrics, attempts, node_id, entropy)
        names = server_key.keys_for(masters, download.PURPOSE)
        downloads = Downloads(db, names, clock, settings)
        office = _office(db, settings, metrics, masters, node_id, downloads)
        self.webhooks = Dispatcher(office)
        self.api = ApiServer(
            Parts(
                db=db,
                settings=settings,
                metrics=metrics,
                keys=server_key.signing_keys(masters),
                paths=paths,
                domains=domains,
                entropy=entropy,
                node_id=node_id,
                destinations=self.queue.destinations,
                site_of=self.queue.site_of,
                dialogues=attempts.dialogues,
                webhooks=Webhooks(office, settings),
            )
        )
        self.ingest = Ingest(db, settings, metrics)
        self.shortage = Shortage(settings, metrics)
        budget = Budget(settings, self.shortage)
        # Strangers choose what it asks: nothing of that may keep outgoing mail waiting.
        asked = Resolver(clock, settings, metrics)
        self.authenticator = Authenticator(asked, clock, settings, metrics)
        inspection = Inspection(
            ingest=self.ingest,
            authenticator=self.authenticator,
            screen=Screen(db, monotonic),
        )
        self.mx = mx.listener(db, clock, settings, metrics, inspection, paths, budget)
        pem = DataFolder(settings.data_dir).path / certificate.FILE
        self.submission = port.listener(
            db, clock, settings, metrics, paths, pem, budget
        )
        self.leading = Leading(db, clock, metrics, node_id)
        self.timers = Timers(db, clock, settings, metrics, node_id, self.leading)
        self.operator = OperatorServer(settings, self._collect, self.probe)
        self._metrics = metrics
        tracking = Tracking(db, links, settings, metrics)
        routes = {**tracking.routes(), **downloads.routes()}
        self.public = PublicServer(settings, metrics, routes)
        self._db = db

    @contextlib.asynccontextmanager
    async def running(self, *, is_alone: bool) -> AsyncIterator[None]:
        """
        Opens the ports, runs the loops; at the end drains and stops them.

        Who is not alone leaves the operator's port to its supervisor.
        """
        async with contextlib.AsyncExitStack() as stack:
            stack.callback(self.signer.close)
            stack.callback(self.authenticator.stop)
            stack.push_async_callback(self.webhooks.close)
            await self.timers.begin()
            if is_alone:
                with _naming("operator_host, operator_port"):
                    await self.operator.start()
                stack.push_async_callback(self.operator.stop)
            await self._open(stack)
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

    async def _open(self, stack: contextlib.AsyncExitStack) -> None:
        """The ports of this process' roles, the API's last."""
        roles = self._settings.roles
        if "web" in roles:
            with _naming("public_host, public_port"):
                await self.public.start()
            stack.push_async_callback(self.public.stop)
        if "mx" in roles:
            with _naming("mx_host, mx_port"):
                await self.mx.start()
            stack.push_async_callback(self.mx.stop)
        if "api" in roles:
            with _naming("submission_host, submission_port, submissions_port"):
                await self.submission.start()
            stack.push_async_callback(self.submission.stop)
            with _naming("grpc_host, grpc_port"):
                await self.api.start()
            stack.push_async_callback(self.api.drain)

    def _loops(self) -> list[tuple[str, Loop]]:
        """What runs for ever in this process, by its roles."""
        loops: list[tuple[Role | None, str, Loop]] = [
            (None, "timers", self.timers.run),
            ("api", "api", self.api.run),
            (None, "ingest", self.ingest.run),
            ("delivery", "queue", self.queue.run),
            ("delivery", "domains", self.domains.run),
            ("delivery", "webhooks", self.webhooks.run),
        ]
        roles = self._settings.roles
        return [(name, run) for role, name, run in loops if not role or role in roles]

    async def _drain(self) -> None:
        _logger.info("server_draining")
        seconds = self._settings.drain_seconds
        await asyncio.gather(
            self.api.drain(),
            self.mx.drain(seconds),
            self.submission.drain(seconds),
            self.queue.drain(seconds),
            self.webhooks.drain(seconds),
            self.leading.give_up(),
        )

    async def _collect(self) -> CollectorRegistry:
        return self._metrics.registry

    async def probe(self) -> None:
        """Raises a MailbotError while the server cannot do its work."""
        self.api.draining.check()
        self.shortage.check()
        await self._db.read(events.epoch)


def _looker(
    clock: SystemClock | WallClock,
    settings: Settings,
    metrics: Metrics,
    signer: Signer,
    vault: Vault,
) -> Looker:
    """What looks at domains' records: as they are now, and not as they were."""
    return Looker(
        settings=settings,
        metrics=metrics,
        lookups=Resolver(clock, settings, metrics, remembering=False),
        signer=signer,
        vault=vault,
    )


def _office(
    db: Database,
    settings: Settings,
    metrics: Metrics,
    masters: list[bytes],
    node_id: str,
    downloads: Downloads,
) -> Office:
    """What posts to webhooks, whose names strangers choose: they ask by themselves."""
    vault = Vault(server_key.keys_for(masters, webhook_sealing.PURPOSE), entropy)
    return Office(
        db=db,
        client=Client(settings, Resolver(db.clock, settings, metrics)),
        safe=Safe(vault),
        encode=functools.partial(payloads.encode, links=downloads.link),
        holder=node_id,
        turns=asyncio.Semaphore(settings.webhook_concurrency),
    )


@contextlib.contextmanager
def _naming(settings: str) -> Iterator[None]:
    """Puts the settings that an address came from before what the system says."""
    try:
        yield
    except OSError as error:
        message = f"{settings}: {error.strerror or error}"
        raise OSError(message) from error


async def _first_start(db: Database, folder: DataFolder) -> bool:
    """
    Makes the default account and writes its keys; True when it just did.

    The files come first: a crash in between leaves files that the next start writes
    again, never an account that nobody has a key for.
    """
    if await db.read(store_accounts.list_newest, "", 1):
        return False
    first = accounts.draw_first_keys(entropy)
    files = [
        folder.write_secret(API_KEY_FILE, account.print_key(first.api)),
        folder.write_secret(OPERATOR_KEY_FILE, account.print_key(first.operator)),
    ]
    if await db.write(accounts.begin, first, entropy(8)):
        return True
    for file in files:
        file.unlink()
    return False


def _make_certificate(settings: Settings, folder: DataFolder, now: datetime) -> None:
    """For the submission ports, once, where no other is set."""
    if settings.smtp_tls_cert or (folder.path / certificate.FILE).exists():
        return
    name = settings.hostname or settings.sandbox_domain
    folder.write_secret(certificate.FILE, certificate.self_signed(name, now))


def _server_keys(settings: Settings, folder: DataFolder) -> list[bytes]:
    """The current one first; raises BadSettings."""
    if settings.server_key:
        masters = [part.strip().encode() for part in settings.server_key.split(",")]
    else:
        masters = [_kept_key(folder)]
    try:
        server_key.signing_keys(masters)
    except ValueError as error:
        message = f"server_key: {error}"
        raise BadSettings(message) from error
    return masters


def _kept_key(folder: DataFolder) -> bytes:
    try:
        return folder.server_key(entropy)
    except ValueError as error:
        raise BadSettings(str(error)) from error


def _backend(settings: Settings) -> str:
    return "sqlite" if settings.uses_sqlite else "postgresql"
