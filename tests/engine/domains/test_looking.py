"""A look finds what is there, proves keys, and is written down in one operation."""

from dataclasses import replace
from typing import Any

from mailbot_server.core.domain.key import KeyState
from mailbot_server.core.domain.record import RecordState
from mailbot_server.engine.domains import looking
from mailbot_server.store.domains import keys as domain_keys
from mailbot_server.store.domains import rows
from tests.fakes import zone
from tests.fakes.domain_keys import ED25519, MASTER, RSA, stored_key, vault
from tests.fakes.domains import domain
from tests.fakes.tenants import account, add_account

PENDING: dict[str, Any] = {"state": KeyState.PENDING, "activated_at": None}


def dkim_states(look) -> list[RecordState]:
    return [f.state for key, f in look.findings.items() if key.startswith("dkim:")]


async def test_a_waiting_key_is_published_once_a_message_verifies_with_it(
    looker, server
):
    key = stored_key(RSA, **PENDING)
    look = await looker.look(domain(), (key,))
    assert (look.published, dkim_states(look)) == (frozenset(), [RecordState.MISSING])
    [record] = [each for each in look.records if each.name == key.host]
    zone.publish(server, record)
    look = await looker.look(domain(), (key,))
    assert look.published == {key.id}
    other = replace(record, value=stored_key(RSA, 2).record)
    zone.publish(server, other)
    look = await looker.look(domain(), (key,))
    assert (look.published, dkim_states(look)) == (frozenset(), [RecordState.WRONG])


async def test_a_key_that_cannot_be_opened_is_wrong_and_never_published(looker, server):
    key = stored_key(ED25519, sealed_private=b"lost", **PENDING)
    look = await looker.look(domain(), (key,))
    [record] = [each for each in look.records if each.name == key.host]
    zone.publish(server, record)
    look = await looker.look(domain(), (key,))
    assert look.published == frozenset()
    finding = look.findings[record.key]
    assert finding.state is RecordState.WRONG
    assert "cannot be used" in finding.problem


async def test_what_an_earlier_server_key_sealed_is_sealed_anew(db, looker):
    await add_account(db)
    both = replace(looker, vault=vault(b"a new key of the server", MASTER))
    keys = (stored_key(RSA), stored_key(ED25519, 2, sealed_private=b""))
    await db.write(rows.add, domain())
    for key in keys:
        await db.write(domain_keys.add, key)
    resealed = both.resealed(keys)
    assert list(resealed) == [keys[0].id]
    look = await both.look(domain(), keys)
    _, after = await db.write(looking.note, domain(), look, resealed)
    assert both.resealed(after) == {}
    assert after[0].sealed_private != keys[0].sealed_private
    opened = both.vault.open(after[0].sealed_private, keys[0].id, keys[0].domain)
    assert opened == vault().open(keys[0].sealed_private, keys[0].id, keys[0].domain)


async def test_a_domain_that_is_gone_meanwhile_is_left_alone(db, looker):
    await add_account(db)
    look = await looker.look(domain(), ())
    assert await db.write(looking.note, domain(), look, {}) is None


async def test_what_is_unfinished_is_named_in_the_event(db, looker, server, told):
    await add_account(db)
    await db.write(rows.add, domain())
    look = await looker.look(domain(), ())
    zone.publish(server, look.records[0])
    look = await looker.look(domain(), ())
    noted, _ = await db.write(looking.note, domain(), look, {})
    assert noted == await db.read(rows.get, account().id, "example.com")
    [(kind, words)] = await told()
    assert (kind, words) == (
        "domain.verified",
        "ownership was seen: inboxes can be created",
    )
