"""What is not tried for a time: a destination, an account or an inbox."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

DEFAULT: Final = timedelta(minutes=5)
"""Of a suspension whose length nobody chose, so that a forgotten one ends soon."""

LONGEST: Final = timedelta(days=30)
TEXT_MAX: Final = 500


class Scope(StrEnum):
    """What a suspension's name names."""

    DESTINATION = "destination"
    ACCOUNT = "account"
    INBOX = "inbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """
    Nothing of `name` is tried before `until`; it stays in the queue and ages as always.

    `name` is a site or a recipient domain (A-labels, lower case), an account's id or an
    inbox's id. `account_id` is whose it is, "" for a destination, `by` who asked.
    """

    id: str
    scope: Scope
    name: str
    account_id: str = ""
    reason: str
    by: str
    created_at: datetime
    until: datetime
