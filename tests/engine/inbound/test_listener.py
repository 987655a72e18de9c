"""The port: who is let in, and how it closes."""

import asyncio
from itertools import count

import pytest
from structlog.testing import capture_logs

from mailbot_server.engine.inbound import listener as module
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
    for result, often in (("accepted", 3), ("limit_ip", 1)):
        labels = {"listener": "mx", "result": result}
        assert sample(metrics, "smtp_server_connections_total", **labels) == often


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


HEADER = b"PROXY TCP4 198.51.100.7 192.0.2.25 40000 25\r\n"
LOOPBACK = {"smtp_proxy_networks": ["127.0.0.0/8"]}


@pytest.mark.parametrize("cut", [0, 3, 20, len(HEADER)])
async def test_B21_who_a_trusted_proxy_speaks_for_is_the_client(
    serve, connect, inbox, stored, cut
):
    listener = await serve(**LOOPBACK, smtp_connections_per_ip_max=1)
    peer = await connect(listener, greeted=False)
    await peer.send(HEADER[:cut])
    await asyncio.sleep(0)
    await peer.send(HEADER[cut:])
    assert (await peer.reply()).startswith("220 ")
    assert (await peer.deliver("ann@example.org", inbox.address, CONTENT))[:3] == "250"
    [message] = await stored.messages()
    raw = await stored.raw(message)
    assert b"Received: from client.example.org ([198.51.100.7])" in raw
    assert b"127.0.0.1" not in raw
    second = await connect(listener, greeted=False)
    await second.send(HEADER)
    assert (await second.reply()).startswith("421 4.7.0")
    third = await connect(listener, greeted=False)
    await third.send(HEADER.replace(b".100.7", b".100.8"))
    assert (await third.reply()).startswith("220 ")


async def test_B21_a_proxy_may_speak_for_itself(serve, connect, inbox, stored):
    peer = await connect(await serve(**LOOPBACK), greeted=False)
    await peer.send(b"PROXY UNKNOWN\r\n")
    assert (await peer.reply()).startswith("220 ")
    await peer.deliver("ann@example.org", inbox.address, CONTENT)
    [message] = await stored.messages()
    assert b"([127.0.0.1])" in await stored.raw(message)


async def test_B21_a_client_behind_a_proxy_waits_for_the_greeting_too(serve, connect):
    peer = await connect(await serve(**LOOPBACK), greeted=False)
    await peer.send(HEADER + b"EHLO a\r\n")
    assert (await peer.reply()).startswith("554 5.5.0")
    assert await peer.is_closed()


@pytest.mark.parametrize(
    "octets", [b"EHLO a\r\n", b"PROXY TCP4 nonsense\r\n", b"\x16\x03\x01"]
)
async def test_B21_a_proxy_that_names_nobody_is_cut_off(
    serve, connect, metrics, octets
):
    listener = await serve(**LOOPBACK)
    peer = await connect(listener, greeted=False)
    await peer.send(octets)
    assert await peer.is_closed()
    labels = {"listener": "mx", "result": "proxy_error"}
    assert sample(metrics, "smtp_server_connections_total", **labels) == 1
    assert not listener._site.open


async def test_B21_a_proxy_that_says_nothing_is_cut_off(serve, connect, monkeypatch):
    monkeypatch.setattr(module, "PROXY_SECONDS", 0.01)
    peer = await connect(await serve(**LOOPBACK), greeted=False)
    assert await peer.is_closed()


async def test_B21_a_proxy_that_goes_is_forgotten(serve, connect, metrics):
    listener = await serve(**LOOPBACK)
    peer = await connect(listener, greeted=False)
    await peer.send(HEADER[:5])
    await peer.close()
    good = await connect(listener, greeted=False)
    await good.send(HEADER)
    assert (await good.reply()).startswith("220 ")
    labels = {"listener": "mx", "result": "proxy_error"}
    assert sample(metrics, "smtp_server_connections_total", **labels) == 0


async def test_B21_from_others_a_header_is_not_believed(serve, connect):
    peer = await connect(await serve(smtp_proxy_networks=["192.0.2.0/24"]))
    await peer.send(HEADER)
    assert (await peer.reply()).startswith("500 5.5.1")
    assert await peer.is_closed()


@pytest.mark.slow
async def test_B20_of_five_thousand_connections_those_within_the_limits_are_served(
    serve, metrics, inbox, stored
):
    listener = await serve(smtp_connections_per_ip_max=50)
    numbers = count()
    peers = []

    async def come() -> str:
        number = next(numbers)
        source = f"127.0.0.{1 + number % 8}"
        streams = await asyncio.open_connection(
            "127.0.0.1", listener.port, local_addr=(source, 0)
        )
        peer = Peer(*streams)
        answer = await peer.reply()
        if answer.startswith("220 "):
            peers.append(peer)
        else:
            assert await peer.is_closed()
            await peer.close()
        return answer[:9]

    answers = []
    try:
        for _ in range(50):
            answers += await asyncio.gather(*(come() for _ in range(100)))
        assert len(peers) == 400
        assert answers.count("421 4.7.0") == 4600
        answer = await peers[0].deliver("ann@example.org", inbox.address, CONTENT)
        assert answer.startswith("250 2.0.0")
    finally:
        for peer in peers:
            await peer.close()
    labels = {"listener": "mx", "result": "limit_ip"}
    assert sample(metrics, "smtp_server_connections_total", **labels) == 4600


async def test_a_flood_does_not_fill_the_log(serve, connect):
    listener = await serve(smtp_connections_max=1)
    await connect(listener)
    with capture_logs() as lines:
        for _ in range(20):
            peer = await connect(listener, greeted=False)
            assert (await peer.reply()).startswith("421 4.7.0")
    assert len([each for each in lines if each["event"] == "connection_refused"]) < 20
