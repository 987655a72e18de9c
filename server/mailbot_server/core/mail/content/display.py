"""
HTML of strangers made safe to show: nothing runs, nothing reaches out, nothing moves.

nh3 (ammonia on html5ever) parses as browsers do and writes only what is listed here, so
that no spelling of anything else survives. What it keeps is checked once more, value by
value.
"""

import re
from dataclasses import dataclass, field
from html import escape
from typing import Final

import nh3

from mailbot_server.core.mail.content import excess
from mailbot_server.core.mail.html import to_text

INPUT_MAX: Final = 1024 * 1024
"""Characters of HTML that are looked at."""

VALUES_MAX: Final = 2 * INPUT_MAX
"""Characters of all attributes; one that is written once may be there many times."""

_TAGS: Final = {
    *("a", "abbr", "acronym", "address", "article", "aside", "b", "bdi", "bdo"),
    *(
        "big",
        "blockquote",
        "br",
        "caption",
        "center",
        "cite",
        "code",
        "col",
        "colgroup",
    ),
    *("dd", "del", "details", "dfn", "dir", "div", "dl", "dt", "em", "figcaption"),
    *("figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"),
    *("i", "img", "ins", "kbd", "li", "main", "mark", "nav", "ol", "p", "pre"),
    *("q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strike"),
    *(
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
    ),
    *("time", "tr", "tt", "u", "ul", "var", "wbr"),
}
_WITH_CONTENT: Final = {
    *(
        "script",
        "style",
        "title",
        "template",
        "noscript",
        "iframe",
        "noframes",
        "object",
    ),
    *("embed", "svg", "math", "select", "textarea", "xmp", "plaintext", "noembed"),
    *("audio", "video", "canvas", "applet"),
}
_SIZES: Final = {"align", "valign", "width", "height", "bgcolor", "background"}
_CELL: Final = {"colspan", "rowspan", "nowrap", "scope", "abbr", "headers"}
_ATTRIBUTES: Final[dict[str, set[str]]] = {
    "*": {"style", "dir", "lang", "title", "align", "aria-label", "role"},
    "a": {"href"},
    "img": {
        *("src", "srcset", "alt", "width", "height", "border", "hspace", "vspace"),
    },
    "font": {"color", "face", "size"},
    "hr": {"color", "noshade", "size", "width"},
    "ol": {"start", "type", "reversed"},
    "ul": {"type"},
    "li": {"type", "value"},
    "table": _SIZES | {"border", "cellpadding", "cellspacing", "rules", "frame"},
    "tbody": _SIZES,
    "thead": _SIZES,
    "tfoot": _SIZES,
    "tr": _SIZES,
    "td": _SIZES | _CELL,
    "th": _SIZES | _CELL,
    "col": _SIZES | {"span"},
    "colgroup": _SIZES | {"span"},
    "div": {"background"},
    "time": {"datetime"},
}
_PROPERTIES: Final = re.compile(
    r"background(?:-color)?|border(?:-(?:top|right|bottom|left))?"
    r"(?:-(?:color|style|width))?|border(?:-(?:top|bottom)-(?:left|right))?-radius"
    r"|border-collapse|border-spacing|box-sizing|caption-side|clear|color|direction"
    r"|display|empty-cells|float|font(?:-(?:family|size|style|variant|weight|stretch))?"
    r"|(?:min-|max-)?(?:height|width)|letter-spacing|line-height"
    r"|list-style(?:-type|-position)?|(?:margin|padding)(?:-(?:top|right|bottom|left))?"
    r"|mso-[a-z-]{1,40}|object-fit|opacity|overflow(?:-wrap|-x|-y)?|page-break-[a-z]{5,6}"
    r"|table-layout|text-(?:align|decoration|indent|overflow|transform|shadow)"
    r"|text-decoration-(?:color|line|style)|unicode-bidi|vertical-align|white-space"
    r"|word-(?:break|spacing|wrap)"
)
# Numbers, names, colours and quoted font names; of functions those that only reckon.
_VALUE: Final = re.compile(
    r"(?:\b(?:rgba?|hsla?|calc|min|max|clamp)\([\w\s%.,/*+-]{0,100}\)"
    r"|[\w\s#%.,!/*+\-\u00a0-\U0010ffff]"
    r"|\"[\w\s.,-]{0,100}\"|'[\w\s.,-]{0,100}')*+",
    re.IGNORECASE,
)
_STYLE_MAX: Final = 4_000
_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_REMOTE_STYLE: Final = re.compile(
    r"(?:url\s{0,9}\(|@import)\s{0,9}[\"']?\s{0,9}(?:url\s{0,9}\(\s{0,9}[\"']?)?"
    r"(?:https?:)?//",
    re.IGNORECASE,
)
_REMOTE: Final = re.compile(r"\s*(?:https?|ftp):|\s*(?:/|\\){2}", re.IGNORECASE)
_SECURE: Final = re.compile(r"https://[^\s/\\]", re.IGNORECASE)
_INSIDE: Final = re.compile(r"cid:[^\s\"'<>]{1,998}", re.IGNORECASE)
_TARGET: Final = re.compile(r"(?:https?://[^/\s\\]|mailto:|tel:)", re.IGNORECASE)
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f]+")
_RELATION: Final = "noopener noreferrer nofollow"

# What is taken out whole, and would have fetched something.
_FETCHING: Final = re.compile(
    r"<(?:link|iframe|frame|embed|object|video|audio|source|track|input|image|use"
    r"|body)\b[^<>]{0,2000}?\b(?:src|href|data|poster|background)\s{0,9}=\s{0,9}[\"']?"
    r"\s{0,9}(?:https?:)?//",
    re.IGNORECASE,
)
_STYLE_BLOCK: Final = re.compile(r"<style\b[^>]*+>", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Display:
    """Safe HTML, and how much was taken out that would have been fetched."""

    html: str
    blocked_remote_count: int = 0


@dataclass(slots=True)
class _Filter:
    """Looks at each value that is listed as allowed."""

    allow_remote: bool
    blocked: int = field(default=0)
    room: int = field(default=VALUES_MAX)

    def keep(self, tag: str, name: str, value: str) -> str | None:
        """The value as it may stand there, None for none."""
        self.room -= len(value)
        return self._kept(tag, name, value) if self.room >= 0 else None

    def _kept(self, tag: str, name: str, value: str) -> str | None:
        if tag not in _TAGS:
            return None  # of elements that are taken out whole
        if name == "style":
            return self._style(value)
        if name == "src":
            return self._source(value)
        if name in ("srcset", "background"):
            self.blocked += bool(_REMOTE.match(value)) and name == "background"
            return None
        if name == "href":
            target = _CONTROLS.sub("", value).strip()
            return target if _TARGET.match(target) else None
        return value

    def _source(self, value: str) -> str | None:
        target = _CONTROLS.sub("", value).strip()
        if _INSIDE.fullmatch(target):
            return target
        if self.allow_remote and _SECURE.match(target):
            return target
        self.blocked += bool(_REMOTE.match(target))
        return None

    def _style(self, value: str) -> str | None:
        self.blocked += len(_REMOTE_STYLE.findall(value))
        kept = safe_style(value)
        return kept or None


def sanitise(html: str, *, allow_remote: bool = False) -> Display:
    """
    `html` as it may be shown inside a page of one's own.

    Images of the message keep their cid: addresses. Remote ones stay only when that is
    allowed, and then over https alone. Of HTML that is too long the beginning is shown,
    of HTML that is nested without reason only the words.
    """
    html = html[:INPUT_MAX]
    if not html or html.isspace():
        return Display(html="")
    if excess.is_in(html):
        return of_text(to_text(html))
    values = _Filter(allow_remote)
    clean = nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags=_WITH_CONTENT,
        attributes=_ATTRIBUTES,
        attribute_filter=values.keep,
        link_rel=_RELATION,
        url_schemes={"http", "https", "mailto", "tel", "cid"},
        strip_comments=True,
    )
    return Display(html=clean, blocked_remote_count=values.blocked + _fetched(html))


def of_text(text: str) -> Display:
    """Plain text as HTML that shows it as it is."""
    shown = escape(text[:INPUT_MAX])
    style = "white-space: pre-wrap"
    return Display(html=f'<div style="{style}">{shown}</div>' if shown else "")


def safe_style(style: str) -> str:
    """The declarations of a style attribute that only change how something looks."""
    if len(style) > _STYLE_MAX or "\\" in style:
        # An escape may spell anything.
        return ""
    kept = []
    for declaration in _COMMENT.sub(" ", style).split(";"):
        name, colon, value = declaration.partition(":")
        name, value = name.strip().lower(), value.strip()
        if not colon or not value or (name.startswith("margin") and "-" in value):
            continue  # a negative margin lies over what is beside the message
        if _PROPERTIES.fullmatch(name) and _VALUE.fullmatch(value):
            kept.append(f"{name}: {value}")
    return "; ".join(kept)


def _fetched(html: str) -> int:
    """How many elements and style sheets would have fetched something."""
    count = sum(1 for _ in _FETCHING.finditer(html))
    for block in _STYLE_BLOCK.finditer(html):
        end = html.find("</", block.end())
        inside = html[block.end() : end if end >= 0 else None]
        count += len(_REMOTE_STYLE.findall(inside))
        if end < 0:
            break
    return count
