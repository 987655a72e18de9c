"""
Tells HTML that would cost far more than it is long from what programs and people write.

A browser begins formatting that is never closed anew in every paragraph behind it
(WHATWG HTML 13.2.4.3): 70 KB of tags become a gigabyte. Time grows with the depth. What
is reckoned here is never too little, however tags are hidden.
"""

import re
from collections import Counter
from typing import Final

TAGS_MAX: Final = 50_000
REFERENCES_MAX: Final = 50_000
DEPTH_MAX: Final = 500
REPEATED_MAX: Final = 500_000
"""Elements that may come of formatting that begins again."""

REREAD_MAX: Final = 100_000_000
"""Characters of attributes that may be looked at then."""

_ALIKE_MAX: Final = 3
"""Of those that are alike no more are begun again, WHATWG HTML says."""

# Whatever is a tag ends with the first ">" or behind it.
_TAG: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*+(?::p)?)([^>]*+)")
_MARK: Final = re.compile(rf"{_TAG.pattern}|<[!?/]")
"""A tag, or what may hide some."""

# Attributes that end where they seem to.
_PLAIN: Final = re.compile(
    r"(?:[ \t\r\n]++[\w:-]++(?:=(?:\"[^\"<>]*+\"|'[^'<>]*+'|[\w#%.:-]++))?)*+"
    r"[ \t\r\n]*+/?",
    re.ASCII,
)
_VOID: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
)
_LINK: Final = "a"
"""Is formatting too, but the next one ends the one before."""

_FORMATTING: Final = frozenset(
    {"b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong"}
    | {"tt", "u"}
)

_INSIDE: Final = frozenset({"br", "img", "wbr"})
_NESTED: Final = frozenset({"o:p", "span"})
"""What carries formatting nowhere if it ends where it began, too."""

_Tag = tuple[str, str, str]
"""The slash of its end, its name and the rest of it."""


def is_in(html: str) -> bool:
    """Whether there is more of tags, or of what comes of them, than in any mail."""
    tags = html.count("<")
    if tags > TAGS_MAX or html.count("&") > REFERENCES_MAX:
        return True
    found = [(end, name.lower(), rest) for end, name, rest in _TAG.findall(html)]
    return _is_deep(found) or (_is_repeated(found, tags) and not _is_closed(html))


def _is_repeated(found: list[_Tag], tags: int) -> bool:
    """Whether formatting may begin again too often, each time behind another tag."""
    links = [len(rest) for end, name, rest in found if name == _LINK and not end]
    formatting = Counter(
        (name, rest) for end, name, rest in found if name in _FORMATTING and not end
    )
    alike = [(min(n, _ALIKE_MAX), len(rest)) for (_, rest), n in formatting.items()]
    elements = 1 + sum(count for count, _ in alike)
    characters = max(links, default=0) + sum(n * length for n, length in alike)
    return elements * tags > REPEATED_MAX or characters * tags > REREAD_MAX


def _is_closed(html: str) -> bool:
    """Whether all formatting visibly ends where it began, so that none begins again."""
    opened: list[str] = []
    for end, name, rest in _MARK.findall(html):
        kind = name.lower()
        is_formatting = kind in _FORMATTING or kind == _LINK
        is_nested = is_formatting or (bool(opened) and kind in _NESTED)
        if not (is_nested or opened):
            continue
        if not (is_nested or kind in _INSIDE) or not _PLAIN.fullmatch(rest):
            return False
        if is_nested and not end:
            opened.append(kind)
        elif is_nested and (not opened or opened.pop() != kind):
            return False
    return not opened


def _is_deep(tags: list[_Tag]) -> bool:
    """Whether too many elements are open at once; what is not open cannot end."""
    opened = Counter[str]()
    depth = 0
    for end, name, _ in tags:
        if name in _VOID or (end and not opened[name]):
            continue
        opened[name] += -1 if end else 1
        depth += -1 if end else 1
        if depth > DEPTH_MAX:
            return True
    return False
