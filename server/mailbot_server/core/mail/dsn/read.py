"""Reads a delivery report in any of its forms; never fails (RFC 3464, 6522, 6533)."""

import re
from dataclasses import replace
from typing import Final

from mailbot_server.core.mail.address import domain_of, fold, parse_mailboxes
from mailbot_server.core.mail.dsn import layout as layouts
from mailbot_server.core.mail.dsn import (
    mention,
    origin,
    phrase,
    prose,
    returned,
    status,
)
from mailbot_server.core.mail.dsn.layout import Layout
from mailbot_server.core.mail.dsn.report import (
    SEVERITY,
    Action,
    Recipient,
    Report,
)
from mailbot_server.core.mail.parse import Parsed, header_of, message_ids, parse

_DEPTH_MAX: Final = 3
_FAILED_FIELDS: Final = ("x-failed-recipients", "x-failed-recipient")


# RFC 8098 3.2.6.2, and what RFC 2298 had beside it.
_NOT_TAKEN: Final = re.compile(r";\s{0,9}(deleted|denied|failed)\b")


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
        part.content_type in layouts.STATUS_TYPES
        or part.content_type == layouts.RECEIPT
        for part in parsed.parts[: layouts.PARTS_MAX]
    ):
        return True
    return (
        origin.may_wrap(parsed)
        or bool(header_of(parsed, _FAILED_FIELDS[0]))
        or bool(header_of(parsed, _FAILED_FIELDS[1]))
    )


def _read(raw: bytes, parsed: Parsed, depth: int) -> Report | None:
    if any(part.content_type in layouts.FOREIGN for part in parsed.parts):
        return None
    layout = layouts.take_apart(raw, parsed)
    if not _is_report(parsed, layout):
        return _inside(layout, depth) if origin.may_wrap(parsed) else None
    named = _from_blocks(parsed, layout)
    is_standard = bool(named)
    if is_standard:
        named = prose.explained(layout.lines, named)
    else:
        inside = _inside(layout, depth)
        if inside is not None and inside.is_standard:
            return inside
        named = _from_words(parsed, layout)
    actions = {one.action for one in named} or {_action(parsed, layout)}
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


def _is_report(parsed: Parsed, layout: Layout) -> bool:
    """Whether it comes from a mailer and tells of a delivery."""
    is_mailers = origin.is_mailers(parsed)
    if layout.has_status and not layout.is_pasted:
        return is_mailers or not origin.is_forward(parsed)
    if layout.receipt:
        return _is_refusal(layout)
    if header_of(parsed, _FAILED_FIELDS[0]):
        return True
    words = _words(layout)
    subject = parsed.subject.lower()
    if phrase.CHALLENGE.search(words) or phrase.CHALLENGE.search(subject):
        return False
    told = origin.told_at(parsed)
    if is_mailers:
        tells = told is not None or layout.has_status or _tells(words)
        return tells and _is_mailers_report(parsed, layout, told)
    return told is not None and _is_others_report(parsed, layout)


def _tells(words: str) -> bool:
    """Whether a mailer's words are of what became of mail."""
    tables = (phrase.FAILURE, phrase.DELAY, phrase.SUCCESS, phrase.REACHED)
    return any(table.search(words) for table in tables)


def _is_mailers_report(parsed: Parsed, layout: Layout, told: int | None) -> bool:
    """Whether a mailer's words are of one message: postmasters write letters too."""
    if origin.is_answer(parsed):
        return _is_bare_answer(parsed, layout)
    if origin.is_bulk(parsed):
        return False
    if told is not None and not (told and header_of(parsed, "List-Id")):
        return True
    if origin.declares_report(parsed) or layout.headers:
        return True
    if told is not None:
        return prose.is_list(layout.lines, _own_addresses(parsed, layout))
    own = _own_addresses(parsed, layout)
    named = prose.recipients(layout.lines, own, Action.FAILED)
    return bool(named) or origin.is_machines(parsed)


def _is_others_report(parsed: Parsed, layout: Layout) -> bool:
    """
    Whether somebody who is no mailer reports of a delivery in a mailer's words.

    People write of such things too, but do not list addresses; and other machines fail
    to deliver other things.
    """
    if parsed.in_reply_to or origin.is_answer(parsed) or origin.is_forward(parsed):
        return False
    if origin.is_told_by_others(parsed):
        return False
    own = _own_addresses(parsed, layout)
    if origin.is_machines(parsed) and phrase.MAIL.search(_words(layout)):
        named = prose.recipients(layout.lines, own, Action.FAILED)
        return bool(named) or origin.is_from_nobody(parsed)
    return prose.is_list(layout.lines, own)


def _is_bare_answer(parsed: Parsed, layout: Layout) -> bool:
    """Some mailers put `Re:` before the reported message's own subject."""
    if parsed.in_reply_to or origin.is_forward(parsed):
        return False
    tells = phrase.FAILURE.search(_words(layout))
    own = _own_addresses(parsed, layout)
    return bool(tells) and prose.is_list(layout.lines, own)


def _is_refusal(layout: Layout) -> bool:
    """A receipt that a machine made of mail which it would not take."""
    said = layout.receipt.lower()
    return (
        "automatic-action" in said
        and bool(_NOT_TAKEN.search(said))
        and bool(phrase.FAILURE.search(_words(layout)))
        and "without being read" not in _words(layout)
    )


def _inside(layout: Layout, depth: int) -> Report | None:
    """The report that another program put into a message of its own."""
    if layout.inner is None or depth == _DEPTH_MAX:
        return None
    parsed = parse(layout.inner)
    if not origin.is_mailers(parsed):
        return None
    found = _read(layout.inner, parsed, depth + 1)
    is_sure = origin.declares_report(parsed) or (found and found.is_standard)
    return found if is_sure else None


def _action(parsed: Parsed, layout: Layout) -> Action:
    """What the words say of the whole."""
    text = f"{parsed.subject.lower()}\n{_words(layout)}"
    if phrase.REACHED.search(text):
        return Action.DELIVERED
    if phrase.DELAY.search(text) and not phrase.FINAL.search(text):
        return Action.DELAYED
    if phrase.FAILURE.search(_words(layout)):
        return Action.FAILED
    return Action.DELIVERED if phrase.SUCCESS.search(text) else Action.FAILED


def _words(layout: Layout) -> str:
    """All words of the notification in one line, lower case."""
    return " ".join(" ".join(layout.lines).lower().split())


def _from_blocks(parsed: Parsed, layout: Layout) -> list[Recipient]:
    blocks = layout.blocks.recipients
    # All words are looked through only for blocks that leave it to them.
    is_said = all(map(status.said_in, blocks))
    action = Action.FAILED if is_said else _action(parsed, layout)
    named: dict[tuple[str, Action], Recipient] = {}
    for fields in blocks:
        one = status.recipient_of(fields, action)
        if one is not None:
            named.setdefault((fold(one.address), one.action), one)
    return list(named.values())


def _from_words(parsed: Parsed, layout: Layout) -> list[Recipient]:
    """Recipients of whom no block tells; with one block, that block's facts."""
    action = _action(parsed, layout)
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
    if not named and layout.receipt:
        named = _from_receipt(layout, action)
    if not named and origin.is_mailers(parsed):
        only = returned.only_recipient(layout.headers)
        own = _own_addresses(parsed, layout)
        told = [one.address for one in mention.addresses(parsed.subject[:1000])]
        reply = prose.reply_in(layout.lines, action)
        named = [
            prose.of(address, action, reply)
            for address in dict.fromkeys([only] if only else told)
            if fold(address) not in own
        ]
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


def _from_receipt(layout: Layout, action: Action) -> list[Recipient]:
    """Who refused a message by a receipt."""
    reply = prose.reply_in(layout.lines, action)
    told = (
        status.recipient_of(fields, action)
        for fields in status.read_blocks(layout.receipt).recipients
    )
    return [prose.of(one.address, action, reply) for one in told if one]


def _own_addresses(parsed: Parsed, layout: Layout) -> frozenset[str]:
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


def _message_id(parsed: Parsed, layout: Layout) -> str:
    text = "\n".join(layout.lines)
    receipt = layout.receipt
    fields = layout.blocks.message
    told = fields.get("x-original-message-id") or fields.get("original-message-id", "")
    return (
        returned.message_id_in(layout.headers)
        or next(iter(message_ids(told, 1)), "")
        or returned.message_id_named(text)
        or returned.message_id_named(receipt)
        or next(iter(message_ids(header_of(parsed, "In-Reply-To"), 1)), "")
    )
