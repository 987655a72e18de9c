"""Searching as tests need it: one inbox, one query, the ids that were found."""

from mailbot_server.core.inbox import Inbox
from mailbot_server.core.search import grammar
from mailbot_server.store import search
from mailbot_server.store.database import Database
from mailbot_server.store.search import Scope


async def found(db: Database, of: Inbox, query: str, limit: int = 50) -> list[str]:
    """Ids of the inbox's messages that the query finds, newest first."""
    scope = Scope(account_id=of.account_id, inbox_ids=(of.id,))
    node = grammar.read(query)
    hits = await db.read(search.newest, scope, node, None, limit)
    return [hit.message_id for hit in hits]
