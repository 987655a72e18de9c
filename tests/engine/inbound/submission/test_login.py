"""Who may hand mail in, and whether they still may."""

import pytest

from mailbot_server.core import account
from mailbot_server.core.errors import NotFound, Unauthenticated, WrongState
from mailbot_server.core.mail.sasl import Login
from mailbot_server.engine.inbound.submission import login as module
from mailbot_server.engine.inbound.submission.login import Denied, Sender
from mailbot_server.store import accounts, keys
from tests.engine.inbound.submission.conftest import presented
from tests.fakes import tenants


@pytest.fixture
async def sender(db, inbox, key, clock) -> Sender:
    found = await module.log_in(db, login_of(inbox.address), clock())
    assert isinstance(found, Sender)
    return found


def login_of(user: str, password: str = "") -> Login:
    return Login(username=user, password=password or presented())


async def test_an_inbox_and_its_accounts_key_are_a_sender(sender, inbox, key):
    assert sender.inbox == inbox
    assert sender.principal.key_id == key.id
    assert sender.principal.account_id == inbox.account_id


@pytest.mark.parametrize("password", ["", "mb_", "no key", "mb_0000000009_" + "7" * 52])
async def test_what_is_unknown_is_hashed_all_the_same(
    db, inbox, key, clock, monkeypatch, password
):
    hashed = []
    real = account.hash_secret

    def counting(secret: str) -> bytes:
        hashed.append(secret)
        return real(secret)

    monkeypatch.setattr(account, "hash_secret", counting)
    found = await module.log_in(
        db, Login(username=inbox.address, password=password), clock()
    )
    assert isinstance(found, Denied)
    assert found.is_guess
    assert len(hashed) == 1


async def test_a_key_is_noted_as_used_once_a_minute(db, inbox, key, clock):
    moments = []
    for _ in range(3):
        await module.log_in(db, login_of(inbox.address), clock())
        stored = await db.read(keys.get, inbox.account_id, key.id)
        moments.append(stored.last_used_at)
        clock.advance(seconds=40)
    assert moments[0] == moments[1]
    assert moments[2] > moments[1]


async def test_a_sender_may_still_send(db, sender, inbox):
    assert await db.read(module.check, sender) == inbox


async def test_a_revoked_key_is_noticed(db, sender, inbox, key):
    await db.write(keys.revoke, inbox.account_id, key.id)
    with pytest.raises(Unauthenticated, match="revoked"):
        await db.read(module.check, sender)


async def test_a_key_or_an_inbox_that_is_gone_is_noticed(db, sender):
    stranger = tenants.principal(key_id="key_gone")
    with pytest.raises(Unauthenticated, match="gone"):
        await db.read(module.check, Sender(principal=stranger, inbox=sender.inbox))
    elsewhere = Sender(principal=sender.principal, inbox=tenants.inbox(9))
    with pytest.raises(NotFound):
        await db.read(module.check, elsewhere)


async def test_a_suspended_account_is_told(db, sender, inbox):
    await db.write(accounts.set_suspended, inbox.account_id, is_suspended=True)
    with pytest.raises(WrongState) as caught:
        await db.read(module.check, sender)
    assert caught.value.reason == "ACCOUNT_SUSPENDED"
