import pytest

from mailbot.v1 import address_lists_pb2 as pb

ENTRY = pb.AddressEntry(
    id="lst_1",
    direction=pb.ADDRESS_LIST_DIRECTION_SENDER,
    action=pb.ADDRESS_LIST_ACTION_BLOCK,
    pattern="*.example.com",
    note="spam",
)


def test_block_and_allow_say_what_is_kept(server, bot):
    answer = pb.AddAddressEntryResponse(entry=ENTRY)
    server.answer("AddAddressEntry", answer, answer)
    kept = bot.lists.block("*.example.com", inbox_id="inb_1", note="spam")
    assert (kept.id, kept.direction, kept.action) == ("lst_1", "sender", "block")
    bot.lists.allow("example.org", direction="recipient")
    first, second = (each.entry for each in server.requests("AddAddressEntry"))
    assert first == pb.AddressEntry(
        inbox_id="inb_1",
        direction=pb.ADDRESS_LIST_DIRECTION_SENDER,
        action=pb.ADDRESS_LIST_ACTION_BLOCK,
        pattern="*.example.com",
        note="spam",
    )
    assert second.direction == pb.ADDRESS_LIST_DIRECTION_RECIPIENT
    assert second.action == pb.ADDRESS_LIST_ACTION_ALLOW


def test_a_word_that_is_no_direction_is_refused_here(server, bot):
    with pytest.raises(ValueError, match="sender, recipient"):
        bot.lists.block("example.com", direction="both")
    assert server.requests("AddAddressEntry") == []


def test_an_entry_is_removed_by_itself_or_its_id(server, bot):
    answer = pb.RemoveAddressEntryResponse()
    server.answer("AddAddressEntry", pb.AddAddressEntryResponse(entry=ENTRY))
    server.answer("RemoveAddressEntry", answer, answer)
    bot.lists.remove(bot.lists.block("*.example.com"))
    bot.lists.remove("lst_2")
    removed = [each.entry_id for each in server.requests("RemoveAddressEntry")]
    assert removed == ["lst_1", "lst_2"]


def test_check_tells_the_action_and_the_entry(server, bot):
    blocked = pb.CheckAddressResponse(action=pb.ADDRESS_LIST_ACTION_BLOCK, entry=ENTRY)
    free = pb.CheckAddressResponse(action=pb.ADDRESS_LIST_ACTION_ALLOW)
    server.answer("CheckAddress", blocked, free)
    found = bot.lists.check("bob@a.example.com", inbox_id="inb_1")
    assert (found.action, found.entry.pattern) == ("block", "*.example.com")
    assert bot.lists.check("bob@example.org", inbox_id="inb_1").entry is None


def test_lists_are_pages(server, bot):
    page = pb.ListAddressEntriesResponse(entries=[ENTRY], next_page_token="more")
    last = pb.ListAddressEntriesResponse(entries=[ENTRY])
    server.answer("ListAddressEntries", page, last)
    found = list(bot.lists.list(direction="sender"))
    assert len(found) == 2
    assert server.requests("ListAddressEntries")[1].page_token == "more"
