"""Who may write to whom on the MX port, and what each of them gets."""

from mailbot_server.store import inboxes
from tests.fakes import tenants

SENDER = "ann@example.org"
CONTENT = b"From: Ann <ann@example.org>\r\nSubject: Hello\r\n\r\nHow are you?"


async def test_several_recipients_get_a_copy_each_and_do_not_learn_of_the_others(
    db, peer, inbox, stored
):
    other = await tenants.add_inbox(db, 2)
    await peer.open(SENDER, inbox.address, other.address)
    await peer.ask("DATA")
    await peer.send(CONTENT + b"\r\n.\r\n")
    answer = await peer.reply()
    messages = await stored.messages()
    assert {message.inbox_id for message in messages} == {inbox.id, other.id}
    assert all(message.id in answer for message in messages)
    for message in messages:
        raw = await stored.raw(message)
        assert other.address.encode() not in raw
        assert inbox.address.encode() not in raw


async def test_recipients_in_several_accounts_are_all_stored_before_250(
    db, peer, inbox, stored
):
    account = await tenants.add_account(db, 2)
    other = await tenants.add_inbox(db, 2, account)
    await peer.open(SENDER, inbox.address, other.address)
    await peer.ask("DATA")
    await peer.send(CONTENT + b"\r\n.\r\n")
    assert (await peer.reply()).count("msg_") == 2
    assert (await db.read(inboxes.counts, inbox.id)).inbound_messages == 1
    assert (await db.read(inboxes.counts, other.id)).inbound_messages == 1


async def test_the_same_recipient_twice_is_one_message(peer, inbox, stored):
    await peer.open(SENDER, inbox.address, inbox.address.upper())
    await peer.ask("DATA")
    await peer.send(CONTENT + b"\r\n.\r\n")
    assert (await peer.reply()).startswith("250 2.0.0")
    assert len(await stored.messages()) == 1


async def test_a_tag_leads_to_its_inbox_and_is_remembered(peer, inbox, stored):
    user, domain = inbox.address.split("@")
    tagged = f"{user}+Order-7@{domain}"
    assert (await peer.deliver(SENDER, tagged, CONTENT)).startswith("250 2.0.0")
    (message,) = await stored.messages()
    assert (message.tag, message.envelope_recipient) == ("Order-7", tagged)


async def test_a_second_mail_in_a_transaction_changes_nothing(peer, inbox, stored):
    await peer.open(SENDER, inbox.address)
    assert (await peer.ask("MAIL FROM:<b@example.org>")).startswith("503 5.5.1")
    await peer.ask("DATA")
    await peer.send(CONTENT + b"\r\n.\r\n")
    assert (await peer.reply()).startswith("250")
    assert (await stored.messages())[0].envelope_sender == SENDER
