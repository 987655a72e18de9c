"""Where a signature begins: the usenet dashes, or what a telephone adds."""

# ruff: noqa: RUF001 - the words are written in the scripts of their languages

import re
from collections.abc import Sequence
from typing import Final

# What a mobile client or its maker writes under a message; the whole line.
_DEVICE_LINES: Final = (
    r"Sent (?:from|via|using|with|by) [\w'’+/-]+(?: [\w'’+/()-]+){0,7}\.?",
    r"Sent from (?:Mail|Outlook|Yahoo Mail|Mailbird|Proton ?Mail)\b.{0,60}",
    r"Get (?:Outlook|BlueMail|TypeApp) for \w+\.?(?:\s*<[^<>]*>)?",
    r"Diese (?:Nachricht|E-Mail) wurde von meinem .{1,60} gesendet\.?",
    r"Vo[nm] mein(?:em|er) .{1,40} gesendet\.?",
    r"Gesendet (?:von|mit) .{1,50}",
    r"Envoyée? (?:de|depuis|à partir de) (?:mon|ma|Outlook|Yahoo) ?.{0,40}",
    r"Enviado (?:desde|de|do|a partir do|mediante) (?:mi|meu|Outlook|Yahoo) ?.{0,40}",
    r"Inviato (?:da|dal) .{1,50}",
    r"Verzonden (?:vanaf|vanuit|via|met) .{1,50}",
    r"(?:Skickat|Sendt|Skickad) (?:från|fra) .{1,50}",
    r"Lähetetty .{1,50}",
    r"Wysłane z .{1,50}",
    r"Odesláno z .{1,50}",
    r"Odoslané z .{1,50}",
    r"Trimis de pe .{1,40}",
    r"Отправлено (?:с|из) .{1,40}",
    r"Надіслано з .{1,40}",
    r".{1,40}(?:den|dan) gönderildi\.?",
    r"Στάλθηκε από .{1,40}",
    r".{0,20}iPhone ?(?:から送信|发送|發送)",
    r"[从從]我的 ?.{1,20}(?:发送|傳送)",
    r".{1,20}에서 보냄",
    r"Được gửi từ .{1,40}",
)
_DEVICE: Final = re.compile("|".join(_DEVICE_LINES), re.IGNORECASE)
_LIST_RULE: Final = re.compile(r"_{20,}|-{40,}")
_LIST_FOOTER: Final = re.compile(r"https?://|mailing list|unsubscribe", re.IGNORECASE)

_LINES_MAX: Final = 30
"""A longer text behind dashes is no signature: they were drawn as a rule."""

_BARE_LINES_MAX: Final = 10
"""The same for dashes without the blank that RFC 3676 4.3 asks for."""

_DEVICE_LENGTH_MAX: Final = 100


def find(lines: Sequence[str]) -> int:
    """
    The line at which the signature begins; len(lines) when there is none.

    `lines` have no empty ones at their end. Never 0: a text is not all signature.
    """
    first = max(len(lines) - _LINES_MAX - 1, 0)
    for number in range(first, len(lines)):
        if number and _is_delimiter(lines, number):
            return number
    return _device(lines)


def _is_delimiter(lines: Sequence[str], number: int) -> bool:
    line = lines[number]
    follows = len(lines) - number - 1
    if line == "-- ":
        return True
    stripped = line.strip()
    if stripped in {"--", "—", "– ", "––", "—-"}:
        return follows <= _BARE_LINES_MAX
    if _LIST_RULE.fullmatch(stripped):
        behind = lines[number + 1 : number + 1 + _BARE_LINES_MAX]
        return follows <= _BARE_LINES_MAX and any(map(_LIST_FOOTER.search, behind))
    return False


def _device(lines: Sequence[str]) -> int:
    """The last lines, as long as each is what a device writes."""
    begin = len(lines)
    for number in range(len(lines) - 1, 0, -1):
        line = lines[number].strip()
        if not line:
            continue
        if len(line) > _DEVICE_LENGTH_MAX or not _DEVICE.fullmatch(line):
            break
        begin = number
    return begin
