"""Who takes part in which threads, for filters: the participants of each."""

from typing import Final

from mailbot_server.core.mail import address
from mailbot_server.store import mailboxes
from mailbot_server.store.database import Transaction
from mailbot_server.store.statements import padded, rows

_INSERT: Final = (
    "INSERT INTO thread_participant (inbox_id, address, thread_id) VALUES {}"
    " ON CONFLICT DO NOTHING"
)
_DELETE: Final = (
    "DELETE FROM thread_participant"
    " WHERE inbox_id = ? AND address = ? AND thread_id = ?"
)


def change(
    tx: Transaction, inbox_id: str, thread_id: str, before: str, after: str
) -> None:
    """Makes the rows say the new participants; both as columns have them."""
    if before == after:
        return
    old, new = _folded(before), _folded(after)
    gone = [(inbox_id, each, thread_id) for each in sorted(old - new)]
    tx.execute_many(_DELETE, gone)
    came = padded(sorted(new - old)) if new - old else []
    if came:
        values = [value for each in came for value in (inbox_id, each, thread_id)]
        tx.execute(_INSERT.format(rows(len(came), 3)), *values)


def _folded(participants: str) -> set[str]:
    return {address.fold(box.address) for box in mailboxes.read(participants)}
