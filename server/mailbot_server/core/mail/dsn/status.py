"""The machine's part of a report: fields by message and by recipient (RFC 3464 2)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from mailbot_server.core.mail import reply as replies
from mailbot_server.core.mail.address import normalise
from mailbot_server.core.mail.dsn import mention
from mailbot_server.core.mail.dsn.report import Action, Recipient
from mailbot_server.core.mail.mime import date
from mailbot_server.core.mail.reply import Reply

RECIPIENTS_MAX: Final = 1000
_LINES_MAX: Final = 20_000
_VALUE_MAX: Final = 4000

_FIELD: Final = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60}) ?:(.*)")
_STARTS: Final = re.compile(
    r"^(?:final|original)-recipient ?:", re.IGNORECASE | re.MULTILINE
)
_NAMES: Final = ("original-recipient", "final-recipient")
_IDENTITY: Final = (*_NAMES, "x-actual-recipient")
_OF_RECIPIENT: Final = frozenset(
    {*_IDENTITY, "action", "status", "diagnostic-code", "remote-mta"}
)
_TYPE: Final = re.compile(r"\s*[A-Za-z0-9-]{1,20}\s*;")
_X400: Final = re.compile(r"rfc-?822=([^/;]{1,200}?)\(a\)([^/;]{1,250})", re.IGNORECASE)
# RFC 6533 3: characters of utf-8-addr-xtext.
_UNICODE: Final = re.compile(r"\\x\{([0-9A-Fa-f]{1,6})\}")
# Only what xtext has to write so: a tag may look like any other of its pairs.
_XTEXT: Final = re.compile(r"\+(2B|3D)")
_STATUS: Final = re.compile(r"\s*([245])\s?\.\s?([0-9]{1,3})\s?\.\s?([0-9]{1,3})")
_HOST: Final = re.compile(r"[A-Za-z0-9.:_-]{1,255}")
_VAGUE: Final = re.compile(r"[245]\.0\.0")

_ACTIONS: Final = (
    (Action.FAILED, re.compile(r"fail|error|bounce|undeliver|reject|expired|denied")),
    (Action.DELAYED, re.compile(r"delay|defer|warn|retry|transient")),
    (Action.DELIVERED, re.compile(r"deliver|success")),
    (Action.RELAYED, re.compile(r"relay|forward")),
    (Action.EXPANDED, re.compile(r"expand")),
)
_BY_CLASS: Final = {
    "2": Action.DELIVERED,
    "4": Action.DELAYED,
    "5": Action.FAILED,
}
_CODES: Final = {Action.FAILED: 550, Action.DELAYED: 450}

Fields = Mapping[str, str]


@dataclass(slots=True)
class Blocks:
    """Fields of the whole message, and those of each recipient; names in lower case."""

    message: dict[str, str] = field(default_factory=dict)
    recipients: list[dict[str, str]] = field(default_factory=list)


def has_blocks(text: str) -> bool:
    """Whether a recipient's fields stand somewhere in `text`."""
    return bool(_STARTS.search(text))


def read_blocks(text: str) -> Blocks:
    """
    The fields in `text`, whatever else it holds.

    Blocks should be parted by empty lines, but such lines are lost or added on the way;
    a field that a block has already begins the next one too.
    """
    blocks = Blocks()
    parted = True
    for name, value in _fields(text):
        if not name:
            parted = True
            continue
        current = blocks.recipients[-1] if blocks.recipients else None
        if _begins(name, current, parted=parted):
            if len(blocks.recipients) == RECIPIENTS_MAX:
                break
            blocks.recipients.append({name: value})
        elif current is not None and not (parted and name == "reporting-mta"):
            current.setdefault(name, value)
        else:
            blocks.message.setdefault(name, value)
        parted = False
    return blocks


def recipient_of(fields: Fields, default: Action) -> Recipient | None:
    """The recipient of a block; None when it names no valid address."""
    # Some give an ORCPT as it came: still in xtext (RFC 3461 4.2).
    original = _XTEXT.sub(_plain, fields.get(_NAMES[0], ""))
    given = (original, fields.get(_NAMES[1], ""))
    named = [found for value in given if (found := _address(value))]
    if not named:
        named = [
            found for name in _IDENTITY if (found := _address(fields.get(name, "")))
        ]
    if not named:
        return None
    action = action_of(fields, default)
    return Recipient(
        address=named[0],
        final_address=named[-1],
        action=action,
        status=status_of(fields),
        reply=reply_of(fields, action),
        remote_host=host_of(fields.get("remote-mta", "")),
        retry_until=date.read(fields.get("will-retry-until", "")[:100]),
    )


def action_of(fields: Fields, default: Action) -> Action:
    """What became of it; `default` where the block does not say it."""
    return said_in(fields) or default


def said_in(fields: Fields) -> Action | None:
    """What became of it, by the Action field or else by the status."""
    said = fields.get("action", "").lower()[:100]
    for action, words in _ACTIONS:
        if words.search(said):
            return action
    return _BY_CLASS.get(status_of(fields)[:1])


def status_of(fields: Fields) -> str:
    """The Status field's code, or the one of the diagnostic when that says more."""
    match = _STATUS.match(fields.get("status", ""))
    status = f"{match[1]}.{int(match[2])}.{int(match[3])}" if match else ""
    if not status or _VAGUE.fullmatch(status):
        status = mention.status_in(fields.get("diagnostic-code", "")) or status
    return status


def reply_of(fields: Fields, action: Action) -> Reply:
    """What the other side said; from the status where no reply is quoted."""
    diagnostic = fields.get("diagnostic-code", "")
    said = _TYPE.sub("", diagnostic, count=1) if _TYPE.match(diagnostic) else diagnostic
    status = status_of(fields)
    quoted = mention.quoted_reply(said) or mention.quoted_reply(
        fields.get("status", "")
    )
    if quoted is not None:
        if not quoted.enhanced and status[:1] == str(quoted.code)[0]:
            return Reply(code=quoted.code, enhanced=status, text=quoted.text)
        return quoted
    words = said or fields.get("status", "").partition(" ")[2].strip("() ")
    return made_up(status, words, action)


def made_up(status: str, words: str, action: Action) -> Reply:
    """A reply for a report that quotes none; its code follows the status."""
    code = {"2": 250, "4": 450, "5": 550}.get(status[:1], _CODES.get(action, 250))
    return Reply(code=code, enhanced=status, text=replies.read(code, words).text)


def host_of(value: str) -> str:
    """The name in a `dns; host` field, in lower case."""
    name = value.partition(";")[2] if ";" in value else value
    match = _HOST.search(name.partition("(")[0])
    return match[0].lower().strip(".") if match else ""


def text_of(value: str) -> str:
    """What stands behind the type of a typed field, such as an envelope id."""
    return value.strip()[:_VALUE_MAX]


def _begins(name: str, current: dict[str, str] | None, *, parted: bool) -> bool:
    """Whether a field is the first of another recipient."""
    if name not in _OF_RECIPIENT:
        return False
    if current is None:
        return True
    if name in _IDENTITY or name == "action":
        is_named = any(identity in current for identity in _IDENTITY)
        is_told = "action" in current or "status" in current
        return name in current or (parted and is_named and is_told)
    return False


def _fields(text: str) -> list[tuple[str, str]]:
    """Unfolded fields, name in lower case; ("", "") for an empty line."""
    fields: list[tuple[str, str]] = []
    for line in text.split("\n", _LINES_MAX)[:_LINES_MAX]:
        if not line.strip():
            fields.append(("", ""))
        elif line[0] in " \t" and fields and fields[-1][0]:
            name, value = fields[-1]
            if len(value) < _VALUE_MAX:
                fields[-1] = name, f"{value} {line.strip()}"
        elif match := _FIELD.match(line):
            fields.append((match[1].lower(), match[2].strip()[:_VALUE_MAX]))
    return fields


def _address(value: str) -> str:
    """The address in a typed field, however it is wrapped; "" when there is none."""
    if not value:
        return ""
    kind = value.partition(";")[0].strip().lower()
    body = _TYPE.sub("", value, count=1).strip() if ";" in value else value.strip()
    if kind == "utf-8":
        body = _UNICODE.sub(_character, body)
        bare = body.strip("<>")
        if normalise(bare):
            return bare
    if kind == "x400" and (gateway := _X400.search(body)):
        body = f"{gateway[1]}@{gateway[2]}"
    found = mention.addresses(body)
    return found[0].address if found else ""


def _plain(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))


def _character(match: re.Match[str]) -> str:
    number = int(match[1], 16)
    is_text = number < 0x110000 and not 0xD800 <= number < 0xE000
    return chr(number) if is_text else "\ufffd"
