"""What tests of the way out share: an inbox, its log, and messages in the queue."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest

from mailbot_server.core.account import Principal
from mailbot_server.core.delivery import Delivery
from mailbot_server.core.event import Event, EventFilter
from mailbot_server.core.inbox import Inbox
from mailbot_server.core.mail.draft import Draft
from mailbot_server.engine.outbound.routing import policy_file
from mailbot_server.engine.outbound.submission.submit import (
    Reply,
    Submission,
    Submitted,
    reply,
    submit,
)
from mailbot_server.engine.signing.signer import Signer
from mailbot_server.store import deliveries, events
from mailbot_server.store.database import Database
from tests.fakes.certificate import Authority
from tests.fakes.domain_keys import vault
from tests.fakes.drafts import DRAFT
from tests.fakes.policy_server import PolicyServer
from tests.fakes.reverse_paths import PATHS
from tests.fakes.tenants import account, add_account, add_inbox, principal

Log = Callable[[], Awaitable[list[Event]]]


@pytest.fixture
async def inbox(db: Database) -> Inbox:
    """The first inbox of the first account."""
    await add_account(db)
    return await add_inbox(db, display_name="Support")


@pytest.fixture
def log(db: Database) -> Log:
    """All events of the first account, in order."""

    async def read() -> list[Event]:
        page = await db.read(events.after, account().id, 0, EventFilter(), 500)
        return page.events

    return read


@pytest.fixture
def kinds(log: Log) -> Callable[[], Awaitable[list[str]]]:
    """The types of all message events, without "message."."""

    async def read() -> list[str]:
        names = [event.type.value for event in await log()]
        return [n.removeprefix("message.") for n in names if n.startswith("message.")]

    return read


@pytest.fixture
def signer(clock, metrics):
    """Opens what tests sealed, and ends its threads."""
    made = Signer(vault(), clock, metrics)
    yield made
    made.close()


@pytest.fixture
def send(db, metrics, inbox):
    """Submits DRAFT with changes, from the inbox."""

    async def submit_it(
        draft: Draft = DRAFT, who: Principal | None = None, **changes
    ) -> Submitted:
        wanted = {"inbox_id": inbox.id, "draft": draft} | changes
        return await submit(
            db, PATHS, metrics, who or principal(), Submission(**wanted)
        )

    return submit_it


@pytest.fixture
def answer(db, metrics):
    """Replies to a message."""

    async def reply_to(message_id: str, draft: Draft, **choices) -> Submitted:
        submission = Submission(
            inbox_id="", draft=draft, thread_of=message_id, method="ReplyMessage"
        )
        wanted = Reply(submission=submission, **choices)
        return await reply(db, PATHS, metrics, principal(), wanted)

    return reply_to


@pytest.fixture
def leased(db, send):
    """The one delivery of a new message, leased by this node."""

    async def lease(node_id: str = "nod_me", **changes) -> Delivery:
        await send(**changes)
        [delivery] = await db.write(deliveries.lease_due, node_id, 10, 900)
        return delivery

    return lease


@pytest.fixture
def stored(db):
    """A delivery as it is in the database now."""

    async def read(delivery: Delivery) -> Delivery:
        found = await db.read(deliveries.get, delivery.account_id, delivery.id)
        assert found is not None
        return found

    return read


@pytest.fixture(scope="session")
def authority(tmp_path_factory) -> Authority:
    """Whom the settings of these tests trust."""
    return Authority(tmp_path_factory.mktemp("authority"), datetime.now(tz=UTC))


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
