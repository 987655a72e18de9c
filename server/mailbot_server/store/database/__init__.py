"""The one bridge between coroutines and the blocking database."""

from mailbot_server.store.database.bridge import Database
from mailbot_server.store.database.topics import Watch
from mailbot_server.store.database.transaction import Transaction

__all__ = ["Database", "Transaction", "Watch"]
