"""A message that came in whole over the submission port, as a submission."""

import asyncio
import hashlib
import re
from typing import Final

from mailbot_server.core.errors import one_field
from mailbot_server.core.mail import adopt
from mailbot_server.core.mail.dsn.request import MailRequest
from mailbot_server.core.message import Via
from mailbot_server.engine.inbound.receiver import Content
from mailbot_server.engine.inbound.submission.login import Sender
from mailbot_server.engine.inbound.transaction import Addressed, Transaction
from mailbot_server.engine.outbound.submission.submit import HandedIn, Submission

REQUEST_ID: Final = "X-Mailbot-Request-Id"

INLINE_BYTES_MAX: Final = 256 * 1024
"""Messages up to this are hashed at once; larger ones in a thread."""

_REQUEST_ID: Final = re.compile(r"[!-~]{1,64}")


async def of(
    sender: Sender,
    ended: Transaction[Addressed],
    content: Content,
    *,
    by: str,
    protocol: str,
) -> Submission:
    """
    What the transaction asks for; raises InvalidInput.

    A program that never saw our 250 sends the same again. X-Mailbot-Request-Id makes
    that one message, as request_id does elsewhere; without it so does Message-ID, but
    only for the same words to the same recipients: programs send one message to many in
    several transactions.
    """
    addressed = ended.recipients.values()
    digest = await _digest(content, [each.address for each in addressed])
    opening = ended.opening
    return Submission(
        inbox_id=sender.inbox.id,
        handed_in=HandedIn(
            raw=content.raw,
            recipients={each.address: each.asked for each in addressed},
            asked=opening.asked if opening else MailRequest(),
            by=by,
            protocol=protocol,
        ),
        via=Via.SMTP,
        method=f"smtp {sender.inbox.id}",
        request_id=_request_id(adopt.beginning(content.raw), digest),
        digest=digest,
    )


async def _digest(content: Content, recipients: list[str]) -> bytes:
    if len(content.raw) <= INLINE_BYTES_MAX:
        said = adopt.fingerprint(content.raw)
    else:
        said = await asyncio.to_thread(adopt.fingerprint, content.raw)
    return hashlib.sha256(said + "\n".join(sorted(recipients)).encode()).digest()


def _request_id(raw: bytes, digest: bytes) -> str:
    given = adopt.request_id(raw)
    if given:
        if not _REQUEST_ID.fullmatch(given):
            words = "must be 1 to 64 characters of printable ASCII without spaces"
            raise one_field(REQUEST_ID, words)
        return given
    identity = adopt.identity(raw)
    if not identity:
        return ""
    # Longer than anything that may be given, so that the two never meet.
    return hashlib.sha256(identity.encode() + digest).hexdigest() * 2
