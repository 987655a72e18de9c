"""One attempt at one delivery, from its bytes to an outcome, within a deadline."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable

from mailbot_server.config import Settings
from mailbot_server.core.delivery import Delivery, Failed, Outcome
from mailbot_server.core.domain import key as domain_key
from mailbot_server.core.domain.key import SigningUnavailable, StoredKey
from mailbot_server.core.mail.dsn.request import RcptRequest
from mailbot_server.engine.dns import Lookups
from mailbot_server.engine.engagement.copies import Copies
from mailbot_server.engine.outbound.queue import batch
from mailbot_server.engine.outbound.queue.batch import Loaded
from mailbot_server.engine.outbound.queue.local import Local
from mailbot_server.engine.outbound.routing.guard import Guard
from mailbot_server.engine.outbound.routing.policy_file import FETCH_SECONDS
from mailbot_server.engine.outbound.routing.route import (
    EXCHANGES_MAX,
    TARGETS_MAX,
    Route,
    Unroutable,
    Way,
)
from mailbot_server.engine.outbound.routing.site import Plan, plan
from mailbot_server.engine.outbound.smtp.dialogue import Dialogues
from mailbot_server.engine.outbound.smtp.progress import Progress, own_status
from mailbot_server.engine.outbound.smtp.remote import SESSIONS_MAX, Remote
from mailbot_server.engine.outbound.smtp.session import Transaction
from mailbot_server.engine.signing.signer import Signer
from mailbot_server.store import inboxes
from mailbot_server.store.database import Database

SEED_BYTES = 16

Enter = Callable[[], Awaitable[bool]]


class Attempts:
    """Makes attempts, in any number at the same time."""

    def __init__(
        self,
        db: Database,
        settings: Settings,
        resolver: Lookups,
        signer: Signer,
        copies: Copies,
    ) -> None:
        self._db = db
        self._settings = settings
        self._resolver = resolver
        self._signer = signer
        self._copies = copies
        self._local = Local(db, db.clock, settings)
        self.dialogues = Dialogues(db.clock)
        """What attempts say and hear, for those who watch."""
        guard = Guard(db, db.clock, settings, db.metrics, resolver)
        self._remote = Remote(settings, db.metrics, resolver, self.dialogues, guard)

    async def plan(self, route: Route) -> Plan | Unroutable:
        """Where a route leads."""
        return await plan(self._resolver, self._settings, route)

    def connections(self) -> Counter[str]:
        """Open connections to each destination."""
        return self._remote.connections()

    async def run(
        self,
        lease: Delivery,
        route: Route,
        progress: Progress,
        *,
        loaded: Loaded | None = None,
        messages_max: int | None = None,
        enter: Enter | None = None,
    ) -> Outcome | None:
        """
        How the attempt ended; every wait of it has a deadline of its own.

        `loaded` saves reading what is in hand, `messages_max` allows fewer messages on
        one connection than the setting does. `enter` is waited for once it is ready to
        be made, which it is not where that says False: None. The deadline for all of it
        is the last resort. Raises Unavailable, and SigningUnavailable before anybody
        was dialled.
        """
        if loaded is None or loaded.raw is None:
            loaded = await self._db.read(batch.load, lease)
        raw = loaded.raw
        if raw is None:
            words = "the bytes of the message are gone from the database"
            return Failed(trace=progress.trace(own_status("5.3.0"), words))
        try:
            async with asyncio.timeout(longest_seconds(self._settings)):
                raw = await self._copies.of(lease, raw)
                if route.way is not Way.LOCAL:
                    raw = await self._signed(lease, raw, loaded.keys)
                if enter is not None and not await enter():
                    return None
                return await self._made(lease, route, progress, raw, messages_max)
        except TimeoutError:
            aborts = self._db.metrics.delivery_watchdog_aborts
            aborts.labels(progress.stage.value).inc()
            return progress.broken("the attempt took too long and was ended")

    def close(self) -> None:
        """Closes the connections that no attempt uses now."""
        self._remote.close()

    async def _made(
        self,
        lease: Delivery,
        route: Route,
        progress: Progress,
        raw: bytes,
        messages_max: int | None,
    ) -> Outcome:
        progress.begin()
        try:
            if route.way is Way.LOCAL:
                return await self._local.deliver(lease, raw, progress)
            transaction = _transaction(lease, raw)
            seed = self._db.entropy(SEED_BYTES)
            return await self._remote.deliver(
                route, transaction, progress, seed, messages_max
            )
        finally:
            progress.leave()

    async def _signed(
        self, lease: Delivery, raw: bytes, known: tuple[StoredKey, ...]
    ) -> bytes:
        """The message as it leaves: as it is only from a sandbox without keys."""
        keys = domain_key.signing(known, self._db.clock())
        if keys:
            # The copies of a tracked message differ from one another.
            name = lease.id if lease.is_tracked else lease.message_id
            return await self._signer.sign(name, raw, keys)
        if lease.sender_domain != self._settings.sandbox_domain:
            await self._check_sandbox(lease)
        return raw

    async def _check_sandbox(self, lease: Delivery) -> None:
        """Raises SigningUnavailable unless it is from what was the sandbox's domain."""
        inbox = await self._db.read(inboxes.get, lease.account_id, lease.inbox_id)
        if inbox is None or not inbox.is_sandbox:
            raise SigningUnavailable(domain_key.none_for(lease.sender_domain))


def _transaction(lease: Delivery, raw: bytes) -> Transaction:
    return Transaction(
        reverse_path=lease.reverse_path,
        recipient=lease.recipient,
        raw=raw,
        delivery_id=lease.id,
        require_tls=lease.require_tls,
        asked=RcptRequest(notify=lease.dsn_notify, original=lease.dsn_original),
    )


def longest_seconds(settings: Settings) -> float:
    """How long an attempt may take in which every wait uses its time up."""
    # MX, addresses; the record of a policy, TLSA at two names.
    dns = (1 + 2 * EXCHANGES_MAX + 1 + 2 * TARGETS_MAX) * settings.dns_seconds
    # Greeting, EHLO, STARTTLS, handshake, EHLO; as a policy says, as the host can, and
    # without TLS.
    reaching = (
        TARGETS_MAX
        * 3
        * (
            settings.smtp_connect_seconds
            + settings.smtp_greeting_seconds
            + 4 * settings.smtp_reply_seconds
        )
    )
    # AUTH or a stale connection, RSET, MAIL, RCPT, DATA, what is heard out after them,
    # the text, the final dot.
    telling = SESSIONS_MAX * (
        8 * settings.smtp_reply_seconds
        + 10 * settings.smtp_data_block_seconds
        + settings.smtp_final_reply_seconds
    )
    return FETCH_SECONDS + dns + reaching + telling
