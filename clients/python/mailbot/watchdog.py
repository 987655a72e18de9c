"""Cancels a call on which nothing came for too long."""

import threading
import time
from typing import Protocol


class Cancellable(Protocol):
    """An open call."""

    def cancel(self) -> object: ...


class Watchdog:
    """
    A thread that watches one read at a time; it starts with the first one.

    Between reads it is calm, so that a slow consumer is not taken for a dead server.
    """

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._thread: threading.Thread | None = None
        self._call: Cancellable | None = None
        self._deadline = 0.0
        self._wakes_at: float | None = None
        self._stopped = False
        self.fired = False

    def watch(self, call: Cancellable, seconds: float) -> None:
        """Cancel `call` after so many seconds, unless `calm` comes first."""
        with self._condition:
            self._call = call
            self._deadline = time.monotonic() + seconds
            self.fired = False
            if self._thread is None:
                self._start()
            elif self._wakes_at is None or self._deadline < self._wakes_at:
                self._condition.notify()

    def calm(self) -> None:
        """Something came."""
        with self._condition:
            self._call = None

    def stop(self) -> None:
        """End the thread; it may still run for a moment."""
        with self._condition:
            self._stopped = True
            self._call = None
            self._condition.notify()

    def join(self) -> None:
        """Wait until the thread has ended; after `stop`."""
        if self._thread not in (None, threading.current_thread()):
            self._thread.join()

    def _start(self) -> None:
        self._thread = threading.Thread(
            target=self._run, name="mailbot-watchdog", daemon=True
        )
        self._thread.start()

    def _run(self) -> None:
        with self._condition:
            while not self._stopped:
                self._wakes_at = self._deadline if self._call else None
                self._condition.wait(self._seconds_left())
                if self._call is not None and time.monotonic() >= self._deadline:
                    self.fired = True
                    self._call.cancel()
                    self._call = None

    def _seconds_left(self) -> float | None:
        if self._call is None:
            return None
        return max(0.0, self._deadline - time.monotonic())
