"""
Links of a message: what stands there, where they lead, which end a subscription.

Nothing is fetched and nobody's redirect is resolved: a target is what is written.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from itertools import islice
from typing import Final

from mailbot_server.core.mail.content import link_phrase as phrase

LINKS_MAX: Final = 200
URL_MAX: Final = 4_096
TEXT_MAX: Final = 500
_CHARACTERS_MAX: Final = 200_000
"""Of all links together."""

_LOOKED_AT_MAX: Final = 2_000
_INPUT_MAX: Final = 1_000_000
_AROUND: Final = 150
_LINES_BETWEEN: Final = 2
_SOURCES: Final = ("html", "text", "header")

# As in `core/mail/html.py`: linear, whatever is not closed.
_MARKUP: Final = re.compile(
    r"""<(?:(/?)([a-z][a-z0-9:-]*+)((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>"""
    r"""|!--(?:.*?-->|.*)|[!?][^>]*+>?)""",
    re.IGNORECASE | re.DOTALL,
)
_RAW_END: Final = {
    name: re.compile(rf"</{name}\b[^>]*+>?", re.IGNORECASE)
    for name in ("script", "style", "template", "title", "textarea")
}
_ATTRIBUTE: Final = re.compile(
    r"""(?<![a-z0-9:_-])([a-z][a-z0-9:_-]*+)\s*+=\s*+"""
    r"""(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""",
    re.IGNORECASE,
)
_BLOCK: Final = re.compile(
    r"address|article|blockquote|body|center|div|footer|form|h[1-6]|header|hr|li|ol|p"
    r"|pre|section|table|td|th|tr|ul"
)
_HUGE_REFERENCE: Final = re.compile(r"&#[xX]?[0-9a-fA-F]{8,}+;?")
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_ALLOWED: Final = re.compile(r"(?:https?://[^/\s]|mailto:.|tel:.)", re.IGNORECASE)
_RELATIVE: Final = re.compile(r"//[^/\s]")

_IN_TEXT: Final = re.compile(
    r"<((?:https?://|mailto:|tel:)[^<>]{1,4096})>"
    r"|(?<![A-Za-z0-9])((?:https?://|www\.)[^\s<>\"\u00ab\u00bb\u201c\u201d\u3000-\u303f"
    r"\uff00-\uff5e]{1,4096}|mailto:[^\s<>\"]{3,1000})",
    re.IGNORECASE,
)
_TRAILING: Final = ".,;:!?'*\u2026"
# Not "_", "-" and "~": tokens end with them.
_TRAILING_MAX: Final = 50
_PAIRS: Final = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link; `position` counts from 0 through the body, then the header's."""

    text: str
    url: str
    position: int = 0
    source: str
    """html, text or header."""

    unsubscribe: bool = False


def find(
    text: str, html: str, unsubscribe_urls: Sequence[str] = ()
) -> tuple[Link, ...]:
    """
    The links of both bodies and of List-Unsubscribe, in order, at most LINKS_MAX.

    The same words with the same target count once; of targets in the text, those that
    the HTML does not have. Linear in the bodies, whose first million characters are
    looked at.
    """
    ends = {_key(url) for url in unsubscribe_urls}
    found: dict[tuple[str, str], Link] = {}
    targets: set[str] = set()
    for source in _SOURCES:
        known = frozenset(targets)
        for each in islice(_of(source, text, html, unsubscribe_urls), _LOOKED_AT_MAX):
            key = _key(each.url)
            if source != "html" and key in known:
                continue
            if each.text or key not in targets:
                link = replace(each, unsubscribe=each.unsubscribe or key in ends)
                _add(found, link, key)
            targets.add(key)
            if len(found) >= LINKS_MAX:
                break
    return _numbered(found.values())


def _of(source: str, text: str, html: str, urls: Sequence[str]) -> Iterator[Link]:
    match source:
        case "html":
            yield from _in_html(html[:_INPUT_MAX]) if html else ()
        case "text":
            yield from _in_text(text[:_INPUT_MAX], "text")
        case _:
            for url in urls:
                if _ALLOWED.match(url):
                    yield Link(text="", url=url, source=source, unsubscribe=True)


def _add(found: dict[tuple[str, str], Link], link: Link, key: str) -> None:
    """Adds a link; a picture without words is the same as the words beside it."""
    wordless = found.get((key, ""))
    if wordless is not None and wordless.text in ("", link.text):
        found[key, ""] = replace(
            wordless,
            text=link.text,
            unsubscribe=wordless.unsubscribe or link.unsubscribe,
        )
        return
    found.setdefault((key, link.text), link)


def _numbered(found: Iterable[Link]) -> tuple[Link, ...]:
    kept: list[Link] = []
    room = _CHARACTERS_MAX
    for link in found:
        room -= len(link.url) + len(link.text)
        if len(kept) == LINKS_MAX or room < 0:
            break
        kept.append(replace(link, position=len(kept)))
    return tuple(kept)


def _key(url: str) -> str:
    """What two spellings of one target have in common."""
    scheme, colon, rest = url.partition(":")
    return f"{scheme.lower()}{colon}{rest.rstrip('/')}"


def clean(url: str) -> str:
    """A target as it is followed, "" for one that is not to be shown."""
    # As browsers do: blanks around it go, line breaks inside it too.
    url = _CONTROLS.sub("", url).strip()
    if _RELATIVE.match(url):
        url = f"https:{url}"
    if not _ALLOWED.match(url) or len(url) > URL_MAX:
        return ""
    scheme, _, rest = url.partition(":")
    return f"{scheme.lower()}:{rest.replace(' ', '%20')}"


@dataclass(slots=True)
class _Page:
    """The text of the blocks, and where in it links stand."""

    words: list[str] = field(default_factory=list)
    length: int = 0
    url: str = ""
    """Of the open link; "" when there is none."""

    start: int = 0
    label: str = ""
    spans: list[tuple[str, int, int, str]] = field(default_factory=list)
    """Target, first and last character, and words for one that has none."""

    def write(self, text: str) -> None:
        if "&" in text:
            text = unescape(_HUGE_REFERENCE.sub("\ufffd", text))
        self.words.append(text)
        self.length += len(text)

    def open(self, url: str, label: str) -> None:
        self.close()
        self.url, self.start, self.label = clean(url), self.length, label

    def close(self) -> None:
        if self.url:
            self.spans.append((self.url, self.start, self.length, self.label))
        self.url = ""


def _in_html(html: str) -> Iterator[Link]:
    page = _read(html)
    whole = "".join(page.words)
    before = 0
    for url, start, end, label in page.spans:
        # What is written out between links, as people paste it.
        yield from _in_text(whole[before:start], "html")
        before = end
        text = " ".join(whole[start:end].split())[:TEXT_MAX] or label[:TEXT_MAX]
        around = _around(whole, start, end)
        yield Link(
            text=text, url=url, source="html", unsubscribe=_ends(text, url, around)
        )
    yield from _in_text(whole[before:], "html")


def _read(html: str) -> _Page:
    page = _Page()
    position = 0
    while match := _MARKUP.search(html, position):
        if match.start() > position:
            page.write(html[position : match.start()])
        position = match.end()
        name = (match[2] or "").lower()
        if not name:
            continue
        if match[1]:
            if name == "a":
                page.close()
        elif name in _RAW_END:
            end = _RAW_END[name].search(html, position)
            position = end.end() if end else len(html)
        else:
            _open(page, name, match[3])
        if name == "br" or _BLOCK.fullmatch(name):
            # Twice, so that words of two blocks are not taken for one sentence.
            page.write("\n" if name == "br" else "\n\n")
    page.write(html[position:])
    page.close()
    return page


def _open(page: _Page, name: str, attributes: str) -> None:
    if name not in ("a", "area", "img"):
        return
    values = _attributes(attributes)
    if name == "img":
        if page.url and (alt := values.get("alt", "")):
            page.write(f" {' '.join(alt.split())} ")
        return
    label = values.get("title", "") or values.get("aria-label", "")
    if "href" in values or name == "a":
        page.open(values.get("href", ""), values.get("alt", "") or label)
    if name == "area":
        page.close()


def _attributes(written: str) -> dict[str, str]:
    """Lower-case name → value; of a name that comes twice the first."""
    values: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(written):
        value = match[2] or match[3] or match[4] or ""
        if "&" in value:
            value = unescape(_HUGE_REFERENCE.sub("\ufffd", value))
        values.setdefault(match[1].lower(), value)
    return values


def _around(whole: str, start: int, end: int) -> str:
    """The words of the same block near a link."""
    before = whole[max(start - _AROUND, 0) : start].rpartition("\n\n")[2]
    behind = whole[end : end + _AROUND].partition("\n\n")[0]
    # A sentence that ended before says nothing about this link.
    before = re.split(r"[.!?。]\s", before)[-1]
    behind = re.split(r"[.!?。](?:\s|$)", behind, maxsplit=1)[0]
    return f"{before} {behind}"


def _in_text(text: str, source: str) -> Iterator[Link]:
    if ":" not in text and "www." not in text.lower():
        return
    for match in _IN_TEXT.finditer(text):
        bracketed = match[1]
        written = "".join(bracketed.split()) if bracketed else trimmed(match[2])
        url = written
        if written[:4].lower() == "www.":
            url = f"http://{written}" if "." in written[4:] else ""
        if url := clean(url):
            around = _line_before(text, match.start())
            ends = bool(phrase.IN_ADDRESS.search(url) or _is_told(around))
            yield Link(
                text=written[:TEXT_MAX], url=url, source=source, unsubscribe=ends
            )


def _line_before(text: str, start: int) -> str:
    """
    The words that lead to a bare link: of its line, or of the one above.

    Words behind it belong to the next.
    """
    before = text[max(start - _AROUND, 0) : start]
    line = before.rpartition("\n")[2]
    if line.strip(" \t<(["):
        return line
    above = before.rstrip(" \t\r\n<([")
    is_near = before[len(above) :].count("\n") <= _LINES_BETWEEN
    return above.rpartition("\n")[2] if is_near else ""


def trimmed(url: str) -> str:
    """A bare link without the end of its sentence and brackets opened before it."""
    for _ in range(_TRAILING_MAX):
        last = url[-1:]
        opened = _PAIRS.get(last, "")
        is_stray = bool(opened) and url.count(last) > url.count(opened)
        if not last or (last not in _TRAILING and not is_stray):
            break
        url = url[:-1]
    return url


def _ends(text: str, url: str, around: str) -> bool:
    if phrase.UNSUBSCRIBE.search(text) or phrase.IN_ADDRESS.search(url):
        return True
    says_nothing = not text or phrase.HERE.search(text) or text == url
    return bool(says_nothing) and _is_told(around)


def _is_told(words: str) -> bool:
    return bool(phrase.UNSUBSCRIBE.search(words))
