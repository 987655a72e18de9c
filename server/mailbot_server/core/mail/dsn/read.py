"""Reads a delivery report in any of its forms; never fails (RFC 3464, 6522, 6533)."""

import re
from dataclasses import dataclass, replace
from typing import Final

from mailbot_server.core.mail.address import domain_of, fold, parse_mailboxes
from mailbot_server.core.mail.dsn import mention, phrase, prose, returned, status
from mailbot_server.core.mail.dsn.report import (
    SEVERITY,
    Action,
    Recipient,
    Report,
)
from mailbot_server.core.mail.dsn.status import Blocks
from mailbot_server.core.mail.html import to_text
from mailbot_server.core.mail.mime import charset
from mailbot_server.core.mail.mime.header import Header
from mailbot_server.core.mail.parse import (
    Parsed,
    Part,
    header_of,
    message_ids,
    parse,
    part_bytes,
)

_DEPTH_MAX: Final = 3
_TEXT_MAX: Final = 200_000
_PARTS_MAX: Final = 50

_STATUS_TYPES: Final = frozenset(
    {
        "message/delivery-status",
        "message/global-delivery-status",
        "text/delivery-status",
    }
)
_MESSAGE_TYPES: Final = frozenset({"message/rfc822", "message/global", "text/rfc822"})
_HEADER_TYPES: Final = frozenset(
    {
        "message/rfc822-headers",
        "text/rfc822-headers",
        "text/rfc822-header",
        "message/global-headers",
    }
)
_FOREIGN: Final = frozenset({"message/feedback-report", "message/feedback"})
_TAG: Final = re.compile(r"<(?:html|body|p|br|div|td|pre|span)\b", re.IGNORECASE)
"""Some mailers call plain text HTML."""

_RECEIPT: Final = "message/disposition-notification"
_FAILED_FIELDS: Final = ("x-failed-recipients", "x-failed-recipient")


@dataclass(slots=True)
class _Layout:
    """A report taken apart: what it says itself, and what it brings back."""

    lines: list[str]
    """What it says to people, without what it returns."""

    blocks: Blocks
    has_status: bool
    headers: tuple[Header, ...]
    receipt: str
    """A disposition notification's fields (RFC 8098), "" when there is none."""

    inner: bytes | None
    """A whole message that came back, or the report inside a report."""


def read(raw: bytes, parsed: Parsed | None = None) -> Report | None:
    """
    The report in a message; None for everything else: answers, complaints, receipts.

    `parsed` is what `parse` made of `raw`, where the caller has it already.
    """
    return _read(raw, parsed or parse(raw), 1)


def may_be(parsed: Parsed) -> bool:
    """
    Whether it looks like one at a glance: cheap enough to be asked of every message.

    What only `read` would find has neither a mailer as its sender, nor a subject that
    mailers write, nor a part for machines.
    """
    if any(
        part.content_type in _STATUS_TYPES or part.content_type == _RECEIPT
        for part in parsed.parts[:_PARTS_MAX]
    ):
        return True
    return (
        _may_wrap(parsed)
        or bool(header_of(parsed, _FAILED_FIELDS[0]))
        or bool(header_of(parsed, _FAILED_FIELDS[1]))
    )


def _read(raw: bytes, parsed: Parsed, depth: int) -> Report | None:
    if any(part.content_type in _FOREIGN for part in parsed.parts):
        return None
    layout = _take_apart(raw, parsed)
    action = _action(parsed, layout)
    named = _from_blocks(layout, action)
    if not (named or _is_report(parsed, layout)):
        return _inside(layout, depth) if _may_wrap(parsed) else None
    if not named:
        inside = _inside(layout, depth)
        if inside is not None and inside.is_standard:
            return inside
    is_standard = bool(named)
    if not named:
        named = _from_words(parsed, layout, action)
    elif len(named) == 1 and not named[0].reply.text:
        quoted = mention.quoted_reply("\n".join(layout.lines))
        if quoted and str(quoted.code)[0] == str(named[0].reply.code)[0]:
            named = [replace(named[0], reply=quoted)]
    actions = {one.action for one in named} or {action}
    action = next(one for one in SEVERITY if one in actions)
    reply = named[0].reply if named else prose.reply_in(layout.lines, action)
    fields = layout.blocks.message
    return Report(
        action=action,
        recipients=tuple(named),
        is_standard=is_standard,
        reporting_host=status.host_of(fields.get("reporting-mta", "")),
        envelope_id=status.text_of(fields.get("original-envelope-id", "")),
        message_id=_message_id(parsed, layout),
        headers=layout.headers,
        reply=reply,
    )


def _take_apart(raw: bytes, parsed: Parsed) -> _Layout:
    words: list[str] = []
    layout = _Layout([], Blocks(), has_status=False, headers=(), receipt="", inner=None)
    for part in parsed.parts[:_PARTS_MAX]:
        kind = part.content_type
        if kind in _MESSAGE_TYPES or kind in _HEADER_TYPES:
            if not layout.headers and layout.inner is None:
                _keep_returned(layout, part_bytes(raw, part)[:_TEXT_MAX], kind)
        elif kind in _STATUS_TYPES or kind == _RECEIPT:
            _keep_fields(layout, _text(raw, part), kind)
        elif kind.startswith("text/") and not _is_body_twice(part, parsed, words):
            words.append(_text(raw, part))
    _keep_words(layout, "\n".join(words))
    return layout


def _keep_returned(layout: _Layout, content: bytes, kind: str) -> None:
    layout.headers = returned.headers_in(content)
    if kind in _MESSAGE_TYPES:
        layout.inner = content


def _keep_fields(layout: _Layout, text: str, kind: str) -> None:
    if kind == _RECEIPT:
        layout.receipt += text
        return
    blocks = status.read_blocks(text)
    layout.has_status = True
    layout.blocks.message = blocks.message | layout.blocks.message
    layout.blocks.recipients += blocks.recipients


def _keep_words(layout: _Layout, text: str) -> None:
    lines, rest = returned.cut(text[:_TEXT_MAX])
    layout.lines = lines
    if not layout.blocks.recipients:
        notification = "\n".join(lines)
        if status.has_blocks(notification):
            _keep_fields(layout, notification, "")
        elif status.has_blocks(rest[:_TEXT_MAX]) and not layout.has_status:
            blocks = status.read_blocks(rest)
            layout.blocks = blocks if blocks.message else layout.blocks
    if not layout.headers and rest:
        layout.headers = returned.headers_in(rest.encode("utf-8", "replace"))


def _is_body_twice(part: Part, parsed: Parsed, words: list[str]) -> bool:
    """HTML beside a text that says the same."""
    return part.content_type == "text/html" and bool(words) and bool(parsed.text)


def _text(raw: bytes, part: Part) -> str:
    content = part_bytes(raw, part)[:_TEXT_MAX]
    text = charset.decode(content, part.charset)
    if part.content_type == "text/html" and _TAG.search(text):
        text = to_text(text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_report(parsed: Parsed, layout: _Layout) -> bool:
    """Whether words without blocks come from a mailer and tell of a delivery."""
    if layout.receipt:
        return _is_refusal(layout)
    if layout.has_status or header_of(parsed, _FAILED_FIELDS[0]):
        return True
    subject = parsed.subject.lower()
    words = _words(layout)
    if phrase.CHALLENGE.search(words) or phrase.CHALLENGE.search(subject):
        return False
    tells = phrase.FAILURE.search(words) or phrase.DELAY.search(words)
    if not (tells or phrase.SUBJECT.search(subject)):
        return False
    if _is_from_mailer(parsed):
        return not _is_answer(parsed, subject)
    if parsed.in_reply_to or _is_answer(parsed, subject):
        return False
    if not phrase.SUBJECT.search(subject):
        return False
    # People write of such things too, but do not list addresses.
    own = _own_addresses(parsed, layout)
    return _is_machines(parsed) or prose.is_list(layout.lines, own)


def _is_refusal(layout: _Layout) -> bool:
    """A receipt that a machine made of mail which it would not take."""
    said = layout.receipt.lower()
    return (
        "automatic-action" in said
        and "displayed" not in said
        and bool(phrase.FAILURE.search(_words(layout)))
        and "without being read" not in _words(layout)
    )


def _is_from_mailer(parsed: Parsed) -> bool:
    # A null reverse-path says only that a machine wrote it: answers have it too.
    sender = header_of(parsed, "From").lower()
    return bool(phrase.SENDER.search(sender)) or _declares_report(parsed)


def _is_machines(parsed: Parsed) -> bool:
    """Whether it says that nobody wrote it by hand."""
    submitted = header_of(parsed, "Auto-Submitted").strip().lower()
    null_path = header_of(parsed, "Return-Path").replace(" ", "") == "<>"
    return null_path or submitted not in ("", "no")


def _declares_report(parsed: Parsed) -> bool:
    kind = header_of(parsed, "Content-Type").lower()
    return kind.startswith("multipart/report") or "report-type=delivery" in kind


def _is_answer(parsed: Parsed, subject: str) -> bool:
    """Somebody's answer, or a machine that answers for somebody."""
    if subject.startswith(("re:", "aw:", "fw:", "fwd:", "sv:", "antw:", "tr:")):
        return not phrase.SUBJECT.search(subject) or bool(parsed.in_reply_to)
    automatic = (
        "auto reply",
        "auto-reply",
        "autoreply",
        "out of office",
        "automatic re",
    )
    return subject.startswith(automatic)


def _may_wrap(parsed: Parsed) -> bool:
    """Whether a report inside a message may be what the message is about."""
    return _is_from_mailer(parsed) or bool(
        phrase.SUBJECT.search(parsed.subject.lower())
    )


def _inside(layout: _Layout, depth: int) -> Report | None:
    """The report that another program put into a message of its own."""
    if layout.inner is None or depth == _DEPTH_MAX:
        return None
    parsed = parse(layout.inner)
    if not _declares_report(parsed):
        return None
    return _read(layout.inner, parsed, depth + 1)


def _action(parsed: Parsed, layout: _Layout) -> Action:
    """What the words say of the whole."""
    text = f"{parsed.subject.lower()}\n{_words(layout)}"
    if phrase.DELAY.search(text) and not phrase.FINAL.search(text):
        return Action.DELAYED
    if phrase.FAILURE.search(_words(layout)):
        return Action.FAILED
    return Action.DELIVERED if phrase.SUCCESS.search(text) else Action.FAILED


def _words(layout: _Layout) -> str:
    """All words of the notification in one line, lower case."""
    return " ".join(" ".join(layout.lines).lower().split())


def _from_blocks(layout: _Layout, action: Action) -> list[Recipient]:
    named: dict[tuple[str, Action], Recipient] = {}
    for fields in layout.blocks.recipients:
        one = status.recipient_of(fields, action)
        if one is not None:
            named.setdefault((fold(one.address), one.action), one)
    return list(named.values())


def _from_words(parsed: Parsed, layout: _Layout, action: Action) -> list[Recipient]:
    """Recipients of whom no block tells; with one block, that block's facts."""
    failed = [header_of(parsed, name) for name in _FAILED_FIELDS]
    listed = [one.address for one in mention.addresses(" ".join(failed))]
    named = prose.recipients(layout.lines, _own_addresses(parsed, layout), action)
    if listed:
        known = {fold(one.address): one for one in named}
        reply = prose.reply_in(layout.lines, action)
        named = [
            known.get(fold(address)) or prose.of(address, action, reply)
            for address in dict.fromkeys(listed)
        ]
    if not named and not layout.blocks.recipients:
        domain = _sender_domain(parsed)
        reply = prose.reply_in(layout.lines, action)
        bare = prose.completed(layout.lines, domain) if domain else []
        named = [prose.of(address, action, reply) for address in bare]
    blocks = layout.blocks.recipients
    if not named and _is_from_mailer(parsed):
        only = returned.only_recipient(layout.headers)
        if only and fold(only) not in _own_addresses(parsed, layout):
            reply = prose.reply_in(layout.lines, action)
            named = [prose.of(only, action, reply)]
    if len(named) == len(blocks) == 1:
        said = status.action_of(blocks[0], action)
        named = [
            replace(
                named[0],
                action=said,
                status=status.status_of(blocks[0]),
                reply=status.reply_of(blocks[0], said),
                remote_host=status.host_of(blocks[0].get("remote-mta", "")),
            )
        ]
    return named


def _own_addresses(parsed: Parsed, layout: _Layout) -> frozenset[str]:
    """The sender's own: whom the report came to, and who sent the reported message."""
    own = [box.address for box in (*parsed.to, *parsed.reply_to)]
    if parsed.sender:
        own.append(parsed.sender.address)
    sent_to: set[str] = set()
    for header in layout.headers:
        name = header.name.lower()
        if name in ("from", "sender", "return-path", "errors-to"):
            own += [box.address for box in parse_mailboxes(header.value)]
        elif name in ("to", "cc"):
            sent_to |= {fold(box.address) for box in parse_mailboxes(header.value)}
    return frozenset({fold(address) for address in own if address} - sent_to)


def _sender_domain(parsed: Parsed) -> str:
    return domain_of(parsed.sender.address).lower() if parsed.sender else ""


def _message_id(parsed: Parsed, layout: _Layout) -> str:
    text = "\n".join(layout.lines)
    receipt = layout.receipt
    return (
        returned.message_id_in(layout.headers)
        or returned.message_id_named(text)
        or returned.message_id_named(receipt)
        or next(iter(message_ids(header_of(parsed, "In-Reply-To"), 1)), "")
    )
