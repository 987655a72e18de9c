"""Who takes part in which threads, for filters: the participants of each."""

from collections.abc import Collection, Iterable
from typing import Final

from mailbot_server.core.mail import address
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.store import mailboxes
from mailbot_server.store.database import Transaction
from mailbot_server.store.statements import padded, rows

_INSERT: Final = (
    "INSERT INTO thread_participant (inbox_id, address, thread_id) VALUES {}"
    " ON CONFLICT DO NOTHING"
)
ASKED_MAX: Final = 254
"""Characters of an address that a filter can ask for; more do not fit into an index."""

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
    old, new = map(_folded, map(mailboxes.read, (before, after)))
    gone = [(inbox_id, each, thread_id) for each in sorted(old - new)]
    tx.execute_many(_DELETE, gone)
    _insert(tx, inbox_id, thread_id, new - old)


def add(
    tx: Transaction,
    inbox_id: str,
    thread_id: str,
    everybody: Iterable[Mailbox],
    known: Iterable[Mailbox],
) -> None:
    """Makes rows for those who were not known; nobody goes."""
    _insert(tx, inbox_id, thread_id, _folded(everybody) - _folded(known))


def _insert(
    tx: Transaction, inbox_id: str, thread_id: str, came: Collection[str]
) -> None:
    if came:
        each = padded(sorted(came))
        values = [value for one in each for value in (inbox_id, one, thread_id)]
        tx.execute(_INSERT.format(rows(len(each), 3)), *values)


def _folded(people: Iterable[Mailbox]) -> set[str]:
    folded = {address.fold(box.address) for box in people}
    return {each for each in folded if len(each) <= ASKED_MAX}
