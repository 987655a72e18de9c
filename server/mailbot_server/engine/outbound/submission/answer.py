"""Makes an answer to a stored message: to whom, tied to what, quoting what."""

import html
from dataclasses import dataclass, replace

from mailbot_server.core import conversation, thread
from mailbot_server.core.account import Principal
from mailbot_server.core.errors import NotFound, one_field
from mailbot_server.core.inbox import Inbox
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.draft import Draft
from mailbot_server.core.message import Message
from mailbot_server.engine import content
from mailbot_server.engine.outbound.submission.submission import Submission
from mailbot_server.store import inboxes, messages
from mailbot_server.store.database import Database, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """
    An answer to the message `submission.thread_of`, sent from that message's inbox.

    The draft's cc and bcc are recipients besides those whom the answer goes to; an
    empty subject becomes "Re: " and the message's.
    """

    submission: Submission
    reply_all: bool = False
    include_quote: bool = False


async def written(db: Database, principal: Principal, reply: Reply) -> Submission:
    """
    The submission with what the answered message decides.

    Raises NotFound for a message that the caller may not see, InvalidInput for one
    that names nobody who could be answered.
    """
    answered, inbox = await db.read(_answered, principal, reply.submission.thread_of)
    draft = _addressed(reply, answered, inbox)
    if reply.include_quote:
        draft = await _quoting(db, draft, answered)
    return replace(reply.submission, inbox_id=answered.inbox_id, draft=draft)


def _answered(
    tx: Transaction, principal: Principal, message_id: str
) -> tuple[Message, Inbox]:
    message = messages.get(tx, principal.account_id, message_id)
    if message is None:
        raise NotFound("message", message_id)
    principal.require_inbox(message.inbox_id, "message", message_id)
    inbox = inboxes.get(tx, message.account_id, message.inbox_id)
    if inbox is None:
        raise NotFound("inbox", message.inbox_id)
    return message, inbox


def _addressed(reply: Reply, answered: Message, inbox: Inbox) -> Draft:
    whom = conversation.reply_recipients(
        answered, inbox.address, reply_all=reply.reply_all
    )
    if not (whom.to or whom.cc):
        words = "the message names nobody whom an answer could go to"
        raise one_field("message_id", words)
    draft = reply.submission.draft
    return replace(
        draft,
        to=whom.to,
        cc=(*whom.cc, *draft.cc),
        subject=draft.subject or conversation.reply_subject(answered.subject),
        in_reply_to=thread.normalise(answered.rfc822_message_id),
        references=conversation.reply_references(
            answered.references, answered.in_reply_to, answered.rfc822_message_id
        ),
    )


async def _quoting(db: Database, draft: Draft, answered: Message) -> Draft:
    body = await content.read(db, answered.id)
    sender = answered.sender or Mailbox(address="")
    quote = conversation.quote_text(
        body.text if body else "", sender, answered.date_at or answered.created_at
    )
    text = f"{draft.text.rstrip()}\n\n{quote}" if draft.text else ""
    if draft.html:
        shown = f'<div style="white-space: pre-wrap">{html.escape(quote)}</div>'
        draft = replace(draft, html=f"{draft.html}\n<br>\n{shown}\n")
    return replace(draft, text=text)
