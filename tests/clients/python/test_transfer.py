import hashlib

import grpc
import pytest

from mailbot import NotFoundError, ServerError, UnavailableError
from mailbot.v1 import messages_pb2
from tests.clients.fake_mailbot import status

BODY = bytes(range(256)) * 700
SHA256 = hashlib.sha256(BODY).hexdigest()
CHUNK = 64 * 1024
LOST = status(grpc.StatusCode.UNAVAILABLE, "SERVER_DRAINING")


def raw_steps(request, *, until=None, body=BODY):
    """The responses of DownloadRawMessage from the asked offset up to `until`."""
    for offset in range(request.offset, until or len(BODY), CHUNK):
        first = offset == request.offset
        yield messages_pb2.DownloadRawMessageResponse(
            size_bytes=len(BODY) if first else 0,
            sha256=SHA256 if first else "",
            offset=offset,
            chunk=body[offset : offset + CHUNK],
        )


def broken_after(until):
    def steps(request):
        yield from raw_steps(request, until=until)
        yield LOST

    return steps


def test_raw_gives_the_bytes(server, bot):
    server.answer("DownloadRawMessage", raw_steps)
    assert bot.messages.raw("msg_1") == BODY
    assert server.requests("DownloadRawMessage")[0].message_id == "msg_1"


def test_raw_goes_into_a_file(server, bot, tmp_path):
    server.answer("DownloadRawMessage", raw_steps)
    target = tmp_path / "mail.eml"
    assert bot.messages.raw("msg_1", target) == target
    assert target.read_bytes() == BODY
    assert list(tmp_path.iterdir()) == [target]


def test_a_download_goes_on_where_it_broke_off(server, bot):
    server.answer(
        "DownloadRawMessage", broken_after(CHUNK), broken_after(2 * CHUNK), raw_steps
    )
    assert bot.messages.raw("msg_1") == BODY
    asked = [each.offset for each in server.requests("DownloadRawMessage")]
    assert asked == [0, CHUNK, 2 * CHUNK]


def test_a_download_that_gets_nowhere_is_given_up(server, bot, tmp_path):
    server.answer("DownloadRawMessage", *[[LOST]] * 5)
    with pytest.raises(UnavailableError):
        bot.messages.raw("msg_1", tmp_path / "mail.eml")
    assert len(server.requests("DownloadRawMessage")) == 5
    assert list(tmp_path.iterdir()) == []


def test_damage_is_noticed_and_leaves_no_file(server, bot, tmp_path):
    damaged = b"X" + BODY[1:]
    server.answer(
        "DownloadRawMessage", lambda request: raw_steps(request, body=damaged)
    )
    with pytest.raises(ServerError) as raised:
        bot.messages.raw("msg_1", tmp_path / "mail.eml")
    assert raised.value.reason == "DOWNLOAD_MISMATCH"
    assert list(tmp_path.iterdir()) == []


def test_a_body_that_ends_early_is_noticed(server, bot):
    server.answer("DownloadRawMessage", lambda request: raw_steps(request, until=CHUNK))
    with pytest.raises(ServerError):
        bot.messages.raw("msg_1")


def test_a_chunk_out_of_place_is_noticed(server, bot):
    server.answer(
        "DownloadRawMessage",
        [messages_pb2.DownloadRawMessageResponse(offset=5, chunk=b"x")],
    )
    with pytest.raises(ServerError, match="at 5"):
        bot.messages.raw("msg_1")


def test_an_attachment_is_downloaded_by_id_or_itself(server, bot, tmp_path):
    def steps(request):
        about = {
            "id": "att_1",
            "size_bytes": 3,
            "sha256": hashlib.sha256(b"abc").hexdigest(),
        }
        yield messages_pb2.DownloadAttachmentResponse(attachment=about, chunk=b"ab")
        yield messages_pb2.DownloadAttachmentResponse(offset=2, chunk=b"c")

    message = messages_pb2.Message(attachments=[{"id": "att_1"}])
    server.answer("GetMessage", messages_pb2.GetMessageResponse(message=message))
    server.answer("DownloadAttachment", steps, steps)
    assert bot.messages.download_attachment("att_1") == b"abc"
    attachment = bot.messages.get("msg_1").attachments[0]
    bot.messages.download_attachment(attachment, tmp_path / "a.txt")
    assert (tmp_path / "a.txt").read_bytes() == b"abc"
    asked = [each.attachment_id for each in server.requests("DownloadAttachment")]
    assert asked == ["att_1", "att_1"]


def test_an_empty_attachment_is_a_body_too(server, bot):
    about = {"id": "att_1", "size_bytes": 0, "sha256": hashlib.sha256(b"").hexdigest()}
    server.answer(
        "DownloadAttachment",
        [messages_pb2.DownloadAttachmentResponse(attachment=about)],
    )
    assert bot.messages.download_attachment("att_1") == b""


def test_an_existing_file_stays_when_the_download_fails(server, bot, tmp_path):
    target = tmp_path / "mail.eml"
    target.write_bytes(b"old")
    server.answer(
        "DownloadRawMessage", [status(grpc.StatusCode.NOT_FOUND, "NOT_FOUND")]
    )
    with pytest.raises(NotFoundError):
        bot.messages.raw("msg_1", target)
    assert target.read_bytes() == b"old"
