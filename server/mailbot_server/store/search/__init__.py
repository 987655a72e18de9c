"""
The full-text index: one document a message, the same words on both databases.

This file is what others use of it.
"""

from mailbot_server.store.search.finding import (
    RANKED_MAX,
    Hit,
    Scope,
    newest,
    ranked,
)
from mailbot_server.store.search.index import add, remove

__all__ = ["RANKED_MAX", "Hit", "Scope", "add", "newest", "ranked", "remove"]
