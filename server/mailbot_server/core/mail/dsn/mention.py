"""Addresses and SMTP replies as they stand in other people's words."""

import re
from typing import Final, NamedTuple

from mailbot_server.core.mail import reply as replies
from mailbot_server.core.mail.address import domain_of, local_of, normalise
from mailbot_server.core.mail.reply import Reply

_ATEXT: Final = r"A-Za-z0-9!#$%&'*+/=?^_`{|}~."
_MENTION: Final = re.compile(
    rf"<([^<>\s@]{{1,250}}+@[^<>\s@]{{1,250}}+)>"
    rf'|("(?:[^"\\\n]|\\[^\n]){{1,64}}+"@[A-Za-z0-9.-]++)'
    rf"|(?<![{_ATEXT}-])([{_ATEXT}-]++@[A-Za-z0-9.-]++)"
)
# What is glued to an address in X.400 names, Exchange's lists and quotations.
_GLUED: Final = re.compile(
    r"(?:.{0,200}?\b)?(?:smtp|rfc-?822|mailto|addr|user|to|id)[=:]", re.IGNORECASE
)
_LOOSE_START: Final = "'*=|/`.~"
_MENTIONS_MAX: Final = 20_000

_CODE: Final = re.compile(
    r"(?<![\w.@-])([45][0-5][0-9])(?:\): |[ \-:,]{1,3}['\"(#]{0,2}|['\"(#]{1,2})"
    r"(?:([245]\.[0-9]{1,3}\.[0-9]{1,3})(?![\d.]))?|(?<![\w.@-])([45][0-5][0-9])(?=\s*$)"
)
_ENHANCED: Final = re.compile(r"(?<![\w.])([45]\.[0-9]{1,3}\.[0-9]{1,3})(?![\w.]*\d)")
_REPLY_WITHIN: Final = 4000
_PARAGRAPH: Final = re.compile(r"\n[ \t]{0,40}(?:\n|[-=*_]{3}|\[<)")
"""Behind a reply: nothing, or a rule, or a heading."""


class Mention(NamedTuple):
    """An address in a text, and where it stands there."""

    address: str
    start: int
    end: int


def addresses(text: str) -> list[Mention]:
    """Every addr-spec in `text` whose domain has a dot, in order; linear in time."""
    found = []
    for number, match in enumerate(_MENTION.finditer(text)):
        if number == _MENTIONS_MAX:
            break
        address = _clean(match[match.lastindex or 0])
        if address:
            found.append(Mention(address, match.start(), match.end()))
    return found


def quoted_reply(text: str) -> Reply | None:
    """The first SMTP reply that `text` quotes, its own words behind it."""
    text = text[:_REPLY_WITHIN]
    match = _CODE.search(text)
    if match is None:
        return None
    code = int(match[1] or match[3])
    words = _PARAGRAPH.split(text[match.start() :], maxsplit=1)[0]
    enhanced = match[2] or ""
    if not enhanced:
        late = _ENHANCED.search(words)
        enhanced = late[1] if late and late[1][0] == str(code)[0] else ""
    # The same codes stand before each line of the reply.
    repeated = (
        rf"(?<!\d){code}(?:\)?: ?|[ -])(?:{re.escape(enhanced)}(?:\s|(?=[)\]])))?"
    )
    words = re.sub(repeated, "", words)
    if enhanced:
        words = re.sub(rf"(?m)^\s*{re.escape(enhanced)}\s", "", words)
    read = replies.read(code, words.strip(" \t-:,'\""))
    said = _without_ends(read.text)
    if not any(map(str.isalpha, said)):
        said = _before(text, match.start()) or said
    return Reply(code=code, enhanced=read.enhanced or enhanced, text=said)


def status_in(text: str) -> str:
    """The first enhanced code of failure or delay in `text`; "" without one."""
    match = _ENHANCED.search(text[:_REPLY_WITHIN])
    return match[1] if match else ""


def _without_ends(said: str) -> str:
    """The same without brackets and quotation marks that were opened before it."""
    for opening, closing in ("()", "[]", '""', "''"):
        if said.endswith(closing) and opening not in said[:-1]:
            said = said[:-1].rstrip()
    return said


def _before(text: str, end: int) -> str:
    """What stands before a code in its line: some give their reason first."""
    line = text[text.rfind("\n", 0, end) + 1 : end]
    return replies.read(550, line.strip(" \t-:,'\"([")).text


def _clean(written: str) -> str:
    glued = _GLUED.match(written)
    if glued and "@" in written[glued.end() :]:
        written = written[glued.end() :]
    address = written.strip(_LOOSE_START).rstrip(".-")
    if "." not in domain_of(address) or not local_of(address):
        return ""
    return address if normalise(address) else ""
