"""What a request names is found inside the account and the key's inboxes only."""

import pytest

from mailbot_server.api import lookup
from mailbot_server.core.errors import NotFound
from mailbot_server.core.search.document import Document
from mailbot_server.store import messages
from tests.fakes.mail import RAW, message
from tests.fakes.tenants import account, add_account, add_inbox, principal


@pytest.fixture
async def inbox(db):
    """The first account's inbox, with a message."""
    await add_account(db, 1)
    await add_account(db, 2)
    made = await add_inbox(db)

    def add(tx):
        messages.add(tx, message(1, made), RAW, (), Document())

    await db.write(add)
    return made


async def test_an_inbox_is_found_by_id_and_address(db, inbox):
    for name in (inbox.id, inbox.address, inbox.address.upper()):
        assert (await db.read(lookup.inbox, principal(), name)).id == inbox.id
        assert await lookup.inbox_id(db, principal(), name) == inbox.id


async def test_no_name_is_no_inbox(db, inbox):
    assert await lookup.inbox_id(db, principal(), "") == ""


async def test_a_message_is_found_by_id(db, inbox):
    found = await db.read(lookup.message, principal(), message(1, inbox).id)
    assert found.inbox_id == inbox.id


WHO = {
    "stranger": principal(account(2)),
    "restricted": principal(inbox_ids=("inb_another",)),
    "nowhere": principal(inbox_ids=()),
}


@pytest.mark.parametrize("who", WHO)
async def test_others_find_nothing(db, inbox, who):
    for name in (inbox.id, inbox.address):
        with pytest.raises(NotFound) as caught:
            await db.read(lookup.inbox, WHO[who], name)
        assert caught.value.details == {"resource_type": "inbox", "id": name}
    with pytest.raises(NotFound) as caught:
        await db.read(lookup.message, WHO[who], message(1, inbox).id)
    assert caught.value.resource_type == "message"


async def test_a_key_restricted_to_the_inbox_finds_it(db, inbox):
    who = principal(inbox_ids=(inbox.id,))
    assert await db.read(lookup.inbox, who, inbox.id)
    assert await db.read(lookup.message, who, message(1, inbox).id)
