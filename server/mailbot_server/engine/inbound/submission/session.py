"""
Answers one mail program that hands mail in (RFC 6409, 4954, 8314, 3461).

Nobody says who they are in the clear, and nobody says anything about mail before they
have said who they are.
"""

from dataclasses import dataclass, replace
from typing import ClassVar, Final

from mailbot_server.core.errors import MailbotError, Unauthenticated, Unavailable
from mailbot_server.core.limits import MESSAGE_BYTES_MAX, RECIPIENTS_MAX
from mailbot_server.core.mail import reply, sasl, trace
from mailbot_server.core.mail.address import fold
from mailbot_server.core.mail.reply import Reply
from mailbot_server.core.mail.sasl import Login
from mailbot_server.core.message import Stream, Via
from mailbot_server.engine.inbound import transaction
from mailbot_server.engine.inbound.connection import HangUp, Site
from mailbot_server.engine.inbound.receiver import Content, Fault
from mailbot_server.engine.inbound.session import VERBS, Session
from mailbot_server.engine.inbound.submission import login as logins
from mailbot_server.engine.inbound.submission import refusal, request
from mailbot_server.engine.inbound.submission.guard import Guard
from mailbot_server.engine.inbound.submission.login import Denied, Sender
from mailbot_server.engine.inbound.transaction import Addressed, Opening, Transaction
from mailbot_server.engine.inbound.wire import LineTooLong
from mailbot_server.engine.outbound.routing.stays import Stays
from mailbot_server.engine.outbound.submission.submit import submit
from mailbot_server.engine.reverse_paths import ReversePaths
from mailbot_server.store.database import origin
from mailbot_server.telemetry import log
from mailbot_server.telemetry.metrics import Metrics

FAILURES_MAX: Final = 3
"""Failed logins of one connection."""

SURFACE: Final = "smtp"
"""How metrics call this door."""

_LOGIN_MAX: Final = 254
_logger: Final = log.get("submission")

_WELCOME: Final = Reply(code=235, enhanced="2.7.0", text="Authentication succeeded")
_NOT_NOW: Final = Reply(
    code=454, enhanced="4.7.0", text="Temporary authentication failure"
)
_TOO_LONG: Final = Reply(
    code=500, enhanced="5.5.6", text="Authentication exchange line is too long"
)
_UNREADABLE: Final = Reply(
    code=501, enhanced="5.5.2", text="Authentication response cannot be decoded"
)
_CANCELLED: Final = Reply(
    code=501, enhanced="5.7.0", text="Authentication was cancelled"
)
_UNKNOWN_MECHANISM: Final = Reply(
    code=504, enhanced="5.5.4", text="Unknown mechanism; PLAIN and LOGIN are offered"
)
_NEEDS_TLS: Final = Reply(
    code=538, enhanced="5.7.11", text="Encryption required: say STARTTLS first"
)
_LOCKED: Final = Reply(
    code=421, enhanced="4.7.0", text="Too many failed logins, try again later"
)
_NULL_PATH: Final = Reply(
    code=550, enhanced="5.7.1", text="The null reverse-path cannot be handed in"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the sessions of the submission ports share, beside their site."""

    paths: ReversePaths
    metrics: Metrics
    guard: Guard
    stays: Stays
    public_url: str = ""


class SubmissionSession(Session):
    """The verbs of one client on the submission ports."""

    verbs: ClassVar[frozenset[str]] = VERBS | {"AUTH"}
    takes_bare: ClassVar[bool] = True
    """Those whom we know may have odd line ends; they are put right, and only CRLF
    before and after the dot ends a message here too."""

    _transaction: Transaction[Addressed]
    _sender: Sender | None = None
    _failures = 0

    def __init__(self, site: Site, desk: Desk) -> None:
        super().__init__(site)
        self._desk = desk

    @property
    def bytes_max(self) -> int:
        """What may be received, and not more than may be sent."""
        return min(super().bytes_max, MESSAGE_BYTES_MAX)

    def _offers(self) -> list[str]:
        offers = [*super()._offers(), "DSN"]
        if self.is_tls:
            offers.append(f"AUTH {' '.join(sasl.MECHANISMS)}")
        return offers

    # --- who it is --------------------------------------------------------------------

    async def smtp_AUTH(self, arg: str) -> None:
        """Finds out who the client is (RFC 4954 4)."""
        self._idle()
        word, _, initial = arg.partition(" ")
        is_late = self._sender is not None or self._transaction.opening is not None
        if not self._is_extended or is_late:
            self._answer(reply.BAD_SEQUENCE)
        elif not self.is_tls:
            self._answer(_NEEDS_TLS)
        elif word.upper() not in sasl.MECHANISMS:
            self._answer(_UNKNOWN_MECHANISM)
        else:
            is_plain = word.upper() == "PLAIN"
            said = await (self._hear_plain if is_plain else self._hear_login)(initial)
            self._verb = "AUTH"
            if isinstance(said, Reply):
                self._answer(said)
            else:
                await self._log_in(said)

    async def _hear_plain(self, initial: str) -> Login | Reply:
        response = initial or await self._ask("")
        if isinstance(response, Reply):
            return response
        return sasl.read_plain(response) or _UNREADABLE

    async def _hear_login(self, initial: str) -> Login | Reply:
        words = []
        given = initial
        for prompt in (sasl.USERNAME, sasl.PASSWORD):
            response = given or await self._ask(prompt)
            given = ""
            if isinstance(response, Reply):
                return response
            text = sasl.read_text(response)
            if not text or "\0" in text:
                return _UNREADABLE
            words.append(text)
        return Login(username=words[0], password=words[1])

    async def _ask(self, prompt: str) -> str | Reply:
        """The client's answer to a challenge, or why there is none to go on with."""
        self._out.append(f"334 {prompt}\r\n".encode())
        try:
            line = await self._line()
        except LineTooLong:
            return _TOO_LONG
        if not line.endswith(b"\r") or not line.isascii():
            return _UNREADABLE
        response = line[:-1].decode()
        return _CANCELLED if response == sasl.CANCEL else response or sasl.EMPTY

    async def _log_in(self, said: Login) -> None:
        name = fold(said.username)[:_LOGIN_MAX]
        guard, attempts = self._desk.guard, self._desk.metrics.auth_attempts
        if guard.is_locked(self.peer_ip, name):
            attempts.labels(SURFACE, "throttled").inc()
            raise HangUp(_LOCKED)
        try:
            found = await logins.log_in(self._site.db, said, self._site.clock())
        except Unavailable:
            attempts.labels(SURFACE, "error").inc()
            self._answer(_NOT_NOW)
            return
        if isinstance(found, Denied):
            await self._deny(found, name)
            return
        attempts.labels(SURFACE, "ok").inc()
        self._sender = found
        origin.work_for(found.principal.key_id, "smtp")
        self._idle_commands = 0
        self._answer(_WELCOME)

    async def _deny(self, denied: Denied, name: str) -> None:
        self._desk.metrics.auth_attempts.labels(SURFACE, denied.result).inc()
        _logger.warning(
            "login_failed", peer=self.peer_ip, login=log.mask(name), why=denied.result
        )
        self._failures += 1
        if denied.is_guess:
            await self.pause(self._desk.guard.failed(self.peer_ip, name))
        self._answer(denied.reply)
        if self._failures >= FAILURES_MAX:
            raise HangUp(_LOCKED)

    # --- transaction ------------------------------------------------------------------

    async def smtp_MAIL(self, arg: str) -> None:
        """Begins a message of the inbox that has logged in."""
        sender = self._sender
        if sender is None:
            self._answer(reply.AUTH_REQUIRED)
            return
        if not self._helo or self._transaction.opening:
            self._answer(reply.BAD_SEQUENCE)
            return
        opening = transaction.read_mail(
            arg, extended=self._is_extended, bytes_max=self.bytes_max, dsn=True
        )
        if opening is reply.MESSAGE_TOO_BIG:
            self._count_too_big()
        if isinstance(opening, Opening):
            opening = await self._opened(sender, opening)
        if isinstance(opening, Reply):
            self._answer(opening)
            return
        self._transaction = Transaction(opening=opening)
        self._answer(reply.SENDER_OK)

    async def _opened(self, sender: Sender, opening: Opening) -> Opening | Reply:
        if self._site.budget.is_full(opening.size):
            self._count("deferred", Fault.NO_ROOM)
            return reply.OUT_OF_STORAGE
        if opening.reverse_path is None:
            return _NULL_PATH
        own = sender.inbox.address
        if fold(opening.reverse_path) != fold(own):
            words = f"Send from {own}, for which you have logged in"
            return Reply(code=550, enhanced="5.7.1", text=words)
        try:
            await self._recheck(sender)
        except Unavailable:
            raise
        except MailbotError as error:
            return refusal.answer(error)
        return opening

    async def _recheck(self, sender: Sender) -> None:
        """Raises HangUp for a key that has ended, MailbotError for who may not send."""
        try:
            await self._site.db.read(logins.check, sender)
        except Unauthenticated as error:
            last = Reply(code=421, enhanced="4.7.0", text=error.message)
            raise HangUp(last) from None

    async def smtp_RCPT(self, arg: str) -> None:
        """Adds a recipient, wherever it is."""
        opening = self._transaction.opening
        if opening is None:
            self._answer(reply.BAD_SEQUENCE)
            return
        found = transaction.read_addressed(
            arg, extended=self._is_extended, smtputf8=opening.smtputf8
        )
        if isinstance(found, Reply):
            self._answer(found)
            return
        recipients = self._transaction.recipients
        folded = fold(found.address)
        if folded in recipients:
            self._idle()
        elif len(recipients) >= RECIPIENTS_MAX:
            self._answer(reply.TOO_MANY_RECIPIENTS)
            return
        recipients[folded] = found
        self._answer(reply.RECIPIENT_OK)

    async def _take(self, ended: Transaction[Addressed], content: Content) -> Reply:
        sender = self._sender
        if sender is None or ended.opening is None:
            raise AssertionError("DATA needs a transaction, and that a login")
        protocol = trace.protocol(
            extended=self._is_extended,
            tls=self.is_tls,
            smtputf8=ended.opening.smtputf8,
            authenticated=True,
        )
        desk = self._desk
        try:
            wanted = await request.of(
                sender, ended, content, by=self.hostname, protocol=protocol
            )
            wanted = replace(wanted, public_url=desk.public_url)
            await self._recheck(sender)
            done = await submit(
                *(self._site.db, desk.paths, desk.metrics, sender.principal, wanted),
                stays=desk.stays,
            )
        except Unavailable:
            raise
        except MailbotError as error:
            return refusal.answer(error)
        text = f"Ok: queued as {done.message.id}"
        return Reply(code=250, enhanced="2.0.0", text=text)

    def _note(self, ended: Transaction[Addressed], fault: Fault) -> None:
        del ended
        if fault is Fault.NO_ROOM:
            self._count("deferred", fault)
        else:
            self._count_too_big()

    def _count_too_big(self) -> None:
        self._count("rejected", "size")

    def _count(self, result: str, reason: str) -> None:
        labels = (Via.SMTP.value, Stream.TRANSACTIONAL.value, result, reason)
        self._desk.metrics.submissions.labels(*labels).inc()
