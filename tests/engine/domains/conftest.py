"""A name server, domains that are looked up there, and the account that owns them."""

import pytest

from mailbot_server.config import Settings, load
from mailbot_server.core.event import EventFilter
from mailbot_server.engine.dns import Resolver
from mailbot_server.engine.domains.domains import Domains
from mailbot_server.engine.domains.looking import Looker
from mailbot_server.engine.signing.signer import Signer
from mailbot_server.store import events
from tests.fakes.domain_keys import vault
from tests.fakes.nameserver import NameServer, records
from tests.fakes.tenants import account, add_account, principal

HOST = "mx.mailbot.example"


@pytest.fixture
async def server():
    """The only name server there is; it knows where we are."""
    async with NameServer() as running:
        running.answers[HOST, "A"] = records(f"{HOST}. 300 IN A 192.0.2.7")
        yield running


@pytest.fixture
def its_settings(server) -> Settings:
    return load(hostname=HOST, dns_servers=(server.address,), dns_seconds=2)


@pytest.fixture
def signer(clock, metrics):
    made = Signer(vault(), clock, metrics)
    yield made
    made.close()


@pytest.fixture
def looker(clock, metrics, signer, its_settings) -> Looker:
    return Looker(
        settings=its_settings,
        metrics=metrics,
        lookups=Resolver(clock, its_settings, metrics, remembering=False),
        signer=signer,
        vault=vault(),
    )


@pytest.fixture
async def domains(db, looker, entropy) -> Domains:
    for number in (1, 2):
        await add_account(db, number)
    return Domains(db, looker, entropy)


@pytest.fixture
def create(domains):
    """A new domain of the first account, or of the one of this number."""

    async def make(name="example.com", of=1, request_id="", digest=b"", **changes):
        who = principal(account(of), **changes)
        return await domains.create(who, name, request_id, digest)

    return make


@pytest.fixture
def told(db):
    """(type, words) of every event of an account, in order."""

    async def read(of=1):
        page = await db.read(events.after, account(of).id, 0, EventFilter(), 500)
        return [
            (e.type.value, getattr(e.detail, "description", "")) for e in page.events
        ]

    return read
