"""The new text of a message that may have a text part, an HTML part or both."""

import re
from dataclasses import dataclass
from typing import Final

from mailbot_server.core.mail.html import to_text
from mailbot_server.core.mail.quote.mark import Method
from mailbot_server.core.mail.quote.split import Split, split
from mailbot_server.core.mail.quote.split_html import HtmlSplit, split_html

_WORD: Final = re.compile(r"\w+")
# What only the text part says: where a link leads, that there was a picture.
_ASIDE: Final = re.compile(
    r"<?https?://[^\s<>]*>?|\[(?:image|cid|Image)\b[^\[\]]{0,200}\]"
)
_ENDING_LENGTH: Final = 2000
_ENDING_WORDS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What the sender wrote now, and what else their message holds."""

    text: str
    html: str
    """Empty when there is no HTML part."""

    quoted_text: str
    signature: str
    method: Method
    confidence: float
    """As in `Split`."""


def extract(text: str, html: str) -> Extraction:
    """
    The new text by the part that tells more surely; both are "" where there is none.

    A text part is what the sender's client shows to people who do not read HTML: its
    wording is kept unless the HTML says for certain that it holds a quotation.
    """
    if not html.strip():
        return _of_text(split(text), "")
    by_html = split_html(html)
    if not text.strip():
        return _of_html(by_html)
    by_text = split(text)
    if _agree(by_text, by_html) or by_text.confidence >= by_html.confidence:
        return _of_text(by_text, by_html.new_html)
    if by_html.method is Method.NONE or (by_text.new and not by_html.new_text):
        return _of_text(by_text, by_html.new_html)
    return _of_html(by_html)


def _agree(by_text: Split, by_html: HtmlSplit) -> bool:
    """Whether both were cut at the same place: the last words are the same."""
    return _ending(by_text.new) == _ending(by_html.new_text)


def _ending(text: str) -> list[str]:
    words = _WORD.findall(_ASIDE.sub(" ", text[-_ENDING_LENGTH:]))
    return words[-_ENDING_WORDS:]


def _of_text(by_text: Split, html: str) -> Extraction:
    return Extraction(
        text=by_text.new,
        html=html,
        quoted_text=by_text.quoted,
        signature=by_text.signature,
        method=by_text.method,
        confidence=by_text.confidence,
    )


def _of_html(by_html: HtmlSplit) -> Extraction:
    return Extraction(
        text=by_html.new_text,
        html=by_html.new_html,
        quoted_text=to_text(by_html.quoted_html),
        signature=to_text(by_html.signature_html),
        method=by_html.method,
        confidence=by_html.confidence,
    )
