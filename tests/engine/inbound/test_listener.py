"""The port: who is let in, and how it closes."""

import asyncio

import pytest

from mailbot_server.engine.inbound.listener import Listener
from tests.fakes.smtp_peer import Peer

CONTENT = b"Subject: Hello\r\n\r\nHow are you?"


def sample(metrics, name: str, **labels: str) -> float:
    return metrics.registry.get_sample_value(f"mailbot_{name}", labels) or 0


async def test_a_port_that_is_taken_is_an_os_error(serve, listener):
    with pytest.raises(OSError, match="address already in use"):
        await serve(mx_port=listener.port)


async def test_there_is_no_port_before_the_start(listener):
    fresh = Listener(listener._site, listener._ports, listener._begin)
    with pytest.raises(AssertionError):
        _ = fresh.port
    await fresh.stop()


async def test_B20_one_address_may_open_so_many_connections(serve, connect, metrics):
    listener = await serve(smtp_connections_per_ip_max=2)
    first, second = await connect(listener), await connect(listener)
    third = await connect(listener, greeted=False)
    assert (await third.reply()).startswith("421 4.7.0")
    assert await third.is_closed()
    assert (await first.ask("NOOP")).startswith("250")
    assert (await second.ask("QUIT")).startswith("221")
    assert await second.is_closed()
    fourth = await connect(listener)
    assert (await fourth.ask("NOOP")).startswith("250")
    for result, count in (("accepted", 3), ("limit_ip", 1)):
        labels = {"listener": "mx", "result": result}
        assert sample(metrics, "smtp_server_connections_total", **labels) == count


async def test_B20_all_together_may_open_so_many_connections(serve, connect):
    listener = await serve(smtp_connections_max=1)
    await connect(listener)
    second = await connect(listener, greeted=False)
    assert (await second.reply()).startswith("421 4.7.0")


async def test_A7_who_is_idle_or_comes_while_draining_is_asked_to_come_again(
    listener, connect
):
    idle = await connect(listener)
    draining = asyncio.create_task(listener.drain(10))
    assert (await idle.reply()).startswith("421 4.3.2")
    late = await connect(listener, greeted=False)
    assert (await late.reply()).startswith("421 4.3.2")
    await idle.close()
    await draining


async def test_A7_a_message_that_is_coming_in_may_finish(
    listener, connect, inbox, stored
):
    peer = await connect(listener)
    await peer.open("ann@example.org", inbox.address)
    await peer.ask("DATA")
    draining = asyncio.create_task(listener.drain(10))
    await peer.send(CONTENT)
    await asyncio.sleep(0)
    await peer.send(b"\r\n.\r\n")
    assert (await peer.reply()).startswith("250 2.0.0")
    assert (await peer.reply()).startswith("421 4.3.2")
    await peer.close()
    await draining
    assert await stored.contents() == [CONTENT + b"\r\n"]


async def test_A7_draining_ends_with_its_time(listener, connect, inbox, stored):
    peer = await connect(listener)
    await peer.open("ann@example.org", inbox.address)
    await peer.ask("DATA")
    await listener.drain(0.05)
    await listener.stop()
    await peer.send(b"\r\n.\r\n")
    assert await peer.is_closed()
    assert await stored.messages() == []


async def test_a_stopped_listener_takes_nobody(listener):
    port = listener.port
    await listener.stop()
    with pytest.raises(ConnectionRefusedError):
        await Peer.connect(port)


async def test_many_clients_at_once_are_all_served(listener, inbox, stored):
    async def deliver(number: int) -> str:
        peer = await Peer.connect(listener.port)
        try:
            content = b"Message-ID: <%d@example.org>\r\n" % number + CONTENT
            return await peer.deliver("ann@example.org", inbox.address, content)
        finally:
            await peer.close()

    answers = await asyncio.gather(*(deliver(number) for number in range(40)))
    assert {answer[:9] for answer in answers} == {"250 2.0.0"}
    assert len(await stored.messages()) == 40
