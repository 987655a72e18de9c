"""The audit as the server returns it: entries, and whether a chain of them is whole."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mailbot.v1 import audits_pb2


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """Who changed what; the JSON is what the hash is over."""

    id: str
    account_id: str
    sequence: int
    create_time: datetime | None
    actor_id: str
    surface: str
    action: str
    resource_type: str
    resource_id: str
    inbox_id: str
    request_id: str
    before_json: str
    after_json: str
    previous_hash: str
    hash: str
    raw: audits_pb2.AuditEntry = field(repr=False, compare=False)

    @property
    def before(self) -> dict[str, Any]:
        """The fields that changed, as they were."""
        return _object(self.before_json)

    @property
    def after(self) -> dict[str, Any]:
        """The fields that changed, as they are since."""
        return _object(self.after_json)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFault:
    """
    What is wrong with a chain, and at which entry.

    `kind` is "changed", "missing", "reordered", "cut_off", or "rewritten": a hash that
    was kept is in it no more.
    """

    sequence: int
    kind: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditVerification:
    """How many entries are as they were written, and the first fault, None for none."""

    entry_count: int
    last_sequence: int
    last_hash: str
    fault: AuditFault | None


def _object(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text or "{}")
    return found
