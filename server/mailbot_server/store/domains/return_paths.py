"""Which domains have an `rp.` record that points here, as it was last verified."""

from typing import Final

from mailbot_server.store.database import Transaction

_READY: Final = (
    "SELECT 1 FROM domain WHERE name = ? AND verified_at IS NOT NULL"
    " AND return_path_at IS NOT NULL AND deleted_at IS NULL"
)


def is_ready(tx: Transaction, name: str) -> bool:
    """Whether somebody's verified domain of this name takes bounces for us."""
    return tx.one(_READY, name) is not None
