"""What makes two requests with one request_id the same call."""

from mailbot.v1 import messages_pb2
from mailbot_server.api import digests


def request(**fields):
    return messages_pb2.SendMessageRequest(inbox_id="inb_1", **fields)


def test_the_request_id_itself_does_not_count():
    assert digests.of(request(request_id="a")) == digests.of(request(request_id="b"))


def test_everything_else_counts():
    content = messages_pb2.OutgoingContent(subject="Hello")
    others = [
        request(content=content),
        request(validate_only=True),
        request(to=[messages_pb2.Mailbox(address="a@example.com")]),
        messages_pb2.SendMessageRequest(inbox_id="inb_2"),
    ]
    assert len({digests.of(each) for each in [request(), *others]}) == 5


def test_the_order_of_pairs_does_not_count():
    pairs = {f"key-{n}": str(n) for n in range(20)}
    back = dict(reversed(pairs.items()))
    first, second = (messages_pb2.OutgoingContent(metadata=p) for p in (pairs, back))
    assert digests.of(request(content=first)) == digests.of(request(content=second))


def test_the_request_is_left_as_it_was():
    made = request(request_id="a")
    digests.of(made)
    assert made.request_id == "a"
