"""The real gRPC server on a real database, in a thread with an event loop of its own."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any

from mailbot_server.api.convert import payloads
from mailbot_server.api.server import ApiServer, Parts
from mailbot_server.config import Settings
from mailbot_server.core import account
from mailbot_server.core.shaping import SiteStatus
from mailbot_server.core.signed import server_key
from mailbot_server.engine import accounts
from mailbot_server.engine.domains.domains import Domains
from mailbot_server.engine.domains.looking import Looker
from mailbot_server.engine.outbound.smtp.dialogue import Dialogues
from mailbot_server.engine.signing import sealing
from mailbot_server.engine.signing.sealing import Vault
from mailbot_server.engine.signing.signer import Signer
from mailbot_server.engine.webhooks import sealing as webhook_sealing
from mailbot_server.engine.webhooks.client import Client
from mailbot_server.engine.webhooks.dispatcher import Dispatcher
from mailbot_server.engine.webhooks.lane import Office
from mailbot_server.engine.webhooks.sealing import Safe
from mailbot_server.engine.webhooks.turns import Turns
from mailbot_server.engine.webhooks.webhooks import Webhooks
from mailbot_server.store import migrate
from mailbot_server.store.database import Database
from mailbot_server.telemetry import log
from mailbot_server.telemetry.metrics import Metrics
from tests.fakes.clock import FakeClock
from tests.fakes.entropy import FakeEntropy
from tests.fakes.resolver import FakeResolver
from tests.fakes.reverse_paths import PATHS

START_SECONDS = 20
NODE_ID = "nod_00000000000000000000000001"
MASTER = b"a key that only tests sign with"


class ApiThread:
    """Starts at `start`, ends at `stop`; `run` runs a coroutine in its loop."""

    def __init__(self, settings: Settings, url: str) -> None:
        self.settings = settings
        self.clock = FakeClock()
        self.entropy = FakeEntropy()
        self.metrics = Metrics()
        self.keys = server_key.signing_keys([MASTER])
        self.db = Database(
            url, clock=self.clock, entropy=self.entropy, metrics=self.metrics
        )
        self.first = accounts.draw_first_keys(self.entropy)
        self.resolver = FakeResolver()
        vault = Vault(server_key.keys_for([MASTER], sealing.PURPOSE), self.entropy)
        self.signer = Signer(vault, self.clock, self.metrics)
        looker = Looker(
            settings=settings,
            metrics=self.metrics,
            lookups=self.resolver,
            signer=self.signer,
            vault=vault,
        )
        self.domains = Domains(self.db, looker, self.entropy)
        self.office = Office(
            db=self.db,
            client=Client(settings, self.resolver),
            safe=Safe(
                Vault(
                    server_key.keys_for([MASTER], webhook_sealing.PURPOSE), self.entropy
                )
            ),
            encode=payloads.encode,
            holder=NODE_ID,
            turns=Turns(settings.webhook_concurrency),
        )
        self.webhooks = Webhooks(self.office, settings)
        self.dispatcher = Dispatcher(self.office)
        self.destinations: list[SiteStatus] = []
        self.sites: dict[str, str] = {}
        self.dialogues = Dialogues(self.clock)
        self.api: ApiServer | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    @property
    def target(self) -> str:
        """host:port of the API."""
        assert self.api is not None
        return f"127.0.0.1:{self.api.port}"

    @property
    def api_key(self) -> str:
        """The default account's key."""
        return account.print_key(self.first.api)

    @property
    def operator_key(self) -> str:
        """The operator's key."""
        return account.print_key(self.first.operator)

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """The result of a coroutine that ran in the server's loop."""
        return self.begin(work).result(START_SECONDS)

    def begin(self, work: Coroutine[Any, Any, Any]) -> Future[Any]:
        """Starts a coroutine in the server's loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def write(self, operation: Callable[..., Any], *arguments: Any) -> Any:
        """The result of a writing operation."""
        return self.run(self.db.write(operation, *arguments))

    def read(self, operation: Callable[..., Any], *arguments: Any) -> Any:
        """The result of a reading operation."""
        return self.run(self.db.read(operation, *arguments))

    def wait_until(self, holds: Callable[[], bool]) -> None:
        """Lets the server go on until `holds`, asked between its turns; not for ever."""

        async def turns() -> None:
            while not holds():  # noqa: ASYNC110 - nothing tells us
                await asyncio.sleep(0.001)

        self.run(turns())

    def start(self) -> None:
        """Migrates, makes the first account, opens the port; logs nothing."""
        log.set_up("critical", as_json=True, metrics=self.metrics)
        self._thread.start()
        migrate.migrate(self.db.backend, self.clock(), "test-epoch")
        self.run(self._start())

    def stop(self) -> None:
        """Drains the server and ends the thread."""
        self.run(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(START_SECONDS)
        self._loop.close()

    async def _start(self) -> None:
        await self.db.start()
        await self.db.write(accounts.begin, self.first, self.entropy(8))
        self.api = ApiServer(
            Parts(
                db=self.db,
                settings=self.settings,
                metrics=self.metrics,
                keys=self.keys,
                paths=PATHS,
                domains=self.domains,
                entropy=self.entropy,
                node_id=NODE_ID,
                destinations=lambda: self.destinations,
                site_of=lambda delivery: self.sites.get(delivery.domain, ""),
                dialogues=self.dialogues,
                webhooks=self.webhooks,
            )
        )
        await self.api.start()

    async def _stop(self) -> None:
        if self.api is not None:
            await self.api.drain()
        self.signer.close()
        await self.dispatcher.close()
        await self.db.stop()
