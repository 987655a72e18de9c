import pytest

from mailbot.v1 import inboxes_pb2


def answers(*sizes: int) -> list[inboxes_pb2.ListInboxesResponse]:
    """Responses of these sizes, whose inboxes are numbered throughout."""
    numbers = iter(range(sum(sizes)))
    return [
        inboxes_pb2.ListInboxesResponse(
            inboxes=[{"id": f"inb_{next(numbers)}"} for _ in range(size)],
            next_page_token="" if index == len(sizes) else f"t{index}",
        )
        for index, size in enumerate(sizes, start=1)
    ]


def ids(items) -> list[str]:
    return [each.id for each in items]


def test_iterating_fetches_every_page_and_empty_ones_do_not_end_it(server, bot):
    server.answer("ListInboxes", *answers(2, 0, 1))
    assert ids(bot.inboxes.list()) == ["inb_0", "inb_1", "inb_2"]
    tokens = [each.page_token for each in server.requests("ListInboxes")]
    assert tokens == ["", "t1", "t2"]


def test_a_page_is_fetched_only_when_it_is_needed(server, bot):
    server.answer("ListInboxes", *answers(2, 2))
    inboxes = iter(bot.inboxes.list())
    next(inboxes)
    next(inboxes)
    assert len(server.requests("ListInboxes")) == 1
    next(inboxes)
    assert len(server.requests("ListInboxes")) == 2


def test_a_limit_cuts_and_fetches_no_more(server, bot):
    server.answer("ListInboxes", *answers(2, 2, 2))
    assert ids(bot.inboxes.list(limit=3, page_size=2)) == ["inb_0", "inb_1", "inb_2"]
    assert len(server.requests("ListInboxes")) == 2


def test_a_limit_is_the_page_size_unless_given(server, bot):
    server.answer("ListInboxes", *answers(1))
    list(bot.inboxes.list(limit=1))
    assert server.requests("ListInboxes")[0].page_size == 1


def test_a_limit_of_nothing_asks_nothing(server, bot):
    assert list(bot.inboxes.list(limit=0)) == []
    assert server.requests("ListInboxes") == []


def test_a_limit_below_nothing_is_refused(bot):
    with pytest.raises(ValueError, match="below 0"):
        bot.inboxes.list(limit=-1)


def test_pages_keep_their_token_and_their_protobuf(server, bot):
    sent = answers(2, 1)
    server.answer("ListInboxes", *sent)
    first, second = bot.inboxes.list().pages()
    assert (first.next_page_token, second.next_page_token) == ("t1", "")
    assert first.raw == sent[0]


def test_a_list_can_start_at_a_page(server, bot):
    server.answer("ListInboxes", *answers(1))
    list(bot.inboxes.list(page_token="t5"))
    assert server.requests("ListInboxes")[0].page_token == "t5"


def test_a_list_can_be_iterated_again(server, bot):
    server.answer("ListInboxes", *answers(1), *answers(1))
    inboxes = bot.inboxes.list()
    assert ids(inboxes) == ids(inboxes) == ["inb_0"]
