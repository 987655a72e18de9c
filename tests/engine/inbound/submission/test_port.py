"""Which ports there are, and what they share."""

import asyncio
from contextlib import suppress

import pytest

from mailbot_server.engine.inbound.listener import Listener
from tests.fakes.certificate import der_of, self_signed
from tests.fakes.smtp_peer import unchecked


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


async def test_a_renewed_certificate_is_shown_to_whoever_asks_for_tls_from_then_on(
    serve, connect, tmp_path
):
    path = self_signed(tmp_path, "mail.example.com")
    old = der_of(path)
    listener: Listener = await serve(smtp_tls_cert=path, smtp_tls_key=path)
    before, plain = await connect(listener), await connect(listener)
    await before.secure()
    path.write_bytes(self_signed(tmp_path, "other.example.com").read_bytes())
    certificate = listener._site.certificate
    assert certificate is not None
    await certificate.renew()
    await plain.secure()
    assert plain.certificate == der_of(path) != old
    assert before.certificate == old
    assert (await before.ask("NOOP")).startswith("250")
    async with asyncio.timeout(20):
        _, writer = await asyncio.open_connection(
            "127.0.0.1", listener.ports[1], ssl=unchecked()
        )
    found = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
    assert found == der_of(path)
