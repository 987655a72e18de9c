"""A server that is killed again and again while consumers work: nothing is missed."""

import threading
from collections import Counter
from datetime import timedelta

import pytest

from mailbot import Backoff, Inbox, MailBot
from mailbot.consuming import Consumer
from tests.flow.conftest import MakeServer
from tests.servers.process import ServerProcess

EVENTS = 60
KILLS = 2
WAIT = 60
BACKOFF = Backoff(first_seconds=0.01, ceiling_seconds=0.2)


class Worker(threading.Thread):
    """Consumes until it is told to stop; remembers what it saw, in order."""

    def __init__(self, consumer: Consumer, saw: threading.Condition) -> None:
        super().__init__()
        self.positions: list[int] = []
        self.consumer = consumer
        self._saw = saw

    def run(self) -> None:
        with self.consumer:
            for delivery in self.consumer:
                with self._saw:
                    self.positions.append(delivery.event.position)
                    self._saw.notify_all()


@pytest.mark.slow
@pytest.mark.timeout(240)
@pytest.mark.parametrize("mode", ["exclusive", "shared"])
def test_consumers_survive_a_server_that_is_killed(
    make_server: MakeServer, mode: str
) -> None:
    server = make_server(server_key="k" * 32)
    server.start()
    saw = threading.Condition()
    with MailBot(server.api_key, server.target, backoff=BACKOFF) as bot:
        inbox = bot.inboxes.create()
        made = bot.subscriptions.create(
            inbox_ids=inbox, delivery_mode=mode, ack_deadline=timedelta(seconds=2)
        )
        names = ["one"] if mode == "exclusive" else ["one", "two"]
        workers = [
            Worker(bot.subscriptions.consume(made, name, max_outstanding_events=7), saw)
            for name in names
        ]
        for worker in workers:
            worker.start()
        try:
            for _ in range(KILLS):
                _change(server, inbox, EVENTS // KILLS)
                server.kill()
                server.start()
            wanted = _changes(server, inbox)
            with saw:
                assert saw.wait_for(lambda: _seen(workers) >= wanted, WAIT)
        finally:
            for worker in workers:
                worker.consumer.cancel()
            for worker in workers:
                worker.join(WAIT)
    assert len(wanted) == EVENTS
    if mode == "exclusive":
        firsts = list(Counter(workers[0].positions))
        assert firsts == sorted(firsts), "in order, but for what came again"


def _change(server: ServerProcess, inbox: Inbox, count: int) -> None:
    with MailBot(server.api_key, server.target, backoff=BACKOFF) as bot:
        with bot.events.subscribe() as connected:
            connected.ready(WAIT)
        for number in range(count):
            name = f"{inbox.id[-8:]} {number}"
            bot.inboxes.update(inbox.id, display_name=name)


def _changes(server: ServerProcess, inbox: Inbox) -> set[int]:
    with MailBot(server.api_key, server.target, backoff=BACKOFF) as bot:
        with bot.events.subscribe() as connected:
            connected.ready(WAIT)
        told = bot.events.list(inbox_ids=inbox, types="inbox.updated")
        return {each.position for each in told}


def _seen(workers: list[Worker]) -> set[int]:
    return {position for worker in workers for position in worker.positions}
