"""Divides an HTML body into new words, quotation and signature, as HTML again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mailbot_server.core.mail.html import to_text
from mailbot_server.core.mail.quote import original, page, signature
from mailbot_server.core.mail.quote.mark import Kind, Marks, Method, mark
from mailbot_server.core.mail.quote.page import Page
from mailbot_server.core.mail.quote.split import UNSURE, confidence

HTML_MAX: Final = 2_000_000
"""Characters; no longer body is cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlSplit:
    """The three layers of an HTML body, each with the elements that held its lines."""

    new_html: str
    """The body itself where nothing is quoted and nothing signed."""

    quoted_html: str
    signature_html: str
    new_text: str
    """`new_html` for readers of text; a person's own block quotations have "> "."""

    method: Method
    confidence: float
    """As in `Split`."""


def split_html(html: str) -> HtmlSplit:
    """
    What is new in an HTML body and what is not.

    What the sender's client calls a quotation is one; then the words decide, as in a
    text. Time is linear.
    """
    if len(html) > HTML_MAX:
        return _whole(html, UNSURE)
    body = page.read(html)
    marks = mark(body.lines, body.kinds)
    signed = _signed(body, marks)
    is_doubtful = marks.is_open or marks.method is Method.MARKERS
    if marks.is_unsure or (is_doubtful and not _has_new(body, marks, signed)):
        marks = Marks([False] * len(body.lines), is_unsure=True)
        signed = _signed(body, marks)
    if not any(marks.quoted) and not any(signed):
        return _whole(html, confidence(marks))
    new = _new(body.lines, marks.quoted, signed)
    new_html = body.render(new)
    return HtmlSplit(
        new_html=new_html,
        quoted_html=body.render(marks.quoted) if any(marks.quoted) else "",
        signature_html=body.render(signed) if any(signed) else "",
        new_text=to_text(new_html),
        method=marks.method,
        confidence=confidence(marks),
    )


def _whole(html: str, likelihood: float) -> HtmlSplit:
    return HtmlSplit(
        new_html=html,
        quoted_html="",
        signature_html="",
        new_text=to_text(html),
        method=Method.NONE,
        confidence=likelihood,
    )


def _signed(body: Page, marks: Marks) -> list[bool]:
    """The lines of the signature, unless they are all that is new."""
    signed = [
        kind is Kind.SIGNATURE and not is_quoted
        for kind, is_quoted in zip(body.kinds, marks.quoted, strict=True)
    ]
    if any(signed) and not _has_new(body, marks, signed):
        signed = [False] * len(signed)
    first = next((number for number, line in enumerate(body.lines) if line), 0)
    rest = [
        number
        for number in range(first, len(body.lines))
        if not marks.quoted[number] and not signed[number]
    ]
    while rest and not body.lines[rest[-1]]:
        rest.pop()
    found = signature.find([body.lines[number] for number in rest])
    for number in rest[found:]:
        signed[number] = True
    return signed


def _has_new(body: Page, marks: Marks, signed: Sequence[bool]) -> bool:
    return any(
        line and not is_quoted and not is_signed and not original.is_rule(line)
        for line, is_quoted, is_signed in zip(
            body.lines, marks.quoted, signed, strict=True
        )
    )


def _new(
    lines: Sequence[str], quoted: Sequence[bool], signed: Sequence[bool]
) -> list[bool]:
    """The other lines, but empty ones only between two of them."""
    new = [False] * len(lines)
    last = -1
    for number, line in enumerate(lines):
        if quoted[number] or signed[number]:
            last = -1
        elif line:
            if last >= 0:
                new[last:number] = [True] * (number - last)
            new[number] = True
            last = number
    return new
