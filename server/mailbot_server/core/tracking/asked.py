"""What a sender wants to learn of recipients."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracking:
    """Opens by a picture, clicks by links of the HTML, and of the text if asked."""

    opens: bool = False
    clicks: bool = False
    text_clicks: bool = False


NOTHING: Final = Tracking()
_LETTERS: Final = {"opens": "o", "clicks": "c", "text_clicks": "t"}


def write(tracking: Tracking) -> str:
    """A letter for each that is wanted."""
    return "".join(
        letter for name, letter in _LETTERS.items() if getattr(tracking, name)
    )


def read(letters: str) -> Tracking:
    """What `write` wrote; letters that are not known are passed over."""
    return Tracking(**{name: letter in letters for name, letter in _LETTERS.items()})
