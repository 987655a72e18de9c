"""
Answers one SMTP client: each command becomes a Reply (RFC 5321, 2034, 2920, 3207).

What both kinds of port have in common; who may write to whom, and what becomes of a
message, is their own. A fault of ours is 4xx and says nothing of what happened; 250 is
said once the message is durable.
"""

from typing import Any, ClassVar, Final

from mailbot_server.core.errors import Unavailable
from mailbot_server.core.mail import reply
from mailbot_server.core.mail.reply import Reply
from mailbot_server.engine.inbound.connection import Connection, HangUp
from mailbot_server.engine.inbound.fault import report
from mailbot_server.engine.inbound.receiver import Content, Fault, Receiver
from mailbot_server.engine.inbound.room.budget import NoRoom
from mailbot_server.engine.inbound.room.holding import Holding
from mailbot_server.engine.inbound.tally import OTHER
from mailbot_server.engine.inbound.transaction import Transaction
from mailbot_server.engine.inbound.wire import InputEnded, LineTooLong
from mailbot_server.telemetry import log

ERRORS_MAX: Final = 10
"""Bad commands of one session."""

IDLE_COMMANDS_MAX: Final = 100
"""Commands that bring no message any nearer; Postfix's smtpd_junk_command_limit."""

END_OF_DATA: Final = "EOD"
"""How metrics name the answer to a message's content."""

_HELO_MAX: Final = 255

VERBS: Final = frozenset(
    {"DATA", "EHLO", "HELO", "HELP", "MAIL", "NOOP", "QUIT", "RCPT", "RSET"}
    | {"STARTTLS", "VRFY"}
)

# What SMTP knows and a port does not offer: AUTH is for submission.
_NOT_OFFERED: Final = frozenset(
    {"ATRN", "AUTH", "BDAT", "ETRN", "EXPN", "SAML", "SEND", "SOML", "TURN", "XCLIENT"}
)
# Browsers that were lured here.
_WEB: Final = frozenset({"CONNECT", "GET", "HEAD", "OPTIONS", "POST", "PUT"})
_PROXY: Final = "PROXY"
_CHUNK: Final = "BDAT"
_ERRORS: Final = frozenset({500, 501, 502, 503, 504, 555})

_FAULTS: Final = {
    Fault.TOO_BIG: reply.MESSAGE_TOO_BIG,
    Fault.BARE_NEWLINE: reply.BARE_NEWLINE,
    Fault.NO_ROOM: reply.OUT_OF_STORAGE,
}
_logger: Final = log.get("smtp")


class Session(Connection):
    """The verbs of one client that every port answers alike."""

    verbs: ClassVar[frozenset[str]] = VERBS
    takes_bare: ClassVar[bool] = False
    """Whether a CR or LF that is no line end may stand in a message."""

    _transaction: Transaction[Any]
    _helo = ""
    _is_extended = False
    _verb = ""
    _errors = 0
    _idle_commands = 0

    @property
    def bytes_max(self) -> int:
        """How large a message may be."""
        return self._site.settings.smtp_message_bytes_max

    async def serve(self) -> None:
        """Greets, then answers command by command; several may have come together."""
        if not self.is_tls and self.has_spoken:
            # Programs that wait for no answer are not after ours (RFC 5321 4.3.1).
            raise HangUp(reply.EARLY_PIPELINING, "early_talk")
        self.say(Reply(code=220, text=f"{self.hostname} ESMTP"))
        while True:
            if self._site.is_draining:
                raise HangUp(reply.SHUTTING_DOWN)
            try:
                line = self._wire.take_line()
                if line is None:
                    line = await self._line()
            except LineTooLong:
                self._verb = OTHER
                self._answer(reply.LINE_TOO_LONG)
                continue
            await self._obey(line)

    async def _line(self) -> bytes:
        """The next line, all of which comes in the time for a command."""
        ends_at = self.loop.time() + self._seconds
        while (line := self._wire.take_line()) is None:
            await self.more(ends_at - self.loop.time())
        return line

    async def _obey(self, line: bytes) -> None:
        """Answers one command; whatever happens, the next one finds a sound state."""
        try:
            await self._dispatch(line)
        except (HangUp, InputEnded):
            raise
        except Unavailable:
            is_full = self._site.budget.is_full(0)
            self._answer(reply.OUT_OF_STORAGE if is_full else reply.LOCAL_FAULT)
        except Exception as error:
            self._tally.fault()
            report(_logger, "command_failed", error, verb=self._verb)
            if self._is_receiving:
                # What is left of the content must not be taken for commands.
                raise HangUp(reply.LOCAL_FAULT) from error
            self._answer(reply.LOCAL_FAULT)

    async def _dispatch(self, line: bytes) -> None:
        self._verb = OTHER
        if not line.endswith(b"\r") or b"\r" in line[:-1]:
            self._tally.violation("bare_newline")
            self._answer(reply.SYNTAX_ERROR)
            return
        try:
            word, _, argument = line[:-1].decode().partition(" ")
        except UnicodeDecodeError:
            self._answer(reply.SYNTAX_ERROR)
            return
        word = word.upper()
        if word in self.verbs:
            self._verb = word
            await getattr(self, f"smtp_{word}")(argument.strip(" "))
        elif word in _WEB:
            raise HangUp(reply.UNKNOWN_COMMAND, "http")
        elif word == _PROXY:
            raise HangUp(reply.UNKNOWN_COMMAND, "proxy")
        elif word in _NOT_OFFERED:
            self._verb = word
            if word == _CHUNK and self._wire:
                # What follows is content; none of it is ever read as commands.
                raise HangUp(reply.EARLY_PIPELINING, "early_data")
            self._answer(reply.NOT_IMPLEMENTED)
        else:
            self._answer(reply.UNKNOWN_COMMAND)

    def _answer(self, answer: Reply) -> None:
        """Says it, counts it; raises HangUp for the one error too many."""
        self._tally.answered(self._verb, answer.code)
        if answer.code in _ERRORS:
            self._errors += 1
            if self._errors >= ERRORS_MAX:
                raise HangUp(reply.TOO_MANY_ERRORS, "errors")
        elif answer is reply.NEEDS_SMTPUTF8 or (
            self._verb == "MAIL" and answer.is_permanent
        ):
            self._idle()
        self.say(answer)

    def _idle(self) -> None:
        """Notes a command that brings no message; raises HangUp for one too many."""
        self._idle_commands += 1
        if self._idle_commands > IDLE_COMMANDS_MAX:
            raise HangUp(reply.TOO_MANY_ERRORS, "idle_commands")

    def _set_rset_state(self) -> None:
        """Forgets the transaction; aiosmtpd calls it when a session or TLS begins."""
        self._transaction = Transaction()

    # --- greeting ---------------------------------------------------------------------

    async def smtp_HELO(self, arg: str) -> None:
        """Greets a client of the last century."""
        if self._greet(arg, is_extended=False):
            self._answer(Reply(code=250, text=self.hostname))

    async def smtp_EHLO(self, arg: str) -> None:
        """Greets and tells what is offered."""
        if not self._greet(arg, is_extended=True):
            return
        offers = [self.hostname, *self._offers()]
        self._out += [f"250-{offer}\r\n".encode() for offer in offers]
        self._answer(Reply(code=250, text="HELP"))

    def _offers(self) -> list[str]:
        """The keywords of EHLO."""
        return [
            "PIPELINING",
            f"SIZE {self.bytes_max}",
            "8BITMIME",
            "SMTPUTF8",
            *(["STARTTLS"] if self._site.tls and not self.is_tls else []),
            "ENHANCEDSTATUSCODES",
        ]

    def _greet(self, name: str, *, is_extended: bool) -> bool:
        self._idle()
        if not name:
            self._answer(reply.SYNTAX_ERROR)
            return False
        self._set_rset_state()
        self._helo = name[:_HELO_MAX]
        self._is_extended = is_extended
        return True

    async def smtp_STARTTLS(self, arg: str) -> None:
        """Goes on under TLS, with nothing of what was said before (RFC 3207 4.2)."""
        if arg:
            self._answer(reply.SYNTAX_ERROR)
        elif not self._site.tls:
            self._answer(reply.NOT_IMPLEMENTED)
        elif self.is_tls:
            self._answer(reply.BAD_SEQUENCE)
        elif self._wire:
            raise HangUp(reply.EARLY_PIPELINING, "starttls_injection")
        else:
            self._tally.answered(self._verb, 220)
            self._helo = ""
            await self.start_tls()

    # --- transaction ------------------------------------------------------------------

    async def smtp_DATA(self, arg: str) -> None:
        """Takes the message in and answers once it is durable."""
        refusal = self._data_refusal(arg)
        if refusal:
            if self._wire:
                # It may be content; none of it is ever read as commands.
                raise HangUp(reply.EARLY_PIPELINING, "early_data")
            self._answer(refusal)
            return
        self._answer(reply.START_DATA)
        current, self._transaction = self._transaction, Transaction()
        holding = Holding(self._site.budget)
        try:
            content = await self._receive(holding)
            self._verb = END_OF_DATA
            if isinstance(content, Content):
                answer = await self._take(current, content)
            else:
                answer = self._let_go(current, content)
        finally:
            holding.close()
        if answer.is_success:
            self._idle_commands = 0
        elif content is Fault.BARE_NEWLINE:
            self._tally.answered(self._verb, answer.code)
            raise HangUp(answer, content)
        self._answer(answer)

    async def _take(self, ended: Transaction[Any], content: Content) -> Reply:
        """What becomes of a message that has come in whole."""
        raise NotImplementedError

    def _let_go(self, ended: Transaction[Any], fault: Fault) -> Reply:
        """The answer to a message that came to its end and is not kept."""
        self._note(ended, fault)
        return _FAULTS[fault]

    def _note(self, ended: Transaction[Any], fault: Fault) -> None:
        """Counts a message that is not kept."""
        raise NotImplementedError

    def _data_refusal(self, arg: str) -> Reply | None:
        if self._transaction.opening is None:
            return reply.BAD_SEQUENCE
        if arg:
            return reply.SYNTAX_ERROR
        return None if self._transaction.recipients else reply.NO_VALID_RECIPIENTS

    async def _receive(self, holding: Holding) -> Content | Fault:
        """Reads up to the end of data; HangUp when it takes too long."""
        settings = self._site.settings
        block = settings.smtp_data_block_seconds
        receiver = Receiver(holding, self.bytes_max, takes_bare=self.takes_bare)
        began = self.loop.time()
        self._is_receiving = True
        while (rest := receiver.feed(self._wire.take_all())) is None:
            # What has come buys time for more, so that a trickle comes to its end.
            bought = block + receiver.octets / settings.smtp_data_bytes_per_second_min
            left = began + min(bought, settings.smtp_data_seconds) - self.loop.time()
            await self.more(min(block, left))
        self._wire.give_back(rest)
        self._is_receiving = False
        self._tally.reading.observe(self.loop.time() - began)
        if receiver.fault:
            return receiver.fault
        try:
            raw = await holding.load()
        except NoRoom:
            return Fault.NO_ROOM
        return Content(raw=raw, sha256=receiver.sha256)

    # --- the rest ---------------------------------------------------------------------

    async def smtp_RSET(self, arg: str) -> None:
        """Forgets the transaction."""
        self._idle()
        if arg:
            self._answer(reply.SYNTAX_ERROR)
            return
        self._set_rset_state()
        self._answer(reply.OK)

    async def smtp_NOOP(self, arg: str) -> None:
        """Nothing."""
        self._idle()
        self._answer(reply.OK)

    async def smtp_VRFY(self, arg: str) -> None:
        """Tells nothing about anybody (RFC 5321 3.5.3)."""
        self._idle()
        self._answer(reply.CANNOT_VERIFY if arg else reply.SYNTAX_ERROR)

    async def smtp_HELP(self, arg: str) -> None:
        """Names the standard."""
        self._idle()
        self._answer(Reply(code=214, enhanced="2.0.0", text="See RFC 5321"))

    async def smtp_QUIT(self, arg: str) -> None:
        """Ends the session."""
        if arg:
            self._answer(reply.SYNTAX_ERROR)
            return
        self._tally.answered(self._verb, reply.GOODBYE.code)
        raise HangUp(reply.GOODBYE)
