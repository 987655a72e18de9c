"""Operations that a writer in another process can run too: functions of a module."""

import os
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw

from mailbot_server.core.errors import WrongState
from mailbot_server.store.database import Transaction

PUT = "INSERT INTO setting (name, value) VALUES (?, ?)"


def put(tx: Transaction, name: str, value: str = "1") -> None:
    """Keeps a setting that is not there yet."""
    tx.execute(PUT, name, value)


def names(tx: Transaction) -> list[str]:
    """Of all settings that tests have put."""
    own = "('epoch', 'schema_serves_from')"
    sql = f"SELECT name FROM setting WHERE name NOT IN {own} ORDER BY name"
    return [row[0] for row in tx.all(sql)]


def put_later(tx: Transaction, name: str) -> list[str]:
    """Puts when the others have run; the names until then."""
    tx.later(PUT, name, "later")
    return names(tx)


def put_and_fail(tx: Transaction, name: str) -> None:
    """Writes at once and for later, and fails."""
    put(tx, name)
    tx.later(PUT, f"{name} later", "later")
    raise LookupError(name)


def refuse(tx: Transaction) -> None:
    """An error with fields of its own."""
    raise WrongState(
        f"at {tx.now}: not now", reason="INBOX_EXPIRED", kind="STATE", subject="inb_1"
    )


def end_everything(tx: Transaction) -> None:
    """Rolls back what others have written too."""
    tx.execute("ROLLBACK")
    raise LookupError


def limit_pages(tx: Transaction, more: int) -> None:
    """Lets the file grow by so many pages from now on."""
    row = tx.one("PRAGMA page_count")
    assert row is not None
    tx.one(f"PRAGMA max_page_count = {int(row[0]) + more}")


def pragmas(tx: Transaction) -> list[Any]:
    """How the connection was set up."""
    asked = ("journal_mode", "synchronous", "foreign_keys", "query_only")
    return [tx.one(f"PRAGMA {name}") for name in asked]


def process_id(tx: Transaction) -> int:
    """Where the operation runs."""
    del tx
    return os.getpid()


def put_and_die(tx: Transaction, name: str) -> None:
    """Takes whoever runs it along."""
    put(tx, name)
    os.kill(os.getpid(), signal.SIGKILL)


def lambda_of(tx: Transaction) -> Any:
    """A result that cannot leave the process that made it."""
    put(tx, "lambda")
    return lambda: None


def length(tx: Transaction, data: bytes) -> tuple[int, bytes]:
    """How much came, and all of it back."""
    del tx
    return len(data), data


@dataclass(frozen=True, slots=True)
class FailingFirst:
    """Writes and fails the first time, and succeeds the second, in any process."""

    mark: Path
    kind: type[apsw.Error]

    def put(self, tx: Transaction, name: str) -> None:
        """The operation."""
        put(tx, name)
        if not self.mark.exists():
            self.mark.touch()
            raise self.kind("environment")


def size_of(tx: Transaction, data: bytes) -> int:
    """Keeps nothing."""
    del tx
    return len(data)
