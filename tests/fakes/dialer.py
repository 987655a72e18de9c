"""Opens one session after the other with a RemoteMta, and what is sent over them."""

from typing import Any

from mailbot_server.config import load
from mailbot_server.core.delivery import Outcome
from mailbot_server.core.mail.reply import Reply
from mailbot_server.engine.outbound.routing.protection import TlsMode, by_setting
from mailbot_server.engine.outbound.routing.route import Target
from mailbot_server.engine.outbound.smtp.ending import Ended
from mailbot_server.engine.outbound.smtp.handshake import Contexts
from mailbot_server.engine.outbound.smtp.opening import Opening
from mailbot_server.engine.outbound.smtp.progress import Progress
from mailbot_server.engine.outbound.smtp.session import Transaction
from mailbot_server.ways import SmartHost
from tests.fakes.remote_mta import RemoteMta

RAW = b"Subject: hello\r\n\r\nHow are you?\r\n"
TRANSACTION = Transaction(
    reverse_path="user@example.net", recipient="customer@example.com", raw=RAW
)
# Larger than what the system takes in for a peer that does not read.
LARGE = b"Subject: large\r\n\r\n" + b"x" * 76 + b"\r\n"
LARGE += (b"y" * 998 + b"\r\n") * 16_000
INTERNATIONAL = Transaction(
    reverse_path="user@example.net",
    recipient="jörg@example.com",
    raw="To: jörg@example.com\r\n\r\nhello\r\n".encode(),
)


class Dialer:
    """Opens one connection after the other and tells how each ended."""

    def __init__(self, clock, metrics, **settings) -> None:
        self.settings = load(hostname="mail.example.net", **settings)
        self.metrics = metrics
        self.clock = clock
        self.context = Contexts().of(by_setting("opportunistic"))
        self.relay: SmartHost | None = None
        self.progress = Progress(clock, metrics, "pinned")
        self.session: Any = None

    async def send(
        self,
        mta: RemoteMta,
        transaction: Transaction = TRANSACTION,
        mode: TlsMode = "none",
        *,
        stays_open: bool = False,
    ) -> Reply | Outcome:
        """Hands it over on a new session, which `again` may use if it stays open."""
        self.progress = Progress(self.clock, self.metrics, "pinned")
        target = Target(host="mx.example.com", address=mta.host, port=mta.port)
        wanted = by_setting(mode)
        opening = Opening(self.settings, self.metrics, self.progress, target, wanted)
        try:
            self.session = await opening.run(self.context, self.relay)
        except Ended as ended:
            return ended.outcome
        return await self._transact(transaction, stays_open=stays_open)

    async def again(self, transaction: Transaction = TRANSACTION) -> Reply | Outcome:
        """Hands it over on the session that is open, and closes that."""
        self.progress = Progress(self.clock, self.metrics, "pinned")
        return await self._transact(transaction, stays_open=False)

    async def outcome(self, mta: RemoteMta, **keywords) -> Outcome:
        """As `send`, where nothing is taken."""
        ended = await self.send(mta, **keywords)
        assert not isinstance(ended, Reply)
        return ended

    async def _transact(
        self, transaction: Transaction, *, stays_open: bool
    ) -> Reply | Outcome:
        try:
            return await self.session.transact(transaction, self.progress)
        except Ended as ended:
            return ended.outcome
        finally:
            if not stays_open:
                self.session.close()
