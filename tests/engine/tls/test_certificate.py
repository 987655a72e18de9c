"""A certificate that was renewed in its files is taken; one that is none is not."""

import ssl
from pathlib import Path

import pytest
from cryptography import x509
from structlog.testing import capture_logs

from mailbot_server.config import BadSettings
from mailbot_server.engine.tls.certificate import Certificate
from mailbot_server.telemetry.metrics import Metrics
from tests.fakes.certificate import Authority, self_signed
from tests.fakes.clock import FakeClock

ENDS_AT = "mailbot_tls_certificate_not_after_timestamp_seconds"
ERRORS = "mailbot_tls_certificate_errors_total"
SMTP = {"surface": "smtp"}


@pytest.fixture
def new(tmp_path: Path) -> bytes:
    """What comes after the certificate of `shown`."""
    return self_signed(tmp_path, "new.example.com", expired=True).read_bytes()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return self_signed(tmp_path, "old.example.com")


@pytest.fixture
def shown(path: Path, metrics: Metrics) -> Certificate:
    certificate = Certificate("smtp", metrics, path, None)
    certificate.load()
    return certificate


def value(metrics: Metrics, name: str) -> float | None:
    return metrics.registry.get_sample_value(name, SMTP)


def ends_at(pem: bytes) -> float:
    [found] = x509.load_pem_x509_certificates(pem)
    return found.not_valid_after_utc.timestamp()


async def test_what_was_renewed_is_taken_and_told(path, new, shown, metrics):
    before = shown.pair
    assert value(metrics, ENDS_AT) == ends_at(before.chain)
    path.write_bytes(new)
    await shown.renew()
    assert shown.pair.chain == new
    assert shown.pair.context is not before.context
    assert value(metrics, ENDS_AT) == ends_at(new)
    assert value(metrics, ERRORS) == 0


async def test_what_stands_as_it_was_stays_the_same_object(shown, path):
    before = shown.pair
    path.write_bytes(before.chain)
    await shown.renew()
    assert shown.pair is before


async def test_a_link_to_another_file_is_a_renewal(tmp_path, new, metrics):
    """As certbot keeps them."""
    old = self_signed(tmp_path, "old.example.com")
    newer = tmp_path / "newer.pem"
    newer.write_bytes(new)
    live = tmp_path / "live.pem"
    live.symlink_to(old)
    certificate = Certificate("smtp", metrics, live, live)
    certificate.load()
    live.unlink()
    live.symlink_to(newer)
    await certificate.renew()
    assert certificate.pair.chain == new


async def test_what_is_half_written_keeps_the_old_one_and_is_said_once(
    path, new, shown, metrics
):
    before = shown.pair
    path.write_bytes(new[: len(new) // 2])
    with capture_logs() as lines:
        await shown.renew()
        await shown.renew()
    assert shown.pair is before
    assert value(metrics, ENDS_AT) == ends_at(before.chain)
    assert value(metrics, ERRORS) == 2
    assert [line["event"] for line in lines] == ["certificate_not_renewed"]
    path.write_bytes(new)
    await shown.renew()
    assert shown.pair.chain == new


async def test_a_key_of_another_certificate_waits_for_its_own(tmp_path, metrics):
    """Two files are not written at the same moment."""
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    authority = Authority(tmp_path, FakeClock()())
    old = authority.pem("old.example.com").read_bytes()
    new = authority.pem("new.example.com").read_bytes()
    cert.write_bytes(old)
    key.write_bytes(old)
    certificate = Certificate("smtp", metrics, cert, key)
    certificate.load()
    cert.write_bytes(new)
    await certificate.renew()
    assert certificate.pair.chain == old
    assert value(metrics, ERRORS) == 1
    key.write_bytes(new)
    await certificate.renew()
    assert (certificate.pair.chain, certificate.pair.key) == (new, new)


async def test_files_that_are_gone_keep_the_old_one(path, shown, metrics):
    before = shown.pair
    path.unlink()
    await shown.renew()
    assert shown.pair is before
    assert value(metrics, ERRORS) == 1


async def test_what_is_written_while_it_is_read_waits_for_the_next_time(
    path, new, shown, metrics, monkeypatch
):
    before = shown.pair
    path.write_bytes(new)
    load = ssl.SSLContext.load_cert_chain

    def overtaken(context, cert, key, password):
        load(context, cert, key, password)
        path.write_bytes(new + b"\n")

    with monkeypatch.context() as patch:
        patch.setattr(ssl.SSLContext, "load_cert_chain", overtaken)
        await shown.renew()
    assert shown.pair is before
    await shown.renew()
    assert shown.pair.chain == new + b"\n"


async def test_one_that_nobody_shows_is_not_read(tmp_path, metrics):
    certificate = Certificate("grpc", metrics, tmp_path / "none.pem", None)
    await certificate.renew()
    with pytest.raises(AssertionError, match="not loaded"):
        _ = certificate.pair


@pytest.mark.parametrize("text", ["", "-----BEGIN CERTIFICATE-----\nAAAA\n"])
def test_a_start_with_no_certificate_is_a_sentence(tmp_path, metrics, text):
    pem = tmp_path / "bad.pem"
    pem.write_text(text)
    with pytest.raises(
        BadSettings, match=r"smtp_tls_cert, smtp_tls_key: .*bad\.pem cannot"
    ):
        Certificate("smtp", metrics, pem, None).load()
