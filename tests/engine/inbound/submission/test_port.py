"""Which ports there are, and what they share."""

import pytest

from mailbot_server.engine.inbound.listener import Listener
from tests.fakes.certificate import self_signed


async def test_there_is_one_port_unless_another_is_asked_for(serve):
    assert len((await serve(submissions_port=None)).ports) == 1
    assert len((await serve()).ports) == 2


async def test_a_port_that_is_taken_is_an_os_error(serve, listener):
    with pytest.raises(OSError, match="address already in use"):
        await serve(submissions_port=listener.ports[0])


async def test_connections_of_all_ports_count_together(serve, connect):
    listener: Listener = await serve(smtp_connections_max=1)
    await connect(listener)
    second = await connect(listener, greeted=False)
    assert (await second.reply()).startswith("421 4.7.0")


async def test_the_settings_certificate_is_taken(serve, tmp_path, pem):
    pem.unlink()
    cert = self_signed(tmp_path, "mail.example.com")
    listener = await serve(smtp_tls_cert=cert, smtp_tls_key=cert)
    assert len(listener.ports) == 2
