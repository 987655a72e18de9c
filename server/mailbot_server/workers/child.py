"""One worker process as its supervisor sees it: begun, asked, stopped, ended."""

import asyncio
import contextlib
import socket
import sys
from collections.abc import Mapping
from typing import Any, Final

from mailbot_server.workers.line import Line, Message

START_SECONDS: Final = 3600.0
"""A start may have to bring a large database forward, and must not be cut off."""

ASK_SECONDS: Final = 5.0
LEAVE_SECONDS: Final = 15.0
"""After the time for what is under way, for the database's answers and the end."""


class NotStarted(Exception):
    """The worker ended, or said why it cannot serve, before it was ready."""


class NoAnswer(Exception):
    """The worker has ended, or does not answer in time."""


class Child:
    """
    A worker process, in a session of its own: the terminal's signals are not for it.

    It stops when it is asked to, and when its supervisor is gone.
    """

    def __init__(self, number: int, node_id: str, drain_seconds: float) -> None:
        self.number = number
        self.node_id = node_id
        self.drain_seconds = drain_seconds
        """For what is under way; the worker's own setting, once it has told it."""

        self.heard = 0
        """Answers so far; a worker that gives none for long hangs."""

        self.is_ready = False
        self._is_unwanted = False
        """Whether it was stopped before there was a process to be told."""

        self._process: asyncio.subprocess.Process | None = None
        self._line: Line | None = None
        self._asking = asyncio.Lock()
        self._asked = 0

    @property
    def pid(self) -> int:
        """Its process id; 0 before it was started."""
        return self._process.pid if self._process else 0

    async def start(self, hello: Mapping[str, Any]) -> Message:
        """Starts it and says hello; what it says once it serves, or NotStarted."""
        self._line = await self._made()
        try:
            async with asyncio.timeout(START_SECONDS):
                await self._line.say(hello)
                said = await self._line.hear()
        except TimeoutError as error:
            self.kill()
            message = "the worker was not ready in time"
            raise NotStarted(message) from error
        if said is None or "ready" not in said:
            self.kill()
            message = str((said or {}).get("failed") or "the worker ended at its start")
            raise NotStarted(message)
        self.is_ready = True
        ready: Message = said["ready"]
        self.drain_seconds = float(ready.get("drain_seconds", self.drain_seconds))
        return ready

    async def _made(self) -> Line:
        """The line to a new process, unless its end was wanted while it was made."""
        ours, its = socket.socketpair()
        try:
            with its:
                self._process = await asyncio.create_subprocess_exec(
                    *(sys.executable, "-m", "mailbot_server", "worker"),
                    str(its.fileno()),
                    pass_fds=(its.fileno(),),
                    stdin=asyncio.subprocess.DEVNULL,
                    start_new_session=True,
                )
            self._check_wanted()
            return await Line.over(ours)
        except BaseException:
            ours.close()
            raise

    def _check_wanted(self) -> None:
        if self._is_unwanted:
            self.kill()
            message = "the worker was stopped before it had begun"
            raise NotStarted(message)

    async def ask(self, what: str) -> Message:
        """Its answer; raises NoAnswer."""
        if self._line is None or not self.is_ready:
            raise NoAnswer
        try:
            async with asyncio.timeout(ASK_SECONDS), self._asking:
                self._asked += 1
                number = self._asked
                await self._line.say({"ask": what, "number": number})
                while (answer := await self._line.hear()) is not None:
                    self.heard += 1
                    # An answer to what was given up is not the one.
                    if answer.get("number") == number:
                        return answer
        except TimeoutError as error:
            raise NoAnswer from error
        raise NoAnswer

    async def ended(self) -> int:
        """Waits for its end; the exit code, negative for a signal."""
        code = await self._process.wait() if self._process else 0
        self.is_ready = False
        if self._line is not None:
            await self._line.close()
        return code

    async def see_off(self) -> bool:
        """Stops it and waits for its end; False: it had to be ended at once."""
        self.stop()
        try:
            async with asyncio.timeout(self.drain_seconds + LEAVE_SECONDS):
                await self.ended()
        except TimeoutError:
            self.kill()
            return False
        return True

    def stop(self) -> None:
        """Asks it to finish what is under way and to end."""
        self.is_ready = False
        self._send(stop=True)

    def kill(self) -> None:
        """Ends it at once."""
        self.is_ready = False
        self._send(stop=False)

    def _send(self, *, stop: bool) -> None:
        self._is_unwanted = True
        if self._process is None or self._process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            if stop:
                self._process.terminate()
            else:
                self._process.kill()
