"""What tests of TLS policies share: an authority, a web server, a domain's records."""

from datetime import UTC, datetime

import pytest

from mailbot_server.engine.outbound.routing import policy_file
from tests.fakes.certificate import Authority
from tests.fakes.policy_server import PolicyServer
from tests.fakes.resolver import FakeResolver


@pytest.fixture(scope="session")
def authority(tmp_path_factory) -> Authority:
    """Whom the settings of these tests trust."""
    return Authority(tmp_path_factory.mktemp("authority"), datetime.now(tz=UTC))


@pytest.fixture
def resolver() -> FakeResolver:
    """DNS in which example.com has a policy, on loopback."""
    made = FakeResolver()
    made.texts_of["_mta-sts.example.com"] = [b"v=STSv1; id=1;"]
    made.addresses_of["mta-sts.example.com"] = ["127.0.0.1"]
    return made


@pytest.fixture
async def web(authority, monkeypatch):
    """The web server of example.com's policy."""
    async with PolicyServer(authority.pem("mta-sts.example.com")) as server:
        monkeypatch.setattr(policy_file, "HTTPS_PORT", server.port)
        yield server


@pytest.fixture
def trusting(authority) -> dict:
    """Settings with which the web server may be asked and is believed."""
    return {
        "hostname": "mail.example.net",
        "tls_ca_file": authority.ca_file,
        "allow_private_destinations": True,
    }
