"""What an operation changed, and what of it is told: only what differs."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol

from mailbot_server.core.audit import values

ENGINE: Final = "mailbot"
"""Who did it when nobody asked."""

Values = Mapping[str, object]

_write: Final = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False
).encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """
    What an operation changed; `tx.audit` makes it an entry of the account's chain.

    `before` and `after` are the fields by name, whole or only those that matter: equal
    ones are left out. What is new has no `before`, what is gone no `after`. Values are
    texts, numbers, instants, enumerations, facts, and lists and mappings of those;
    `actor_id` is only said when it is not the one for whom the operation runs.
    """

    account_id: str
    action: str
    resource_type: str
    resource_id: str
    inbox_id: str = ""
    before: Values = field(default_factory=dict)
    after: Values = field(default_factory=dict)
    actor_id: str = ""

    @property
    def is_none(self) -> bool:
        """Whether everything is as it was."""
        return bool(self.before) and self.before == self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """
    Which entries; what is empty holds for all.

    An `action` that ends with "." stands for all that begin with it. `inbox_ids` are
    those that the caller may see, None for all entries, also those of no inbox.
    """

    actor_id: str = ""
    action: str = ""
    resource_id: str = ""
    resource_type: str = ""
    inbox_id: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    inbox_ids: tuple[str, ...] | None = None


class Thing(Protocol):
    """A fact that belongs to an account and has an id."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def account_id(self) -> str:
        """Whose it is."""


def changed(
    action: str,
    before: Thing | None,
    after: Thing | None,
    *,
    inbox_id: str = "",
    renamed: Mapping[str, str] | None = None,
) -> Change:
    """
    A change of a fact, one of which is None when it was not, or is no more.

    The action begins with what the fact is. Its `inbox_id`, if it has one, is the
    entry's; `renamed` says fields as callers know them.
    """
    known = after or before
    assert known is not None, "something was changed"
    return Change(
        account_id=known.account_id,
        action=action,
        resource_type=action.partition(".")[0],
        resource_id=known.id,
        inbox_id=inbox_id or str(getattr(known, "inbox_id", "")),
        before=values.fields_of(before, renamed or {}) if before else {},
        after=values.fields_of(after, renamed or {}) if after else {},
    )


def difference(change: Change) -> tuple[str, str]:
    """What changed, as JSON objects: as it was and as it is; no secret is in them."""
    before, after = change.before, change.after
    same = {
        name for name, value in before.items() if name in after and after[name] == value
    }
    return _object(before, same), _object(after, same)


def _object(given: Values, same: set[str]) -> str:
    told = {name: value for name, value in given.items() if name not in same}
    return _write(values.plain(told))
