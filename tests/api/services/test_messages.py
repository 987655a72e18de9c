"""MessageService over the wire: what is sent, refused, listed and read."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, timedelta
from typing import Any

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from mailbot.v1 import events_pb2, inboxes_pb2, messages_pb2
from mailbot.v1.messages_pb2 import Mailbox, OutgoingAttachment, OutgoingContent

CAROL = Mailbox(address="carol@example.com", display_name="Carol")
HELLO = OutgoingContent(subject="Hello", text_body="Hello Carol")
FULL = messages_pb2.MESSAGE_VIEW_FULL
MIB = 1024 * 1024


@pytest.fixture
def calls(api, stubs, auth):
    """The service's methods, as the default account, with fields as keywords."""

    class Calls:
        def send(self, inbox_id, by=auth, **fields):
            api.clock.advance(minutes=1)
            known = {"to": [CAROL], "content": HELLO, **fields}
            request = messages_pb2.SendMessageRequest(inbox_id=inbox_id, **known)
            return stubs.messages.SendMessage(request, metadata=by)

        def reply(self, message_id, by=auth, **fields):
            api.clock.advance(minutes=1)
            known = {"content": OutgoingContent(text_body="Yes."), **fields}
            request = messages_pb2.ReplyMessageRequest(message_id=message_id, **known)
            return stubs.messages.ReplyMessage(request, metadata=by)

        def get(self, message_id, by=auth, **fields):
            request = messages_pb2.GetMessageRequest(message_id=message_id, **fields)
            return stubs.messages.GetMessage(request, metadata=by).message

        def list(self, by=auth, oldest_first=False, page_size=0, token="", **wanted):
            request = messages_pb2.ListMessagesRequest(
                filter=messages_pb2.MessageFilter(**wanted),
                oldest_first=oldest_first,
                page_size=page_size,
                page_token=token,
            )
            return stubs.messages.ListMessages(request, metadata=by)

        def usage(self, inbox_id):
            request = inboxes_pb2.GetInboxRequest(inbox_id=inbox_id)
            inbox = stubs.inboxes.GetInbox(request, metadata=auth).inbox
            return inbox.usage.sends_today, inbox.counts.messages

        def head(self):
            request = events_pb2.ListEventsRequest(page_size=1)
            return stubs.events.ListEvents(request, metadata=auth).end_cursor

    return Calls()


# --- sending ---------------------------------------------------------------------------


def test_a_message_is_accepted_for_everybody_once(calls, new_inbox):
    inbox = new_inbox(display_name="Support")
    response = calls.send(
        inbox.id,
        to=[CAROL, Mailbox(address="Dave@Example.NET ")],
        cc=[Mailbox(address="CAROL@example.com")],
        bcc=[Mailbox(address="eve@example.org")],
        reply_to=[Mailbox(address="office@example.com")],
        content=OutgoingContent(
            subject="Größe",
            text_body="Hello",
            html_body="<p>Hello</p>",
            headers={"X-Order": "4521"},
            labels=["b", "a"],
            metadata={"order": "4521"},
        ),
    )
    message = response.message
    assert not response.replayed
    assert message.inbox_id == inbox.id
    assert message.direction == messages_pb2.DIRECTION_OUTBOUND
    assert message.sender == Mailbox(address=inbox.address, display_name="Support")
    assert [box.address for box in message.to] == [
        "carol@example.com",
        "Dave@example.net",
    ]
    assert message.subject == "Größe"
    assert list(message.labels) == ["a", "b"]
    assert dict(message.metadata) == {"order": "4521"}
    assert message.text_body == ""
    assert [each.address for each in message.recipients] == [
        "carol@example.com",
        "Dave@example.net",
        "eve@example.org",
    ]
    states = {each.state for each in message.recipients}
    assert states == {messages_pb2.DELIVERY_STATE_QUEUED}
    assert calls.usage(inbox.id) == (3, 1)


def test_the_full_view_has_bodies_and_headers(calls, new_inbox):
    sent = calls.send(new_inbox().id, content=HELLO).message
    full = calls.get(sent.id)
    assert full.text_body.strip() == "Hello Carol"
    assert full.extracted_text.strip() == "Hello Carol"
    fields = {field.name: field.value for field in full.headers}
    assert fields["Subject"] == "Hello"
    assert fields["Message-ID"] == f"<{sent.rfc822_message_id}>"
    assert not full.body_truncated


SHOWN = (
    b"From: Shop <shop@example.com>\r\nSubject: Sign in\r\nMessage-ID: <s1@example.com>\r\n"
    b"List-Id: <news.example.com>\r\nX-Spam-Flag: NO\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: text/html\r\n\r\n<p>Your login code is 482913</p>"
    b'<a href="https://example.com/go">Go</a><img src="https://t.example/1.gif">'
    b"<script>alert(1)</script>\r\n"
)


def test_the_full_view_has_what_a_program_wants(calls, new_inbox, receive):
    full = calls.get(receive(new_inbox().address, SHOWN))
    assert [code.value for code in full.codes] == ["482913"]
    assert [(link.text, link.url) for link in full.links] == [
        ("Go", "https://example.com/go")
    ]
    assert full.mailing_list.id == "news.example.com"
    assert full.upstream_spam.filter == "spamassassin"
    assert full.kind == messages_pb2.MESSAGE_KIND_NORMAL
    assert full.display_html == ""


def test_html_to_show_is_made_when_it_is_asked_for(calls, new_inbox, receive):
    message_id = receive(new_inbox().address, SHOWN.replace(b"<s1@", b"<s2@"))
    safe = calls.get(message_id, include_display_html=True)
    assert "482913" in safe.display_html
    assert "script" not in safe.display_html
    assert "t.example" not in safe.display_html
    assert safe.blocked_remote_count == 1
    with_images = calls.get(
        message_id, include_display_html=True, allow_remote_content=True
    )
    assert 'src="https://t.example/1.gif"' in with_images.display_html
    slim = calls.get(
        message_id,
        include_display_html=True,
        view=messages_pb2.MESSAGE_VIEW_METADATA,
    )
    assert slim.display_html == ""


def test_the_metadata_view_has_none_of_them(calls, new_inbox):
    sent = calls.send(new_inbox().id).message
    slim = calls.get(sent.id, view=messages_pb2.MESSAGE_VIEW_METADATA)
    assert slim == sent
    assert not slim.headers


def test_blind_recipients_are_in_no_header(calls, new_inbox):
    sent = calls.send(new_inbox().id, bcc=[Mailbox(address="eve@example.org")]).message
    full = calls.get(sent.id)
    assert [box.address for box in full.bcc] == ["eve@example.org"]
    assert not any("eve@" in field.value for field in full.headers)


def test_options_are_kept_and_have_defaults(calls, new_inbox):
    inbox = new_inbox()
    plain = calls.send(inbox.id).message
    assert plain.stream == messages_pb2.MESSAGE_STREAM_TRANSACTIONAL
    assert plain.guarantee == messages_pb2.DELIVERY_GUARANTEE_AT_LEAST_ONCE
    options = messages_pb2.DeliveryOptions(
        stream=messages_pb2.MESSAGE_STREAM_BULK,
        guarantee=messages_pb2.DELIVERY_GUARANTEE_AT_MOST_ONCE,
    )
    bulk = calls.send(inbox.id, options=options).message
    assert bulk.stream == messages_pb2.MESSAGE_STREAM_BULK
    assert bulk.guarantee == messages_pb2.DELIVERY_GUARANTEE_AT_MOST_ONCE
    assert bulk.recipients[0].expire_time.seconds > (
        plain.recipients[0].expire_time.seconds
    )


def test_validation_only_charges_and_writes_nothing(calls, new_inbox):
    inbox = new_inbox()
    head = calls.head()
    checked = calls.send(inbox.id, validate_only=True).message
    assert checked.id == checked.thread_id == checked.rfc822_message_id == ""
    assert checked.subject == "Hello"
    assert not checked.HasField("create_time")
    assert [each.delivery_id for each in checked.recipients] == [""]
    assert calls.usage(inbox.id) == (0, 0)
    assert calls.head() == head


# --- what is refused -------------------------------------------------------------------


def content(**fields: Any) -> dict[str, Any]:
    return {"content": OutgoingContent(**{"subject": "s", "text_body": "t", **fields})}


def attached(**fields: Any) -> dict[str, Any]:
    return content(
        attachments=[OutgoingAttachment(**{"filename": "a", "data": b"x", **fields})]
    )


def to(*addresses: str, name: str = "") -> dict[str, Any]:
    return {"to": [Mailbox(address=a, display_name=name) for a in addresses]}


INJECTION = "x\r\nBcc: eve@example.org"
BAD: list[Any] = [
    pytest.param(to("nobody"), "to[0].address", "ADDRESS_INVALID", id="no-at"),
    pytest.param(to("a@b@c"), "to[0].address", "ADDRESS_INVALID", id="two-ats"),
    pytest.param(
        to("a@x.com", "b@x.com", "c@-x"), "to[2].address", "ADDRESS_INVALID", id="third"
    ),
    pytest.param(
        to("a@x.com>\r\nRCPT TO:<b@x.com"),
        "to[0].address",
        "ADDRESS_INVALID",
        id="smtp-injection",
    ),
    pytest.param(
        to("a" * 65 + "@x.com"), "to[0].address", "ADDRESS_INVALID", id="local-65"
    ),
    pytest.param(to(""), "to[0].address", "FIELD_INVALID", id="empty"),
    pytest.param(
        to("a@x.com", name=INJECTION), "to[0].display_name", "FIELD_INVALID", id="name"
    ),
    pytest.param(
        to("a@x.com", name="n" * 257), "to[0].display_name", "FIELD_INVALID", id="long"
    ),
    pytest.param({"to": []}, "to", "FIELD_INVALID", id="nobody-at-all"),
    pytest.param(
        {"reply_to": [Mailbox(address="x@" + INJECTION)]},
        "reply_to[0].address",
        "ADDRESS_INVALID",
        id="reply-to",
    ),
    pytest.param(
        {"reply_to": [CAROL] * 11}, "reply_to", "FIELD_INVALID", id="reply-tos"
    ),
    pytest.param(
        content(subject=INJECTION), "content.subject", "FIELD_INVALID", id="subject"
    ),
    pytest.param(
        content(subject="a\x00"), "content.subject", "FIELD_INVALID", id="subject-nul"
    ),
    pytest.param(
        content(subject="ü" * 900),
        "content.subject",
        "FIELD_INVALID",
        id="subject-long",
    ),
    pytest.param(
        content(text_body=""), "content.text_body", "FIELD_INVALID", id="no-body"
    ),
    pytest.param(
        content(text_body="a\x00b"), "content.text_body", "FIELD_INVALID", id="body-nul"
    ),
    pytest.param(
        content(headers={"X-A": INJECTION}),
        "content.headers[X-A]",
        "FIELD_INVALID",
        id="header-value",
    ),
    pytest.param(
        content(headers={"X-A: b\r\nBcc": "c"}),
        "content.headers[X-A: b\\r\\nBcc]",
        "FIELD_INVALID",
        id="header-name",
    ),
    pytest.param(
        content(headers={"bCc": "eve@example.org"}),
        "content.headers[bCc]",
        "FIELD_INVALID",
        id="header-ours",
    ),
    pytest.param(
        content(headers={f"X-{n}": "v" for n in range(51)}),
        "content.headers",
        "FIELD_INVALID",
        id="headers-51",
    ),
    pytest.param(
        content(labels=["A B"]), "content.labels[0]", "FIELD_INVALID", id="label"
    ),
    pytest.param(
        content(metadata={"k": "v" * 501}),
        "content.metadata['k']",
        "FIELD_INVALID",
        id="metadata",
    ),
    pytest.param(
        attached(filename="a\r\nX: y"),
        "content.attachments[0].filename",
        "FIELD_INVALID",
        id="filename",
    ),
    pytest.param(
        attached(filename="../etc"),
        "content.attachments[0].filename",
        "FIELD_INVALID",
        id="path",
    ),
    pytest.param(
        attached(content_type="text/plain\r\nX: y"),
        "content.attachments[0].content_type",
        "FIELD_INVALID",
        id="type",
    ),
    pytest.param(
        attached(content_id="<x>"),
        "content.attachments[0].content_id",
        "FIELD_INVALID",
        id="cid",
    ),
    pytest.param(
        attached(data=b"x" * (MIB + 1)),
        "content.attachments[0].data",
        "FIELD_INVALID",
        id="inline-1-mib",
    ),
    pytest.param(
        content(attachments=[OutgoingAttachment(filename="a")]),
        "content.attachments[0].source",
        "FIELD_INVALID",
        id="no-source",
    ),
    pytest.param(
        content(attachments=[OutgoingAttachment(filename="a", data=b"x")] * 51),
        "content.attachments",
        "FIELD_INVALID",
        id="attachments-51",
    ),
    pytest.param(
        {"options": messages_pb2.DeliveryOptions(stream=9)},  # type: ignore[arg-type]
        "options.stream",
        "FIELD_INVALID",
        id="stream",
    ),
    pytest.param(
        {"options": messages_pb2.DeliveryOptions(guarantee=9)},  # type: ignore[arg-type]
        "options.guarantee",
        "FIELD_INVALID",
        id="guarantee",
    ),
    pytest.param({"request_id": "a b"}, "request_id", "FIELD_INVALID", id="request-id"),
    pytest.param(
        {"content": OutgoingContent()},
        "content.text_body",
        "FIELD_INVALID",
        id="nothing-to-say",
    ),
]


@pytest.fixture(scope="module")
def quiet(new_inbox):
    """An inbox from which nothing is ever sent."""
    return new_inbox(username="quiet")


@pytest.mark.parametrize(("fields", "path", "reason"), BAD)
def test_a_bad_message_is_refused_by_field_and_leaves_nothing(
    calls, quiet, refused, fields, path, reason
):
    head = calls.head()
    refusal = refused(lambda: calls.send(quiet.id, **fields))
    assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
    assert refusal.reason == reason
    assert refusal.fields[0] == path
    assert "\r" not in refusal.text
    assert calls.usage(quiet.id) == (0, 0)
    assert calls.head() == head


def test_everything_wrong_is_told_at_once_up_to_twenty(calls, quiet, refused):
    fields = to(*["nobody"] * 30)
    refusal = refused(lambda: calls.send(quiet.id, **fields))
    assert refusal.fields == [f"to[{n}].address" for n in range(20)]


def test_fifty_recipients_are_the_most(calls, new_inbox, refused):
    inbox = new_inbox()
    people = [f"p{n}@example.com" for n in range(51)]
    refusal = refused(lambda: calls.send(inbox.id, **to(*people)))
    assert refusal.reason == "TOO_MANY_RECIPIENTS"
    assert refusal.metadata["count"] == "51"
    assert refusal.metadata["limit"] == "50"
    assert len(calls.send(inbox.id, **to(*people[:50])).message.recipients) == 50


def test_a_message_that_is_too_large_says_how_large(calls, upload, quiet, refused):
    uploads = [upload(quiet.id, b"x" * (10 * MIB)) for _ in range(2)]
    parts = [
        OutgoingAttachment(filename=f"{n}", upload_id=each.upload_id)
        for n, each in enumerate(uploads)
    ]
    refusal = refused(lambda: calls.send(quiet.id, **content(attachments=parts)))
    assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
    assert refusal.reason == "MESSAGE_TOO_LARGE"
    assert int(refusal.metadata["size"]) > int(refusal.metadata["limit"])
    assert calls.usage(quiet.id) == (0, 0)


def test_an_inbox_without_the_permission_cannot_send(calls, new_inbox, refused):
    inbox = new_inbox(permissions=[inboxes_pb2.INBOX_PERMISSION_RECEIVE])
    refusal = refused(lambda: calls.send(inbox.id))
    assert refusal.code is grpc.StatusCode.PERMISSION_DENIED
    assert refusal.reason == "INBOX_PERMISSION_MISSING"
    assert refusal.metadata == {"inbox_id": inbox.id, "permission": "send"}


def test_the_day_s_limit_is_exact_and_says_when_it_ends(api, calls, new_inbox, refused):
    inbox = new_inbox(daily_send_limit=3)
    calls.send(inbox.id, **to("a@example.com", "b@example.com"))
    refusal = refused(lambda: calls.send(inbox.id, **to("c@x.com", "d@x.com")))
    assert refusal.code is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert refusal.reason == "DAILY_SEND_LIMIT"
    assert refusal.metadata["limit"] == "3"
    assert refusal.metadata["used"] == "2"
    assert refusal.details["QuotaFailure"].violations[0].subject == inbox.id
    midnight = (api.clock() + timedelta(days=1)).replace(hour=0, minute=0, second=0)
    wait = refusal.details["RetryInfo"].retry_delay.ToTimedelta()
    assert api.clock() + wait == midnight
    calls.send(inbox.id)
    assert calls.usage(inbox.id)[0] == 3


def test_the_minute_s_limit_counts_messages(api, stubs, auth, new_inbox, refused):
    inbox = new_inbox()
    request = messages_pb2.SendMessageRequest(
        inbox_id=inbox.id, to=[CAROL], content=HELLO
    )
    for _ in range(25):
        stubs.messages.SendMessage(request, metadata=auth)
    refusal = refused(lambda: stubs.messages.SendMessage(request, metadata=auth))
    assert refusal.reason == "SEND_RATE_LIMIT"
    assert refusal.details["RetryInfo"].retry_delay.seconds <= 60
    api.clock.advance(minutes=1)
    assert stubs.messages.SendMessage(request, metadata=auth).message.id


def test_a_suspended_account_s_messages_are_refused(api, calls, new_inbox, refused):
    """Also where a key's state is still remembered: the operation looks itself."""
    from mailbot_server.store import accounts

    inbox = new_inbox()
    account_id = api.read(accounts.list_newest, "", 10)[-1].id

    def suspend(tx, is_suspended):
        accounts.set_suspended(tx, account_id, is_suspended=is_suspended)

    api.write(suspend, True)
    try:
        refusal = refused(lambda: calls.send(inbox.id))
    finally:
        api.write(suspend, False)
    assert refusal.reason == "ACCOUNT_SUSPENDED"
    assert refusal.code is grpc.StatusCode.FAILED_PRECONDITION


# --- repeats ---------------------------------------------------------------------------


def test_a_repeat_gives_the_first_message_and_charges_nothing(calls, new_inbox):
    inbox = new_inbox()
    first = calls.send(inbox.id, request_id="m-1")
    again = calls.send(inbox.id, request_id="m-1")
    assert (first.replayed, again.replayed) == (False, True)
    assert again.message.id == first.message.id
    assert calls.usage(inbox.id) == (1, 1)


def test_a_repeat_with_other_words_is_refused(calls, new_inbox, refused):
    inbox = new_inbox()
    calls.send(inbox.id, request_id="m-2")
    refusal = refused(
        lambda: calls.send(inbox.id, request_id="m-2", **content(text_body="Other"))
    )
    assert refusal.reason == "REQUEST_ID_REUSED"
    assert calls.usage(inbox.id) == (1, 1)


def test_the_same_request_id_may_be_used_by_another_method(calls, new_inbox):
    inbox = new_inbox()
    sent = calls.send(inbox.id, request_id="m-3").message
    assert not calls.reply(sent.id, request_id="m-3").replayed


def test_ten_repeats_at_once_send_one_message(stubs, auth, calls, new_inbox):
    inbox = new_inbox()
    request = messages_pb2.SendMessageRequest(
        inbox_id=inbox.id, to=[CAROL], content=HELLO, request_id="m-4"
    )

    def send(_):
        return stubs.messages.SendMessage(request, metadata=auth)

    with ThreadPoolExecutor(10) as pool:
        made = list(pool.map(send, range(10)))
    assert len({response.message.id for response in made}) == 1
    assert sum(not response.replayed for response in made) == 1
    assert calls.usage(inbox.id) == (1, 1)


# --- answering -------------------------------------------------------------------------


QUESTION = (
    b"From: Carol <carol@example.com>\r\n"
    b"To: support@example.net\r\n"
    b"Cc: dave@example.net\r\n"
    b"Subject: Where is it?\r\n"
    b"Message-ID: <q1@example.com>\r\n"
    b"Date: Mon, 02 Mar 2026 11:00:00 +0000\r\n"
    b"\r\n"
    b"I am waiting.\r\n"
)


def test_an_answer_goes_to_the_sender_in_the_same_thread(calls, new_inbox, receive):
    inbox = new_inbox()
    question = calls.get(receive(inbox.address, QUESTION))
    answer = calls.reply(question.id, include_quote=True).message
    assert [box.address for box in answer.to] == ["carol@example.com"]
    assert answer.subject == "Re: Where is it?"
    assert answer.in_reply_to == "q1@example.com"
    assert list(answer.references) == ["q1@example.com"]
    assert answer.thread_id == question.thread_id
    full = calls.get(answer.id)
    assert "> I am waiting." in full.text_body
    assert full.extracted_text.strip() == "Yes."


def test_an_answer_to_all_goes_to_everybody(calls, new_inbox, receive):
    inbox = new_inbox()
    question = receive(inbox.address, QUESTION.replace(b"q1@", b"q2@"))
    answer = calls.reply(question, reply_all=True).message
    everybody = {each.address for each in answer.recipients}
    assert everybody == {
        "carol@example.com",
        "dave@example.net",
        "support@example.net",
    }


def test_more_people_can_be_told(calls, new_inbox, receive):
    inbox = new_inbox()
    question = receive(inbox.address, QUESTION.replace(b"q1@", b"q3@"))
    answer = calls.reply(
        question, cc=[Mailbox(address="cc@x.com")], bcc=[Mailbox(address="bcc@x.com")]
    ).message
    assert len(answer.recipients) == 3


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        (
            {"content": OutgoingContent(text_body="t", subject="a\r\nb")},
            "content.subject",
        ),
        ({"cc": [Mailbox(address="x")]}, "cc[0].address"),
        ({"content": OutgoingContent()}, "content.text_body"),
    ],
    ids=["injection", "address", "empty"],
)
def test_a_bad_answer_is_refused_like_a_bad_message(
    calls, new_inbox, receive, refused, fields, path
):
    inbox = new_inbox()
    question = receive(
        inbox.address, QUESTION.replace(b"q1@", inbox.id.encode() + b"@")
    )
    refusal = refused(lambda: calls.reply(question, **fields))
    assert refusal.fields == [path]


# --- reading ---------------------------------------------------------------------------


def test_a_received_message_is_read_in_full(api, calls, new_inbox, receive):
    inbox = new_inbox()
    got = calls.get(receive(inbox.address, QUESTION))
    assert got.direction == messages_pb2.DIRECTION_INBOUND
    assert got.sender == CAROL
    assert got.envelope_sender == "carol@example.com"
    assert got.envelope_recipient == inbox.address
    assert got.text_body == "I am waiting.\n"
    assert got.date.ToDatetime(tzinfo=UTC).hour == 11
    assert got.create_time.ToDatetime(tzinfo=UTC) == api.clock()
    assert not got.recipients
    assert [field.name for field in got.headers][-1] == "Date"


def test_bodies_are_cut_so_that_any_client_can_read_them(calls, new_inbox, receive):
    inbox = new_inbox()
    text = ("😀" * 100 + "\r\n") * 5000
    raw = (
        QUESTION.partition(b"\r\n\r\n")[0]
        + b"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        + text.encode()
    )
    got = calls.get(receive(inbox.address, raw))
    assert got.body_truncated
    assert MIB - 4 <= len(got.text_body.encode()) <= MIB
    assert got.size_bytes > 1.5 * MIB
    assert got.ByteSize() < 4 * MIB


def test_a_message_with_very_many_attachments_can_be_read(calls, new_inbox, receive):
    part = (
        b"--b\r\nContent-Type: application/x-%d\r\nContent-ID: <%s>\r\n"
        b"Content-Disposition: attachment; filename*=utf-8''%s\r\n\r\nx\r\n"
    )
    parts = [part % (n, b"c" * 900, b"%F0%9F%98%80" * 250) for n in range(900)]
    text = b"--b\r\nContent-Type: text/plain\r\n\r\n" + b"words " * 300_000 + b"\r\n"
    head = QUESTION.partition(b"\r\n\r\n")[0]
    raw = (
        head
        + b"\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        + text
        + b"".join(parts)
        + b"--b--\r\n"
    )
    got = calls.get(receive(new_inbox().address, raw))
    assert len(got.attachments) == 900
    assert got.body_truncated
    assert got.ByteSize() < 4 * MIB


# --- lists -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shelf(new_inbox, send, receive):
    """An inbox and its messages, oldest first: three sent, one received."""
    inbox = new_inbox(username="shelf")
    ids = [send(inbox.id, labels=["shelf", f"n{n}"]).id for n in range(3)]
    ids.append(receive(inbox.address, QUESTION.replace(b"q1@", b"shelf@")))
    return inbox, ids


@pytest.mark.parametrize("oldest_first", [False, True], ids=["newest", "oldest"])
def test_messages_come_in_order_in_pages(calls, shelf, oldest_first):
    inbox, ids = shelf
    found, token = [], ""
    while True:
        page = calls.list(
            inbox_id=inbox.address, page_size=3, token=token, oldest_first=oldest_first
        )
        found += [message.id for message in page.messages]
        token = page.next_page_token
        if not token:
            break
    assert found == (ids if oldest_first else ids[::-1])


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"labels": ["n0", "n2"]}, [0, 2]),
        ({"direction": messages_pb2.DIRECTION_INBOUND}, [3]),
        ({"direction": messages_pb2.DIRECTION_OUTBOUND}, [0, 1, 2]),
        ({"sender_address": "CAROL@example.com"}, [3]),
        ({"rfc822_message_id": "<shelf@example.com>"}, [3]),
        ({"rfc822_message_id": "shelf@example.com"}, [3]),
        ({"labels": ["nothing"]}, []),
    ],
    ids=str,
)
def test_filters_narrow(calls, shelf, wanted, expected):
    inbox, ids = shelf
    page = calls.list(inbox_id=inbox.id, oldest_first=True, **wanted)
    assert [message.id for message in page.messages] == [ids[n] for n in expected]


def test_labels_are_added_removed_and_found(calls, stubs, auth, shelf, refused):
    inbox, ids = shelf

    def label(**fields):
        request = messages_pb2.UpdateMessageLabelsRequest(message_id=ids[3], **fields)
        return stubs.messages.UpdateMessageLabels(request, metadata=auth).message

    def found(*labels):
        page = calls.list(inbox_id=inbox.id, labels=labels)
        return [message.id for message in page.messages]

    assert list(label(add=["seen", "shelf"]).labels) == ["seen", "shelf"]
    assert found("seen") == [ids[3]]
    assert found("shelf", "seen") == ids[::-1]
    assert list(label(remove=["shelf", "nothing"]).labels) == ["seen"]
    assert found("shelf") == ids[2::-1]
    many = [f"l{number}" for number in range(20)]
    assert refused(lambda: label(add=many)).fields == ["add"]
    assert refused(lambda: label(add=["Not this"])).fields == ["add[0]"]
    assert list(label(remove=["seen"]).labels) == []
    assert found("seen") == []


def test_a_filter_by_time_is_half_open(calls, shelf):
    inbox, ids = shelf
    stamps = {i: calls.get(i).create_time for i in ids}
    page = calls.list(
        inbox_id=inbox.id,
        oldest_first=True,
        after_time=stamps[ids[1]],
        before_time=stamps[ids[2]],
    )
    assert [message.id for message in page.messages] == [ids[1]]


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"direction": 9}, "filter.direction"),
        ({"page_size": -1}, "page_size"),
        ({"after_time": Timestamp(seconds=-(10**15))}, "filter.after_time"),
        ({"before_time": Timestamp(nanos=-1)}, "filter.before_time"),
    ],
    ids=["enum", "size", "year", "nanos"],
)
def test_a_bad_question_is_refused(calls, refused, fields, path):
    assert refused(lambda: calls.list(**fields)).fields == [path]


def test_a_page_token_of_another_filter_or_order_is_refused(calls, shelf, refused):
    inbox, _ = shelf
    token = calls.list(inbox_id=inbox.id, page_size=1).next_page_token
    for fields in (
        {"inbox_id": inbox.id, "oldest_first": True},
        {"inbox_id": inbox.address},
        {"inbox_id": inbox.id, "labels": ["n0"]},
        {},
    ):
        refusal = refused(lambda f=fields: calls.list(token=token, **f))
        assert refusal.reason == "PAGE_TOKEN_INVALID"


def test_a_page_of_messages_stays_below_what_clients_accept(calls, shelf, monkeypatch):
    inbox, ids = shelf
    monkeypatch.setattr("mailbot_server.api.pages.PAGE_BYTES_MAX", 1000)
    page = calls.list(inbox_id=inbox.id)
    assert 1 <= len(page.messages) < len(ids)
    rest = calls.list(inbox_id=inbox.id, token=page.next_page_token)
    assert rest.messages[0].id == ids[::-1][len(page.messages)]
