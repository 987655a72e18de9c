"""
The MX port: whoever comes may write to our inboxes, and to nobody else.

Refusals come at RCPT or at the end of data, never as mail.
"""

from functools import partial
from math import ldexp
from time import monotonic
from typing import Final

from mailbot_server.config import Settings
from mailbot_server.core.mail import reply, trace
from mailbot_server.core.mail.address import fold
from mailbot_server.core.mail.envelope import Envelope
from mailbot_server.core.mail.reply import Reply
from mailbot_server.engine.inbound import intake, transaction
from mailbot_server.engine.inbound.connection import HangUp, Site
from mailbot_server.engine.inbound.gate import Gate
from mailbot_server.engine.inbound.inspection import Inspection
from mailbot_server.engine.inbound.listener import Listener, Port
from mailbot_server.engine.inbound.receiver import Content, Fault
from mailbot_server.engine.inbound.recipient import FORGED, Directory, Refusal
from mailbot_server.engine.inbound.room.budget import Budget
from mailbot_server.engine.inbound.session import Session
from mailbot_server.engine.inbound.tally import Tally
from mailbot_server.engine.inbound.transaction import Opening, Transaction
from mailbot_server.engine.received import Recipient
from mailbot_server.engine.reverse_paths import ReversePaths
from mailbot_server.engine.tls.certificate import Certificate
from mailbot_server.store.database import Database
from mailbot_server.telemetry import log

NAME: Final = "mx"
"""How metrics call this listener."""

STRANGERS_FREE: Final = 3
STRANGERS_MAX: Final = 10
"""Recipients of one connection whom nobody knows: so many are answered at once, and
so many end it. Who has a list to send comes back for the rest of it."""

EXCESS_MAX: Final = 10_000
"""Recipients of one connection beyond what a message may have: each costs little, and
its sender comes back for them (RFC 5321 4.5.3.1.10)."""

PAUSE_SECONDS: Final = 1.0
PAUSE_SECONDS_MAX: Final = 8.0

_UNWELCOME: Final = Refusal(reply=reply.SENDER_REFUSED, reason="policy")
_logger: Final = log.get("smtp")


def listener(
    db: Database,
    settings: Settings,
    certificate: Certificate | None,
    inspection: Inspection,
    paths: ReversePaths,
    budget: Budget,
) -> Listener:
    """The MX port, not opened yet."""
    site = Site(
        db=db,
        clock=db.clock,
        settings=settings,
        tally=Tally(db.metrics, NAME),
        gate=Gate(settings, monotonic),
        budget=budget,
        hostname=settings.hostname or settings.sandbox_domain,
        certificate=certificate,
        paths=paths,
    )
    directory = Directory(db, settings.sandbox_domain, monotonic, paths)
    ports = [Port(host=settings.mx_host, number=settings.mx_port)]
    return Listener(site, ports, partial(MxSession, site, directory, inspection))


class MxSession(Session):
    """The verbs of one client on the MX port."""

    _transaction: Transaction[Recipient]
    _strangers = 0
    _excess = 0

    def __init__(
        self, site: Site, directory: Directory, inspection: Inspection
    ) -> None:
        super().__init__(site)
        self._directory = directory
        self._inspection = inspection

    async def smtp_MAIL(self, arg: str) -> None:
        """Begins a message."""
        if not self._helo or self._transaction.opening:
            self._answer(reply.BAD_SEQUENCE)
            return
        opening = transaction.read_mail(
            arg, extended=self._is_extended, bytes_max=self.bytes_max
        )
        if isinstance(opening, Opening):
            self._answer(self._begun(opening))
        else:
            if opening is reply.MESSAGE_TOO_BIG:
                self._tally.message("refused", Fault.TOO_BIG)
            self._answer(opening)

    def _begun(self, opening: Opening) -> Reply:
        if self._site.budget.is_full(opening.size):
            self._tally.message("deferred", Fault.NO_ROOM)
            return reply.OUT_OF_STORAGE
        self._transaction = Transaction(opening=opening)
        return reply.SENDER_OK

    async def smtp_RCPT(self, arg: str) -> None:
        """Adds a recipient, if it is one of ours that receives."""
        opening = self._transaction.opening
        if opening is None:
            self._answer(reply.BAD_SEQUENCE)
            return
        address = transaction.read_rcpt(arg, smtputf8=opening.smtputf8)
        if isinstance(address, Reply):
            self._answer(address)
            return
        recipients = self._transaction.recipients
        is_full = len(recipients) >= self._recipients_max(opening)
        if is_full and fold(address) not in recipients:
            self._refuse_excess()
            return
        found = await self._directory.find(address)
        if isinstance(found, Recipient) and found.delivery_id and opening.reverse_path:
            # Only what answers nobody comes back there (RFC 5321 4.5.5).
            found = FORGED
        elif isinstance(found, Recipient) and await self._is_unwelcome(found, opening):
            self._refuse(address, _UNWELCOME)
            return
        if isinstance(found, Refusal):
            await self._slow_down(found)
            self._refuse(address, found)
        else:
            self._add(found)

    async def _is_unwelcome(self, found: Recipient, opening: Opening) -> bool:
        """Whether the inbox's lists keep the reverse-path out; `<>` is nobody's."""
        if not opening.reverse_path:
            return False
        screen = self._inspection.screen
        return await screen.keeps_out(found.inbox, opening.reverse_path)

    async def _slow_down(self, refusal: Refusal) -> None:
        """Lets those wait who try addresses; raises HangUp for one too many."""
        if not refusal.reply.is_permanent:
            return
        self._strangers += 1
        if self._strangers >= STRANGERS_MAX:
            self._tally.message("refused", refusal.reason)
            raise HangUp(reply.TOO_MANY_ERRORS, "strangers")
        tries = self._strangers - STRANGERS_FREE
        if tries > 0:
            await self.pause(min(ldexp(PAUSE_SECONDS, tries - 1), PAUSE_SECONDS_MAX))

    def _add(self, found: Recipient) -> None:
        recipients = self._transaction.recipients
        folded = fold(found.address)
        if folded in recipients:
            self._idle()
        recipients[folded] = found
        self._answer(reply.RECIPIENT_OK)

    def _refuse_excess(self) -> None:
        self._excess += 1
        if self._excess > EXCESS_MAX:
            raise HangUp(reply.TOO_MANY_ERRORS, "recipients")
        self._tally.message("refused", "too_many_recipients")
        self._answer(reply.TOO_MANY_RECIPIENTS)

    def _recipients_max(self, opening: Opening) -> int:
        # A bounce goes to the one who sent what bounced (RFC 5321 4.5.5).
        is_bounce = opening.reverse_path is None
        return 1 if is_bounce else self._site.settings.smtp_recipients_max

    def _refuse(self, address: str, refusal: Refusal) -> None:
        self._idle()
        self._tally.message("refused", refusal.reason)
        _logger.info(
            "recipient_refused",
            peer=self.peer_ip,
            recipient=log.mask(address),
            reason=refusal.reason,
        )
        self._answer(refusal.reply)

    async def _take(self, ended: Transaction[Recipient], content: Content) -> Reply:
        recipients = list(ended.recipients.values())
        envelope = self._envelope(ended)
        return await intake.take_in(
            self._site, self._inspection, envelope, recipients, content
        )

    def _note(self, ended: Transaction[Recipient], fault: Fault) -> None:
        result = "deferred" if fault is Fault.NO_ROOM else "refused"
        intake.reject(self._site, self._envelope(ended), fault, result)

    def _envelope(self, ended: Transaction[Recipient]) -> Envelope:
        opening = ended.opening
        smtputf8 = opening is not None and opening.smtputf8
        return Envelope(
            reverse_path=opening.reverse_path if opening else None,
            forward_paths=tuple(each.address for each in ended.recipients.values()),
            helo=self._helo,
            peer_ip=self.peer_ip,
            tls=self.is_tls,
            smtputf8=smtputf8,
            protocol=trace.protocol(
                extended=self._is_extended, tls=self.is_tls, smtputf8=smtputf8
            ),
        )
