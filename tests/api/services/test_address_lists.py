"""AddressListService over the wire: what is kept, shown, asked and refused."""

import pytest

from mailbot.v1 import address_lists_pb2 as pb
from mailbot.v1 import messages_pb2

SENDER = pb.ADDRESS_LIST_DIRECTION_SENDER
RECIPIENT = pb.ADDRESS_LIST_DIRECTION_RECIPIENT
ALLOW = pb.ADDRESS_LIST_ACTION_ALLOW
BLOCK = pb.ADDRESS_LIST_ACTION_BLOCK


@pytest.fixture
def add(api, stubs, auth):
    """Adds an entry, a second after the one before."""

    def make(pattern, by=auth, **fields):
        api.clock.advance(seconds=1)
        plain = {"direction": SENDER, "action": BLOCK, "pattern": pattern}
        entry = pb.AddressEntry(**{**plain, **fields})
        request = pb.AddAddressEntryRequest(entry=entry)
        return stubs.lists.AddAddressEntry(request, metadata=by).entry

    return make


@pytest.fixture
def check(stubs, auth):
    """What the lists of an inbox make of an address."""

    def ask(inbox_id, address, direction=SENDER):
        request = pb.CheckAddressRequest(
            inbox_id=inbox_id, direction=direction, address=address
        )
        return stubs.lists.CheckAddress(request, metadata=auth)

    return ask


def test_an_entry_is_kept_folded_and_decides(add, check, new_inbox):
    inbox = new_inbox()
    kept = add("Bob@Bücher.example", inbox_id=inbox.address, note="rude")
    assert kept.id.startswith("lst_")
    assert kept.pattern == "bob@xn--bcher-kva.example"
    assert (kept.inbox_id, kept.note) == (inbox.id, "rude")
    assert kept.created_by.startswith("key_")
    found = check(inbox.id, "BOB@bücher.example")
    assert (found.action, found.entry) == (BLOCK, kept)
    assert check(inbox.id, "ann@bücher.example").action == ALLOW
    assert check(new_inbox().id, "bob@bücher.example").action == ALLOW


def test_the_same_entry_again_changes_its_note(add):
    first = add("again.example", note="one")
    second = add("AGAIN.example", note="two")
    assert (second.id, second.note) == (first.id, "two")


def test_who_is_allowed_closes_the_list(add, check, new_inbox):
    inbox = new_inbox()
    add("*.partner.example", inbox_id=inbox.id, action=ALLOW)
    assert check(inbox.id, "a@partner.example").action == ALLOW
    stranger = check(inbox.id, "a@other.example")
    assert stranger.action == BLOCK
    assert not stranger.HasField("entry")


def test_entries_are_listed_and_removed(stubs, auth, add, new_inbox):
    inbox = new_inbox()
    made = [add(f"n{number}.example", inbox_id=inbox.id) for number in range(3)]
    request = pb.ListAddressEntriesRequest(inbox_id=inbox.id, page_size=2)
    first = stubs.lists.ListAddressEntries(request, metadata=auth)
    assert list(first.entries) == made[:0:-1]
    request.page_token = first.next_page_token
    assert list(stubs.lists.ListAddressEntries(request, metadata=auth).entries) == [
        made[0]
    ]
    gone = pb.RemoveAddressEntryRequest(entry_id=made[0].id)
    stubs.lists.RemoveAddressEntry(gone, metadata=auth)
    assert not stubs.lists.ListAddressEntries(request, metadata=auth).entries


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"pattern": "not an address"}, "entry.pattern", "ADDRESS_INVALID"),
        ({"pattern": ""}, "entry.pattern", "FIELD_INVALID"),
        ({"direction": 0}, "entry.direction", "FIELD_INVALID"),
        ({"action": 0}, "entry.action", "FIELD_INVALID"),
        ({"note": "x" * 501}, "entry.note", "FIELD_INVALID"),
    ],
)
def test_a_bad_entry_names_its_field(add, refused, fields, field, reason):
    values = {"pattern": "example.com", **fields}
    refusal = refused(lambda: add(**values))
    assert refusal.reason == reason
    assert field in refusal.text


def test_a_restricted_key_has_to_name_its_inbox(add, make_key, new_inbox, refused):
    inbox = new_inbox()
    key = make_key(scopes=["lists:write"], inbox_ids=[inbox.id])
    assert add("mine.example", by=key, inbox_id=inbox.id)
    assert refused(lambda: add("all.example", by=key)).reason == "SCOPE_MISSING"


def test_no_mail_goes_to_a_blocked_recipient(
    add, send, stubs, auth, refused, new_inbox
):
    inbox = new_inbox()
    add("*.rival.example", inbox_id=inbox.id, direction=RECIPIENT)
    mailboxes = [
        messages_pb2.Mailbox(address="carol@example.com"),
        messages_pb2.Mailbox(address="ceo@mail.rival.example"),
    ]
    request = messages_pb2.SendMessageRequest(
        inbox_id=inbox.id,
        to=mailboxes,
        content=messages_pb2.OutgoingContent(text_body="Hello"),
    )
    refusal = refused(lambda: stubs.messages.SendMessage(request, metadata=auth))
    assert refusal.reason == "RECIPIENT_BLOCKED"
    assert "ceo@mail.rival.example" in refusal.text
    listed = messages_pb2.ListMessagesRequest()
    listed.filter.inbox_id = inbox.id
    assert not stubs.messages.ListMessages(listed, metadata=auth).messages
