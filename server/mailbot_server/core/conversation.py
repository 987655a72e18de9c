"""
How a reply is addressed: recipients, subject, References and the quoted text.

What is answered was written by somebody else, so everything taken over from it is made
writable here: a reply never fails because of the message that it answers.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mailbot_server.core import thread
from mailbot_server.core.mail import field
from mailbot_server.core.mail.address import (
    Mailbox,
    domain_of,
    fold,
    local_of,
    split_tag,
)
from mailbot_server.core.mail.draft import DISPLAY_NAME_MAX, SUBJECT_MAX
from mailbot_server.core.message import Direction, Message

REFERENCES_TAIL: Final = 20

# "Re" in the mail programs of the world, and their counters: `Re[2]:`, `Re^3:`.
_WORDS: Final = (
    "re|r|aw|antw|antwort|sv|vs|svar|rif|res|odp|ynt|yan|vá|atb|bls|balas|pf|"
    "απ|σχετ|отв|ответ|השב|תגובה|رد|回复|回覆|答复|答覆|返信|回信|답장|회신"
)
_PREFIXES: Final = re.compile(
    rf"(?:(?:{_WORDS}) {{0,3}}(?:[\[(^]\d{{1,3}}[\])]?)? {{0,3}}[:\uff1a] *)+",
    re.IGNORECASE,
)
_LIST_TAG: Final = re.compile(r"\[[^\[\]]{1,60}\]\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyRecipients:
    """Whom a reply goes to."""

    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...] = ()


def reply_subject(subject: str) -> str:
    """
    The subject of an answer: `Re: ` once, whatever reply prefixes were there.

    Prefixes of other languages are replaced, one behind a mailing list's tag as well;
    marks of forwarding stay.
    """
    bare = _without_prefixes(_one_line(subject))
    tag = _LIST_TAG.match(bare)
    if tag:
        bare = tag[0] + _without_prefixes(bare[tag.end() :])
    written = f"Re: {bare}".rstrip()
    while field.encoded_length("Subject", written) > SUBJECT_MAX:
        written = written[: len(written) * 4 // 5]
    return written


def reply_references(
    references: tuple[str, ...], in_reply_to: str, message_id: str
) -> tuple[str, ...]:
    """
    The References of an answer to the message with these ids, oldest first.

    All are without <>. The whole chain: its first id and its last 20, of which the
    answered message's own comes last. RFC 5322 3.6.4: where there are no References,
    In-Reply-To stands for them.
    """
    own = thread.normalise(message_id)
    chain = dict.fromkeys(map(thread.normalise, references or (in_reply_to,)))
    for unwanted in ("", own):
        chain.pop(unwanted, None)
    ids = [*chain, own] if own else [*chain]
    if len(ids) > REFERENCES_TAIL + 1:
        ids = [ids[0], *ids[-REFERENCES_TAIL:]]
    return tuple(ids)


def quote_text(text: str, sender: Mailbox, date: datetime | None) -> str:
    """`On … wrote:` and the text with "> " before each line; line ends are LF."""
    name = _one_line(sender.display_name)
    who = f"{name} <{sender.address}>" if name else sender.address
    when = f"On {field.date_time(date)}, " if date else ""
    lines = text.rstrip().splitlines()
    quoted = "\n".join(f"> {line}" if line else ">" for line in lines)
    return f"{when}{who} wrote:\n{quoted}\n"


def reply_recipients(
    message: Message, own_address: str, *, reply_all: bool
) -> ReplyRecipients:
    """
    Whom an answer to `message` goes to; empty when nobody can be told.

    Reply-To is honoured; an answer to a message that we sent goes to its recipients,
    but never openly to blind ones. With `reply_all` also to To and Cc, without
    `own_address` and its tags, unless that leaves nobody, and without repeats.
    """
    fields = message.addressees
    if message.direction is Direction.OUTBOUND:
        first = fields.to or fields.cc
    else:
        first = fields.reply_to or ((message.sender,) if message.sender else ())
    if not reply_all:
        return ReplyRecipients(to=_unique(first, set()))
    own = _untagged(own_address)
    seen: set[str] = set()
    to = _unique(_others((*first, *fields.to), own), seen)
    cc = _unique(_others(fields.cc, own), seen)
    return ReplyRecipients(to=to if to or cc else _unique(first, set()), cc=cc)


def _others(mailboxes: Iterable[Mailbox], own: str) -> Iterable[Mailbox]:
    return (m for m in mailboxes if _untagged(m.address) != own)


def _unique(mailboxes: Iterable[Mailbox], seen: set[str]) -> tuple[Mailbox, ...]:
    """Those not yet in `seen`, which grows; with names that can be written."""
    kept = []
    for mailbox in mailboxes:
        key = fold(mailbox.address)
        if key not in seen:
            seen.add(key)
            name = _one_line(mailbox.display_name)[:DISPLAY_NAME_MAX]
            kept.append(Mailbox(address=mailbox.address, display_name=name))
    return tuple(kept)


def _untagged(address: str) -> str:
    """An address under which its tags are the same: `user+tag@` is `user@`."""
    folded = fold(address)
    return f"{split_tag(local_of(folded))[0]}@{domain_of(folded)}"


def _without_prefixes(subject: str) -> str:
    prefixes = _PREFIXES.match(subject)
    return subject[prefixes.end() :] if prefixes else subject


def _one_line(text: str) -> str:
    """Text without what a header field cannot carry."""
    return " ".join(field.UNSAFE.sub(" ", text).split())
