"""Names of months, as programs write them that take their user's language for all's."""

# ruff: noqa: RUF001 - other alphabets have letters that look like Latin ones

import unicodedata
from typing import Final

# How they begin, one line for each month; of what begins alike so much as differs.
_NAMES: Final = (
    "jan ene gen ian sty led oca tam янв яну січ ιαν",
    "feb fev lut úno sub hel фев лют φεβ",
    "mar mrt mrz bře maa мар бер μαρ",
    "apr abr avr kwi dub nis huh апр кві απρ",
    "may mai maj mei mag kvě tou май мая тра μαι",
    "jun giu cze iun juin čvn červen haz kes июн юни чер ιουν",
    "jul lug iul juil čvc červenec lip tem hei июл юли лип ιουλ",
    "aug ago aoû agu sie srp elo авг сер αυγ",
    "sep set wrz zář sze eyl syy сен сеп вер σεπ",
    "oct okt ott out paź říj eki lok окт жов οκτ",
    "nov noi lis kas marras ноя ное лис νοε",
    "dec des dez dic gru pro ara jou дек гру δεκ",
)
_LENGTHS: Final = (8, 6, 4, 3)


def month_of(word: str) -> int:
    """1 to 12 for a month's name, short or long, in many languages; else KeyError."""
    name = plain(word)
    for length in _LENGTHS:
        number = _NUMBERS.get(name[:length])
        if number:
            return number
    raise KeyError(word)


def plain(word: str) -> str:
    """In lower case and without accents."""
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", word.lower())
    return "".join(part for part in parts if not unicodedata.combining(part))


_NUMBERS: Final = {
    plain(name): number
    for number, names in enumerate(_NAMES, start=1)
    for name in names.split()
}
