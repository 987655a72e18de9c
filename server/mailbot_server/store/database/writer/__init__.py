"""Who writes to the SQLite file: a thread of this process, or a process of its own."""

from mailbot_server.store.database.writer.lock import WriterLock
from mailbot_server.store.database.writer.process import WriterProcess
from mailbot_server.store.database.writer.thread import WriterThread

__all__ = ["WriterLock", "WriterProcess", "WriterThread"]
