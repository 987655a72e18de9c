"""
Authentication-Results: writes ours, and takes out what claims to be (RFC 8601).

Nothing that a stranger chose is written unless it is made of harmless characters.
"""

import re
from collections.abc import Iterator
from typing import Final

from mailbot_server.core.authentication.verdicts import (
    DkimVerdict,
    Result,
    Scope,
    Verdicts,
)

NAME: Final = "Authentication-Results"
NAMELESS: Final = "localhost"
"""What a server without a `hostname` calls itself."""

_OURS: Final = re.compile(
    rb"^(?:(authentication-results)|x-mailbot-[^:\s]*+)(?:[ \t\0]|\r?\n[ \t])*+:",
    re.IGNORECASE | re.MULTILINE,
)
_ORPHANS: Final = re.compile(rb"(?:[ \t][^\n]*+\n)*+")
"""Lines that go on with a field, where there is none: ours would come before them."""

_PLAIN: Final = re.compile(r"[a-z0-9._:=@+-]+")
"""An authserv-id whose spelling is its only one: no encoded-word, nothing invisible."""

_FIELD_END: Final = re.compile(rb"\r?\n(?![ \t])|\Z")
_BLANKS: Final = re.compile(rb"[ \t\r\n]*")
_PAIR: Final = re.compile(rb"\\(.)", re.DOTALL)
_PARENTHESES: Final = re.compile(rb"\\.|[()]", re.DOTALL)
_QUOTED: Final = re.compile(rb'"((?:[^"\\]|\\.)*+)"', re.DOTALL)
_TOKEN: Final = re.compile(rb"[^\s;()]+")
_HARMLESS: Final = re.compile(r"[A-Za-z0-9._+/=@-]{1,253}")
_REASON: Final = re.compile(r"[A-Za-z0-9 .,-]{1,200}")


def write(verdicts: Verdicts, authserv_id: str) -> bytes:
    """The whole field with its CRLF, folded, to stand before the message."""
    lines = [f"{NAME}: {authserv_id or NAMELESS}"]
    lines += [_spf(verdicts)]
    lines += [_dkim(each) for each in verdicts.dkim] or ["dkim=none"]
    lines += [_dmarc(verdicts)]
    if verdicts.arc.result is not Result.NONE:
        count = verdicts.arc.instance_count
        lines += [f"arc={verdicts.arc.result.value} (i={count})"]
    return (";\r\n ".join(lines) + "\r\n").encode("ascii")


def strip(raw: bytes, *authserv_ids: str) -> bytes:
    """
    The message without fields that only this server may write.

    Those are Authentication-Results under one of its names and X-Mailbot-*, however
    they are folded and whatever their case, and lines before the first field that would
    go on with ours. All other octets stay as they are.
    """
    orphans = _ORPHANS.match(raw)
    if orphans and orphans[0]:
        raw = raw[orphans.end() :]
    header_end = _header_end(raw)
    if not _may_claim(raw[:header_end].lower()):
        return raw
    kept, position = [], 0
    mine = {(each or NAMELESS).lower() for each in authserv_ids}
    for start, end in _forged(raw, header_end, mine):
        kept.append(raw[position:start])
        position = end
    return b"".join([*kept, raw[position:]])


def claimed_by(value: bytes) -> str:
    """The authserv-id of a field's value, in lower case; "" where there is none."""
    position = _after_comments(value)
    quoted = _QUOTED.match(value, position)
    if quoted:
        found = _PAIR.sub(rb"\1", quoted[1])
    else:
        token = _TOKEN.match(value, position)
        found = token[0] if token else b""
    return found.decode("utf-8", "replace").lower().rstrip(".")


def _forged(raw: bytes, end: int, mine: set[str]) -> Iterator[tuple[int, int]]:
    """Where each such field begins and ends."""
    for match in _OURS.finditer(raw, 0, end):
        over = _FIELD_END.search(raw, match.end(), end)
        stop = over.end() if over else end
        claimed = claimed_by(raw[match.end() : stop]) if match[1] else ""
        # A field whose author cannot be told may be read as ours by somebody.
        if not _PLAIN.fullmatch(claimed) or claimed in mine:
            yield match.start(), stop


def _may_claim(header: bytes) -> bool:
    """A quick look, in lower case: nearly all mail has nothing of the kind."""
    return b"authentication-results" in header or b"x-mailbot-" in header


def _header_end(raw: bytes) -> int:
    """Where the header's last line ends."""
    if raw.startswith((b"\r\n", b"\n")):
        return 0
    end = len(raw)
    for gap, octets in ((b"\r\n\r\n", 2), (b"\n\n", 1)):
        found = raw.find(gap, 0, end)
        if found >= 0:
            end = found + octets
    return end


def _after_comments(value: bytes) -> int:
    """Where the first word begins; at the end, when a comment is never closed."""
    position, depth = _skipped(value, 0), 0
    while position < len(value) and value[position : position + 1] == b"(":
        for match in _PARENTHESES.finditer(value, position):
            depth += {b"(": 1, b")": -1}.get(match[0], 0)
            if depth == 0:
                position = _skipped(value, match.end())
                break
        else:
            return len(value)
    return position


def _skipped(value: bytes, position: int) -> int:
    match = _BLANKS.match(value, position)
    return match.end() if match else position


def _spf(verdicts: Verdicts) -> str:
    spf = verdicts.spf
    kind = "mailfrom" if spf.scope is Scope.MFROM else "helo"
    return f"spf={spf.result.value}{_property(f'smtp.{kind}', spf.domain)}"


def _dkim(verdict: DkimVerdict) -> str:
    words = [f"dkim={verdict.result.value}"]
    if verdict.bits:
        words.append(f" ({verdict.bits}-bit key)")
    if verdict.reason and _REASON.fullmatch(verdict.reason):
        words.append(f' reason="{verdict.reason}"')
    words.append(_property("header.d", verdict.domain))
    words.append(_property("header.s", verdict.selector))
    words.append(_property("header.a", verdict.algorithm))
    words.append(_property("header.b", verdict.signature))
    return "".join(words)


def _dmarc(verdicts: Verdicts) -> str:
    dmarc = verdicts.dmarc
    said = f" (p={dmarc.policy})" if dmarc.policy else ""
    return f"dmarc={dmarc.result.value}{said}{_property('header.from', dmarc.domain)}"


def _property(name: str, value: str) -> str:
    """` name=value`, or nothing where the value could be read as something else."""
    if not _HARMLESS.fullmatch(value):
        return ""
    # A value with characters of its own grammar is a quoted-string (RFC 8601 2.2).
    return f' {name}="{value}"' if set(value) & set("/=@+") else f" {name}={value}"
