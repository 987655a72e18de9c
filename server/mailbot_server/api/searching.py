"""What SearchMessages asks for, and its hits as an answer."""

from typing import Final

from mailbot.v1 import messages_pb2
from mailbot_server.api import lookup, pages
from mailbot_server.api.convert import messages as convert
from mailbot_server.api.pages import Pages
from mailbot_server.core import policy
from mailbot_server.core.account import Principal
from mailbot_server.core.search import grammar
from mailbot_server.engine import searching
from mailbot_server.engine.searching import Asked, Found
from mailbot_server.store.database import Database
from mailbot_server.store.search import Scope

PAGE: Final = 50
PAGE_MAX: Final = 100
_RELEVANCE: Final = messages_pb2.SearchMessagesRequest.ORDER_RELEVANCE


async def search(
    db: Database,
    principal: Principal,
    page_tokens: Pages,
    request: messages_pb2.SearchMessagesRequest,
) -> messages_pb2.SearchMessagesResponse:
    """
    A page of hits.

    Raises InvalidInput with QUERY_INVALID, NotFound, and NotAllowed with
    INBOX_PERMISSION_MISSING.
    """
    scope = await _scope(db, principal, request.inbox_id)
    asked = Asked(
        scope=scope,
        node=grammar.read(request.query),
        is_by_relevance=request.order == _RELEVANCE,
        after=page_tokens.place(request),
    )
    limit = pages.size(request.page_size, default=PAGE, most=PAGE_MAX)
    found, more = await searching.find(db, asked, limit)
    hits = pages.fitting(map(_hit, found))
    if more or len(hits) < len(found):
        token = page_tokens.token(request, found[len(hits) - 1].place) if hits else ""
    else:
        token = ""
    return messages_pb2.SearchMessagesResponse(hits=hits, next_page_token=token)


async def _scope(db: Database, principal: Principal, name: str) -> Scope:
    if not name:
        return Scope(account_id=principal.account_id, inbox_ids=principal.inbox_ids)
    inbox = await db.read(lookup.inbox, principal, name)
    policy.check_may_search(inbox)
    return Scope(account_id=principal.account_id, inbox_ids=(inbox.id,))


def _hit(found: Found) -> messages_pb2.SearchHit:
    return messages_pb2.SearchHit(
        message=convert.to_proto(found.message, found.deliveries),
        highlights=[
            messages_pb2.Highlight(
                field=each.field.value,
                text=each.text,
                ranges=[
                    messages_pb2.Highlight.Range(start=start, end=end)
                    for start, end in each.ranges
                ],
            )
            for each in found.highlights
        ],
        score=found.score,
    )
