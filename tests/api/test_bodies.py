"""Bytes up and down: chunks, offsets, hashes, quotas, and what is refused."""

import hashlib
import itertools
import random

import grpc
import pytest

from mailbot.v1 import messages_pb2
from mailbot.v1.messages_pb2 import OutgoingAttachment
from mailbot_server.store import messages, uploads

KIB = 1024
BIG = random.Random(4521).randbytes(300 * KIB + 7)
Upload = messages_pb2.UploadAttachmentRequest
HEADER_LESS = [
    pytest.param([], id="nothing"),
    pytest.param([Upload()], id="empty"),
    pytest.param([Upload(chunk=b"x")], id="chunk-first"),
]


@pytest.fixture(scope="module")
def inbox(new_inbox):
    """An inbox nobody else uses."""
    return new_inbox(username="files")


@pytest.fixture(scope="module")
def big_message(inbox, upload, send):
    """A sent message with an uploaded, an inline and an empty attachment."""
    upload_id = upload(inbox.id, BIG).upload_id
    return send(
        inbox.id,
        html_body='<img src="cid:logo">',
        attachments=[
            OutgoingAttachment(
                filename="big.bin", content_type="application/zip", upload_id=upload_id
            ),
            OutgoingAttachment(
                filename="logo.png",
                content_type="image/png",
                content_id="logo",
                data=b"\x89PNG",
            ),
            OutgoingAttachment(filename="empty.txt", data=b""),
        ],
    )


@pytest.fixture
def download(stubs, auth):
    """All answers of a download of an attachment."""

    def run(attachment_id, offset=0, by=auth):
        request = messages_pb2.DownloadAttachmentRequest(
            attachment_id=attachment_id, offset=offset
        )
        return list(stubs.messages.DownloadAttachment(request, metadata=by))

    return run


@pytest.fixture
def download_raw(stubs, auth):
    """All answers of a download of a message's raw bytes."""

    def run(message_id, offset=0, by=auth):
        request = messages_pb2.DownloadRawMessageRequest(
            message_id=message_id, offset=offset
        )
        return list(stubs.messages.DownloadRawMessage(request, metadata=by))

    return run


def named(message, filename):
    """The attachment of that name."""
    return next(each for each in message.attachments if each.filename == filename)


def body_of(answers, offset=0):
    """The bytes, with every chunk where it says that it belongs."""
    for answer in answers:
        assert answer.offset == offset
        assert len(answer.chunk) <= 64 * KIB
        offset += len(answer.chunk)
    return b"".join(answer.chunk for answer in answers)


# --- up --------------------------------------------------------------------------------


def test_an_upload_says_what_came(api, inbox, upload):
    found = upload(inbox.id, BIG)
    assert found.upload_id.startswith("upl_")
    assert found.size_bytes == len(BIG)
    assert found.sha256 == hashlib.sha256(BIG).hexdigest()
    day = 24 * 3600
    assert found.expire_time.seconds == int(api.clock().timestamp()) + day


@pytest.mark.parametrize("chunk", [1, 1000, 64 * KIB])
def test_chunks_may_have_any_size_up_to_64_kib(inbox, upload, chunk):
    data = BIG[:5000]
    assert upload(inbox.id, data, chunk=chunk).sha256 == (
        hashlib.sha256(data).hexdigest()
    )


def test_nothing_can_be_uploaded(inbox, upload):
    assert upload(inbox.address, b"").size_bytes == 0


def test_a_declared_hash_is_checked_in_any_case(inbox, upload):
    digest = hashlib.sha256(b"abc").hexdigest()
    assert upload(inbox.id, b"abc", sha256=digest.upper()).sha256 == digest


@pytest.mark.parametrize(
    ("says", "field"),
    [
        pytest.param({"size_bytes": 2}, "header.size_bytes", id="more-came"),
        pytest.param({"size_bytes": 4}, "header.size_bytes", id="less-came"),
        pytest.param({"sha256": "0" * 64}, "header.sha256", id="another-hash"),
    ],
)
def test_bytes_that_were_not_announced_are_refused(
    api, inbox, upload, refused, says, field
):
    before = waiting(api, inbox)
    refusal = refused(lambda: upload(inbox.id, b"abc", **says))
    assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
    assert refusal.reason == "UPLOAD_MISMATCH"
    assert refusal.fields == [field]
    assert waiting(api, inbox) == before


@pytest.mark.parametrize(
    ("says", "field"),
    [
        pytest.param({"size_bytes": -1}, "header.size_bytes", id="negative"),
        pytest.param({"size_bytes": 2**62}, "header.size_bytes", id="huge"),
        pytest.param({"sha256": "xyz"}, "header.sha256", id="no-hash"),
    ],
)
def test_a_bad_header_is_refused_before_any_chunk(inbox, upload, refused, says, field):
    refusal = refused(lambda: upload(inbox.id, b"abc", **says))
    assert refusal.reason == "FIELD_INVALID"
    assert refusal.fields == [field]


@pytest.mark.parametrize("name", ["", "inb_\x00"], ids=["none", "nul"])
def test_an_upload_names_its_inbox(upload, refused, name):
    assert refused(lambda: upload(name, b"abc")).fields == ["header.inbox_id"]


def test_a_chunk_above_64_kib_is_refused(inbox, upload, refused):
    refusal = refused(lambda: upload(inbox.id, b"x" * 65537, chunk=65537))
    assert refusal.fields == ["chunk"]


@pytest.mark.parametrize("parts", HEADER_LESS)
def test_the_header_comes_first(stubs, auth, refused, parts):
    call = stubs.messages.UploadAttachment
    assert refused(lambda: call(iter(parts), metadata=auth)).fields == ["header"]


def test_the_header_comes_once(stubs, auth, inbox, refused):
    header = Upload(header=Upload.Header(inbox_id=inbox.id, size_bytes=1))
    call = stubs.messages.UploadAttachment
    refusal = refused(lambda: call(iter([header, header]), metadata=auth))
    assert refusal.fields == ["chunk"]


def test_an_endless_upload_is_stopped_at_what_it_announced(stubs, auth, inbox, refused):
    header = Upload(header=Upload.Header(inbox_id=inbox.id, size_bytes=100))
    endless = itertools.chain([header], itertools.repeat(Upload(chunk=b"x" * 1000)))
    refusal = refused(lambda: stubs.messages.UploadAttachment(endless, metadata=auth))
    assert refusal.reason == "UPLOAD_MISMATCH"


def test_waiting_uploads_share_a_quota(inbox, upload, refused, monkeypatch):
    monkeypatch.setattr("mailbot_server.engine.uploads.ACCOUNT_BYTES_MAX", 1)
    refusal = refused(lambda: upload(inbox.id, b"abc"))
    assert refusal.code is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert refusal.reason == "UPLOAD_QUOTA"
    assert refusal.metadata["limit"] == "1"


def test_an_upload_belongs_to_its_inbox(inbox, new_inbox, upload, send, refused):
    upload_id = upload(inbox.id, b"abc").upload_id
    part = OutgoingAttachment(filename="a.txt", upload_id=upload_id)
    refusal = refused(lambda: send(new_inbox().id, attachments=[part]))
    assert refusal.reason == "NOT_FOUND"
    assert refusal.metadata["resource_type"] == "upload"


def test_an_upload_is_gone_after_a_day(api, inbox, upload, send, refused):
    upload_id = upload(inbox.id, b"abc").upload_id
    part = OutgoingAttachment(filename="a.txt", upload_id=upload_id)
    assert send(inbox.id, attachments=[part]).id
    assert send(inbox.id, attachments=[part]).id
    api.clock.advance(hours=24)
    refusal = refused(lambda: send(inbox.id, attachments=[part]))
    assert refusal.reason == "NOT_FOUND"


def waiting(api, inbox):
    def read(tx):
        account = tx.one("SELECT account_id FROM inbox WHERE id = ?", inbox.id)[0]
        return uploads.total_bytes(tx, account)

    return api.read(read)


# --- down ------------------------------------------------------------------------------


def test_an_attachment_comes_back_as_it_was_uploaded(big_message, download):
    attachment = named(big_message, "big.bin")
    answers = download(attachment.id)
    assert answers[0].attachment == attachment
    assert attachment.content_type == "application/zip"
    assert attachment.sha256 == hashlib.sha256(BIG).hexdigest()
    assert all(not answer.HasField("attachment") for answer in answers[1:])
    assert body_of(answers) == BIG


@pytest.mark.parametrize("offset", [1, 64 * KIB, 200 * KIB + 3, len(BIG) - 1])
def test_an_attachment_can_be_read_on_from_anywhere(big_message, download, offset):
    answers = download(named(big_message, "big.bin").id, offset)
    assert answers[0].attachment.size_bytes == len(BIG)
    assert body_of(answers, offset) == BIG[offset:]


def test_an_inline_image_is_an_attachment_too(big_message, download):
    attachment = named(big_message, "logo.png")
    assert (attachment.content_id, attachment.inline) == ("logo", True)
    assert body_of(download(attachment.id)) == b"\x89PNG"


def test_what_is_empty_comes_as_one_empty_chunk(big_message, download):
    attachment = named(big_message, "empty.txt")
    answers = download(attachment.id)
    assert [answer.chunk for answer in answers] == [b""]
    assert answers[0].attachment == attachment


def test_the_raw_bytes_are_those_that_are_stored(api, big_message, download_raw):
    answers = download_raw(big_message.id)
    raw = body_of(answers)
    assert raw == api.read(messages.raw, big_message.id)
    assert answers[0].size_bytes == len(raw) == big_message.size_bytes
    assert answers[0].sha256 == hashlib.sha256(raw).hexdigest() == big_message.sha256
    assert {answer.size_bytes for answer in answers[1:]} == {0}


@pytest.mark.parametrize("part", [0.0, 0.3, 0.999, 1.0])
def test_the_raw_bytes_can_be_read_on_from_anywhere(
    api, big_message, download_raw, monkeypatch, part
):
    """In slices of an odd size, so that they end in the middle of chunks."""
    monkeypatch.setattr("mailbot_server.api.bodies.SLICE_BYTES", 100_001)
    raw = api.read(messages.raw, big_message.id)
    offset = int(len(raw) * part)
    answers = download_raw(big_message.id, offset)
    assert answers[0].size_bytes == len(raw)
    assert body_of(answers, offset) == raw[offset:]


@pytest.mark.parametrize("offset", [-1, 10**9, -(2**63), 2**63 - 1])
def test_an_offset_outside_is_refused(
    big_message, download, download_raw, refused, offset
):
    attachment_id = big_message.attachments[0].id
    assert refused(lambda: download(attachment_id, offset)).fields == ["offset"]
    assert refused(lambda: download_raw(big_message.id, offset)).fields == ["offset"]


@pytest.mark.parametrize(
    "name",
    [
        "att_",
        "att_x-1",
        "nonsense",
        "{message}",
        "{prefix}-9",
        "{prefix}-1",
        "{prefix}-0",
    ],
)
def test_what_is_no_attachment_is_not_found(big_message, download, refused, name):
    prefix = big_message.attachments[0].id.rpartition("-")[0]
    wrong = name.format(message=big_message.id, prefix=prefix)
    if wrong in {each.id for each in big_message.attachments}:
        wrong += "-7"
    refusal = refused(lambda: download(wrong))
    assert refusal.reason == "NOT_FOUND"
    assert refusal.metadata == {"resource_type": "attachment", "id": wrong}


def test_a_big_text_comes_back_whole(stubs, auth, inbox, send, download_raw):
    text = "".join(f"line {n} with some words\n" for n in range(30_000))
    message = send(inbox.id, text_body=text)
    got = stubs.messages.GetMessage(
        messages_pb2.GetMessageRequest(message_id=message.id), metadata=auth
    ).message
    assert got.text_body == text
    assert not got.body_truncated
    assert text.replace("\n", "\r\n").encode() in body_of(download_raw(message.id))
