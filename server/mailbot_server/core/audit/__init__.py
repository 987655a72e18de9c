"""Who changed what, and the chain of hashes that shows when that was touched."""

from mailbot_server.core.audit.chain import GENESIS, Entry, Fault, Link
from mailbot_server.core.audit.change import ENGINE, AuditFilter, Change, changed

__all__ = [
    "ENGINE",
    "GENESIS",
    "AuditFilter",
    "Change",
    "Entry",
    "Fault",
    "Link",
    "changed",
]
