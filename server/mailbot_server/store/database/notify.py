"""
Wake-ups between processes on one PostgreSQL: LISTEN and, rarely, NOTIFY.

A NOTIFY inside a transaction serialises commits over the whole cluster, so topics are
announced after the commit, together, at most every 50 ms, on a connection of their
own. A lost one costs a waiter its polling interval, nothing more.
"""

import contextlib
import os
import queue
import threading
from collections.abc import Callable
from typing import Final

import psycopg

from mailbot_server.store.database import reach

CHANNEL: Final = "mailbot_topics"
PAYLOAD_MAX: Final = 7000
PAUSE_SECONDS: Final = 0.05
RECONNECT_SECONDS: Final = 1.0
_ALL: Final = "*"


class Wakes:
    """One thread that announces our topics, one that hears those of other processes."""

    def __init__(self, url: str, wake: Callable[[set[str]], None]) -> None:
        self._url = url
        self._wake = wake
        self._name = f"{os.getpid()}:{id(self):x}"
        self._topics: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._announce, name="db-notify", daemon=True),
            threading.Thread(target=self._listen, name="db-listen", daemon=True),
        ]

    def start(self) -> None:
        """Starts both threads."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Ends both threads."""
        self._stopping.set()
        self._topics.put(None)
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(reach.CONNECT_SECONDS)

    def announce(self, topics: set[str]) -> None:
        """Tells other processes, soon."""
        for topic in topics:
            self._topics.put(topic)

    def _announce(self) -> None:
        while not self._stopping.is_set():
            with contextlib.suppress(psycopg.Error), self._connect() as connection:
                while (first := self._topics.get()) is not None:
                    payload = self._payload(first)
                    connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, payload))
                    self._stopping.wait(PAUSE_SECONDS)
                # Our own listener need not wait for its time to run out.
                connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, self._name))
                return
            self._stopping.wait(RECONNECT_SECONDS)

    def _payload(self, first: str) -> str:
        topics = {first}
        with contextlib.suppress(queue.Empty):
            while (topic := self._topics.get_nowait()) is not None:
                topics.add(topic)
            self._topics.put(None)  # the end is for the loop to see
        text = "\n".join((self._name, *sorted(topics)))
        return text if len(text) <= PAYLOAD_MAX else f"{self._name}\n{_ALL}"

    def _listen(self) -> None:
        while not self._stopping.is_set():
            with contextlib.suppress(psycopg.Error), self._connect() as connection:
                connection.execute(f"LISTEN {CHANNEL}")
                self._wake({_ALL})
                while not self._stopping.is_set():
                    for notice in connection.notifies(timeout=0.5, stop_after=1):
                        self._hear(notice.payload)
            self._stopping.wait(RECONNECT_SECONDS)

    def _hear(self, payload: str) -> None:
        name, *topics = payload.split("\n")
        if name != self._name:
            self._wake(set(topics))

    def _connect(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(autocommit=True, **reach.parameters(self._url))
