"""
Character references in the values of attributes (WHATWG HTML 13.2.5.72).

In a value `&copy=1` is no sign of copyright: a name without its semicolon counts only
where neither a letter, a digit nor "=" follows. `html.unescape` does not know that.
"""

import html
import re
from html.entities import html5
from typing import Final

_REFERENCE: Final = re.compile(
    r"&(?:#[0-9]{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[a-zA-Z][a-zA-Z0-9]{0,31}+;?)"
)


def unescape(value: str) -> str:
    """The value as it is meant; never raises."""
    return _REFERENCE.sub(_meant, value) if "&" in value else value


def _meant(found: re.Match[str]) -> str:
    whole, name = found[0], found[0][1:]
    if name.startswith("#"):
        return html.unescape(whole if whole.endswith(";") else f"{whole};")
    character = html5.get(name, whole)
    if name.endswith(";"):
        return character
    behind = found.string[found.end() : found.end() + 1]
    is_word = behind == "=" or (behind.isascii() and behind.isalnum())
    return whole if is_word else character
