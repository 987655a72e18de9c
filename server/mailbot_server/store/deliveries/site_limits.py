"""What rules and operators limit at a destination for a time, for every process."""

from datetime import datetime
from typing import Final

from mailbot_server.core.shaping import LimitKind, SiteLimit
from mailbot_server.store import columns
from mailbot_server.store.database import Transaction
from mailbot_server.store.deliveries.suspensions import TOPIC

_PUT: Final = (
    "INSERT INTO site_limit (site, kind, value, reason, created_at, until_at)"
    " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (site, kind) DO UPDATE SET"
    " value = excluded.value, reason = excluded.reason,"
    " created_at = excluded.created_at, until_at = CASE"
    " WHEN site_limit.until_at > excluded.until_at"
    " THEN site_limit.until_at ELSE excluded.until_at END"
    " WHERE site_limit.value >= excluded.value"
    " OR site_limit.until_at <= excluded.created_at"
)


def put(tx: Transaction, limit: SiteLimit) -> None:
    """
    Limits from now on, unless what is limited of that kind is stricter.

    A stricter one keeps the later end of both. Touches "suspensions".
    """
    tx.execute(
        _PUT,
        *(limit.site, limit.kind.value, limit.value, limit.reason),
        *(columns.write_time(tx.now), columns.write_time(limit.until)),
    )
    tx.touch(TOPIC)


def lift(tx: Transaction, site: str) -> int:
    """Ends all limits of a site before their time; how many there were."""
    tx.touch(TOPIC)
    return tx.execute("DELETE FROM site_limit WHERE site = ?", site)


def list_active(tx: Transaction) -> list[SiteLimit]:
    """What is limited now, by site and kind."""
    rows = tx.all(
        "SELECT site, kind, value, reason, until_at FROM site_limit"
        " WHERE until_at > ? ORDER BY site, kind",
        columns.write_time(tx.now),
    )
    return [
        SiteLimit(
            site=site,
            kind=LimitKind(kind),
            value=value,
            reason=reason,
            until=columns.read_time(until_at),
        )
        for site, kind, value, reason, until_at in rows
    ]


def forget(tx: Transaction, before: datetime) -> int:
    """Deletes those that ended before; how many."""
    sql = "DELETE FROM site_limit WHERE until_at < ?"
    return tx.execute(sql, columns.write_time(before))
