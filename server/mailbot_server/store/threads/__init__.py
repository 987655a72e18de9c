"""
Threads: what ties messages together inside an inbox, and what each thread adds up to.

This file is what others use of it.
"""

from mailbot_server.store.threads.attaching import (
    BY_MESSAGE,
    Attached,
    add_message,
    attach,
    retell,
    tie,
)
from mailbot_server.store.threads.explaining import explain
from mailbot_server.store.threads.labelling import relabel
from mailbot_server.store.threads.listing import get, ids_of, list_latest
from mailbot_server.store.threads.merging import merge
from mailbot_server.store.threads.splitting import split

__all__ = [
    "BY_MESSAGE",
    "Attached",
    "add_message",
    "attach",
    "explain",
    "get",
    "ids_of",
    "list_latest",
    "merge",
    "relabel",
    "retell",
    "split",
    "tie",
]
