"""A domain of an account: what is known of it, and what that allows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from mailbot_server.core.domain.record import PENDING, Finding, Purpose, Record

SOON: Final = timedelta(minutes=5)
"""While records are missing somebody is at work on them."""

SLOW: Final = timedelta(hours=1)
SOON_FOR: Final = timedelta(days=1)
"""After this nobody is."""

SETTLED: Final = timedelta(hours=6)
LOST_AFTER: Final = timedelta(days=3)
"""A DNS fault or a moved zone takes a weekend; a domain that was sold stays away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """
    `name` is A-labels in lower case. `findings` are by `Record.key`.

    `verified_at` is set while the account may create inboxes in it, `return_path_at`
    while bounces come back to its `rp.` name. `lost_at` is when the proof of ownership
    was first found gone, `urgent_at` when somebody last began to publish something.
    """

    id: str
    account_id: str
    name: str
    token: str
    findings: Mapping[str, Finding] = field(default_factory=dict)
    created_at: datetime
    verified_at: datetime | None = None
    return_path_at: datetime | None = None
    lost_at: datetime | None = None
    urgent_at: datetime
    checked_at: datetime | None = None
    checks_at: datetime
    version: int = 1

    def finding(self, record: Record) -> Finding:
        """How a record was found last."""
        return self.findings.get(record.key, PENDING)


def missing(records: Iterable[Record], findings: Mapping[str, Finding]) -> list[Record]:
    """Records that are not as they should be, as far as is known; not the MX."""
    return [
        record
        for record in records
        if record.purpose is not Purpose.MX
        and not findings.get(record.key, PENDING).is_known_ok
    ]


def next_check(domain: Domain, unfinished: Iterable[Record], now: datetime) -> datetime:
    """When the DNS is asked again by itself; `unfinished` is what is `missing`."""
    left = list(unfinished)
    is_urgent = now - domain.urgent_at < SOON_FOR
    if left and is_urgent:
        return now + SOON
    if any(record.required for record in left):
        return now + SLOW
    return now + SETTLED
