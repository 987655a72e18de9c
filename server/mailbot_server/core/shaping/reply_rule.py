"""
What is done at a destination when a host answers in certain words.

A rule names whose replies it reads and what they look like; the first that fits
decides.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from mailbot_server.core.mail.reply import Reply
from mailbot_server.core.shaping.limit import LimitKind

TEXT_MAX: Final = 1000


class Do(StrEnum):
    """What an action does."""

    SLOW = "slow"
    SUSPEND = "suspend"
    LIMIT = "limit"
    BOUNCE = "bounce"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """
    One thing that a rule has done.

    slow: half of the attempts at a time and half of the messages a minute that go there
    now, for so many minutes. suspend: nothing is tried for so many minutes. limit: at
    most `value` of `what` for so many minutes. bounce: this delivery ends as bounced.
    """

    do: Do
    minutes: int = 0
    what: LimitKind | None = None
    value: int = 0

    @property
    def length(self) -> timedelta:
        """How long it holds."""
        return timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyRule:
    """
    Whose replies it reads, what they look like, what is done; what is empty fits all.

    `sites` are names of sites or providers, or domains above the host that answered.
    `code` is how the code begins. `enhanced`, which fits all of it, and `text`, which
    is searched in any case, are regular expressions without unbounded repeats.
    """

    id: str
    sites: tuple[str, ...] = ()
    code: str = ""
    enhanced: re.Pattern[str] | None = None
    text: re.Pattern[str] | None = None
    actions: tuple[Action, ...] = ()

    def fits(self, names: frozenset[str], reply: Reply) -> bool:
        """Whether it reads this reply of a host that has these names."""
        if self.sites and names.isdisjoint(self.sites):
            return False
        if not str(reply.code).startswith(self.code):
            return False
        if self.enhanced is not None and not self.enhanced.fullmatch(reply.enhanced):
            return False
        return self.text is None or bool(self.text.search(reply.text[:TEXT_MAX]))


def names_of(site: str, provider: str, host: str) -> frozenset[str]:
    """All that a rule may call the place by: site, provider, domains of the host."""
    labels = host.lower().rstrip(".").split(".")
    above = (".".join(labels[start:]) for start in range(len(labels)))
    return frozenset(name for name in (site, provider, *above) if name)


def find(
    rules: Sequence[ReplyRule], names: frozenset[str], reply: Reply
) -> ReplyRule | None:
    """The first rule that fits, with or without actions; None for most replies."""
    if reply.code < 400:
        return None
    return next((rule for rule in rules if rule.fits(names, reply)), None)
