"""
Whether a link ends a subscription, or leads to where one is ended.

Whoever wants no more mail is not watched on the way: rather a link too many stays.
"""

import re
from collections.abc import Iterable
from typing import Final

from mailbot_server.core.mail.content import link_phrase as phrase
from mailbot_server.core.tracking import reference

BEFORE: Final = 600
"""Characters before a link's tag that may say what it is for."""

BEHIND: Final = 3_000
"""Characters behind it, in which its own words stand too."""

_WORDS_MAX: Final = 500
_NEAR: Final = 160
"""Of the words around it, how many characters."""

# Of a page about subscriptions, not of one that is for sale.
_CHOICES: Final = re.compile(
    r"\bunsub\b|leave (this|the|our) (mailing )?list"
    r"|(e-?mail|mail|notification|communication|newsletter|subscription|mailing)"
    r" (preferences|settings|options)"
    r"|(manage|update|change|edit|adjust) (your |my |these )?"
    r"(e-?mail |mail |notification |newsletter )?"
    r"(preferences|subscriptions?\b|notifications)"
    r"|(no longer (wish|want)|(rather|prefer) not|do(n['\u2019]t| not) (wish|want))"
    r" (to )?(receive|get|hear)"
    r"|(cancel|end) (your |my |this )?(e-?mail |newsletter )?subscription"
    r"|(turn|switch) off (these |e-?mail |all )*(notifications|e-?mails)"
    r"|(cancella|annulla) (la )?iscrizione"
    r"|(e-?mail-?|newsletter-?|benachrichtigungs-?)einstellungen|zur abmeldung"
    r"|(gérer|modifier) (vos |mes )?(préférences|abonnements)"
    r"|(gestionar|administrar) (tus |sus |mis )?(preferencias|suscripciones)",
    re.IGNORECASE,
)
_CHOICES_ADDRESS: Final = re.compile(
    r"(e-?mail|mail|notification|communication|newsletter|subscription)s?[-_]?"
    r"(preferences|prefs|settings)|manage[-_]?(preferences|subscription)|[/=?&._-]unsub",
    re.IGNORECASE,
)
_LINK: Final = re.compile(r"</?a(?=[\s/>])", re.IGNORECASE)
_BLOCK: Final = re.compile(
    r"</?(?:p|div|t[dhr]|table|li|[uo]l|h[1-6]|br|hr|center|blockquote|body)(?=[\s/>])",
    re.IGNORECASE,
)
_TAG: Final = re.compile(r"<[^>]*+>?")
_SAID: Final = re.compile(
    r"""\b(?:alt|title|aria-label)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""", re.IGNORECASE
)
_INVISIBLE: Final = re.compile("[\u00ad\u034f\u200b-\u200f\u2060\ufeff]")
_SENTENCE_ENDED: Final = re.compile(r"[.!](?=\s)")
_SENTENCE_ENDS: Final = re.compile(r"[.!?](?=\s|$)")


def is_meant(url: str, said: Iterable[str], before: str, behind: str) -> bool:
    """
    Whether the target, the link's attributes or its words say so, or the words near it.

    `before` and `behind` are the markup around its tag. Words around count for a link
    that says nothing of its own ("click here").
    """
    if phrase.IN_ADDRESS.search(url) or _CHOICES_ADDRESS.search(url):
        return True
    if any(_says(words) for words in said):
        return True
    own = _LINK.split(behind, maxsplit=1)
    spoken = [first or second for first, second in _SAID.findall(own[0])]
    # A tag may stand between words, or within one.
    written = [_words(_TAG.sub(gap, own[0])) for gap in (" ", "")]
    if any(_says(words) for words in (*spoken, *written)):
        return True
    if written[0] and not phrase.HERE.search(written[0][:_NEAR]):
        return False
    return any(_says(words) for words in _around(before, behind[len(own[0]) :]))


def _around(before: str, after: str) -> tuple[str, str]:
    """What leads to a link in its sentence, and what goes on behind it."""
    # Behind the tag before, were it cut off.
    start = before.rfind("<", 0, before.find(">") + 1)
    before = before if start >= 0 else before[before.find(">") + 1 :]
    leading = _LINK.split(_BLOCK.split(before)[-1])[-1]
    leading = _words(_TAG.sub(" ", leading))
    leading = _SENTENCE_ENDED.split(leading)[-1][-_NEAR:]
    _, _, after = after.partition(">")
    following = _LINK.split(_BLOCK.split(after, maxsplit=1)[0], maxsplit=1)[0]
    following = _words(_TAG.sub(" ", following))
    return leading, _SENTENCE_ENDS.split(following, maxsplit=1)[0][:_NEAR]


def _says(words: str) -> bool:
    said = _words(words)[:_WORDS_MAX]
    return bool(phrase.UNSUBSCRIBE.search(said) or _CHOICES.search(said))


def _words(text: str) -> str:
    return " ".join(_INVISIBLE.sub("", reference.unescape(text)).split())
