"""SearchMessages over the wire: who finds what, where it stands, page by page."""

from collections.abc import Callable
from typing import Any

import pytest

from mailbot.v1 import inboxes_pb2, messages_pb2

RELEVANCE = messages_pb2.SearchMessagesRequest.ORDER_RELEVANCE
Search = Callable[..., messages_pb2.SearchMessagesResponse]


def mail(subject: str, text: str, sender: str = "Ann Lee <ann@example.org>") -> bytes:
    head = f"From: {sender}\r\nTo: you@example.com\r\nSubject: {subject}\r\n"
    kind = "Content-Type: text/plain; charset=utf-8\r\n\r\n"
    return f"{head}{kind}{text}\r\n".encode()


@pytest.fixture
def search(stubs: Any, auth: Any) -> Search:
    def run(query: str, by: Any = auth, **fields: Any) -> Any:
        request = messages_pb2.SearchMessagesRequest(query=query, **fields)
        return stubs.messages.SearchMessages(request, metadata=by)

    return run


def ids(response: messages_pb2.SearchMessagesResponse) -> list[str]:
    return [hit.message.id for hit in response.hits]


def marked(highlight: messages_pb2.Highlight) -> list[str]:
    return [highlight.text[each.start : each.end] for each in highlight.ranges]


def test_hits_say_where_the_words_stand(search, new_inbox, receive):
    inbox = new_inbox()
    text = "x " * 200 + "die Größe von 東京都 und mehr " + "y " * 200
    message_id = receive(inbox.address, mail("Re: Grosse Rechnung", text))
    receive(inbox.address, mail("Hello", "nothing of it"))
    response = search("GROSSE rech* 京都 from:ann", inbox_id=inbox.id)
    assert ids(response) == [message_id]
    hit = response.hits[0]
    assert hit.score == 0
    assert hit.message.subject == "Re: Grosse Rechnung"
    assert hit.message.text_body == ""
    shown = {each.field: marked(each) for each in hit.highlights}
    assert shown == {
        "subject": ["Grosse", "Rechnung"],
        "from": ["Ann", "ann"],
        "body": ["Größe", "京都"],
    }
    assert all(len(each.text) <= 200 for each in hit.highlights)


def test_what_was_sent_is_found_too(search, new_inbox, send):
    inbox = new_inbox()
    sent = send(inbox.id, subject="Angebot 4711", text_body="Guten Tag")
    for query in ("4711", "to:carol", "is:outbound", "guten is:outbound"):
        assert ids(search(query, inbox_id=inbox.id)) == [sent.id]
    for query in ("is:inbound", "4711 is:inbound", "from:carol"):
        assert ids(search(query, inbox_id=inbox.id)) == []


@pytest.mark.parametrize("order", [0, RELEVANCE])
def test_pages_hold_each_hit_once_whatever_comes_in_between(
    search, new_inbox, receive, order
):
    inbox = new_inbox()
    sent = [
        receive(inbox.address, mail(f"Report {n}", "total " * (n % 3 + 1)))
        for n in range(7)
    ]
    found: list[str] = []
    token = ""
    while True:
        page = search(
            "total", inbox_id=inbox.id, order=order, page_size=3, page_token=token
        )
        found += ids(page)
        token = page.next_page_token
        if not token:
            break
        receive(inbox.address, mail("Late", "total total total total"))
    assert sorted(found) == sorted(sent)
    if not order:
        assert found == sent[::-1]


def test_the_most_relevant_come_first(search, new_inbox, receive):
    inbox = new_inbox()
    in_subject = receive(inbox.address, mail("Invoice of May", "see there"))
    often = receive(inbox.address, mail("Hello", "invoice and invoice and invoice"))
    once = receive(inbox.address, mail("Hello", "an invoice"))
    response = search("invoice", inbox_id=inbox.id, order=RELEVANCE)
    assert ids(response) == [in_subject, often, once]
    scores = [hit.score for hit in response.hits]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0
    assert ids(search("invoice", inbox_id=inbox.id)) == [once, often, in_subject]


def test_without_an_inbox_all_that_may_be_searched_are(
    search, new_inbox, receive, make_key, stranger
):
    closed = new_inbox(permissions=[inboxes_pb2.INBOX_PERMISSION_RECEIVE])
    inbox, other = new_inbox(), new_inbox()
    foreign = new_inbox(by=stranger)
    word = "zweihundertzwei"
    for each in (closed, foreign):
        receive(each.address, mail("Hello", word))
    first, second = (
        receive(each.address, mail("Hello", word)) for each in (inbox, other)
    )
    assert ids(search(word)) == [second, first]
    assert ids(search(f"-{word}x subject:hello {word}")) == [second, first]
    assert ids(search(f"({word} OR larger:1G)")) == [second, first]
    assert ids(search(word, inbox_id=other.id)) == [second]
    assert ids(search(word, inbox_id=inbox.address)) == [first]
    narrow = make_key(scopes=["messages:read"], inbox_ids=[inbox.id])
    assert ids(search(word, by=narrow)) == [first]
    assert len(search(word, by=stranger).hits) == 1


def test_no_inbox_is_searched_against_its_will_or_by_strangers(
    search, new_inbox, refused, stranger, make_key
):
    closed = new_inbox(permissions=[inboxes_pb2.INBOX_PERMISSION_RECEIVE])
    refusal = refused(lambda: search("word", inbox_id=closed.id))
    assert refusal.reason == "INBOX_PERMISSION_MISSING"
    assert refusal.metadata == {"inbox_id": closed.id, "permission": "search"}
    inbox = new_inbox()
    for by in (stranger, make_key(scopes=["messages:read"], inbox_ids=[closed.id])):
        refusal = refused(lambda by=by: search("word", by=by, inbox_id=inbox.id))
        assert refusal.reason == "NOT_FOUND"
    sender = make_key(scopes=["messages:send"])
    assert refused(lambda: search("word", by=sender)).reason == "SCOPE_MISSING"


@pytest.mark.parametrize(
    ("query", "position"),
    [
        ("one OR", "6"),
        ("one (two", "5"),
        ('a "two', "3"),
        ("is:lost", "1"),
        ("!", "1"),
        ("x" * 1001, "1001"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(
    search, new_inbox, refused, query, position
):
    inbox = new_inbox()
    refusal = refused(lambda: search(query, inbox_id=inbox.id))
    assert refusal.reason == "QUERY_INVALID"
    assert refusal.metadata["position"] == position
    assert refusal.fields == ["query"]


def test_a_page_belongs_to_its_query(search, new_inbox, receive, refused):
    inbox = new_inbox()
    for _ in range(2):
        receive(inbox.address, mail("Hello", "total"))
    token = search("total", inbox_id=inbox.id, page_size=1).next_page_token
    for changes in (
        {"query": "hello", "inbox_id": inbox.id},
        {"query": "total"},
        {"query": "total", "inbox_id": inbox.id, "order": RELEVANCE},
    ):
        refusal = refused(
            lambda changes=changes: search(page_size=1, page_token=token, **changes)
        )
        assert refusal.reason == "PAGE_TOKEN_INVALID"
