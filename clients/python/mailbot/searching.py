"""What `messages.search` takes, and how it asks for a page of hits."""

from mailbot.arguments import InboxRef, check_keywords, inbox_name
from mailbot.calls import Call, unary
from mailbot.convert import enum_name
from mailbot.pages import Listing, Page, PageOptions, listing, page
from mailbot.types import SearchHit
from mailbot.v1 import messages_pb2

ORDER = messages_pb2.SearchMessagesRequest.Order.DESCRIPTOR


class SearchOptions(PageOptions, total=False):
    """Where to search, and in which order hits come."""

    inbox_id: InboxRef
    """Only in this inbox; otherwise in all that the key may search."""
    order: str
    """"newest_first" (default) or "relevance"."""


def hits(query: str, options: SearchOptions) -> Listing[SearchHit]:
    """The hits of a query."""
    check_keywords(options, SearchOptions)
    wanted = options.get("order")
    order = enum_name(ORDER, wanted) if wanted else None
    inbox_id = inbox_name(options.get("inbox_id", ""))

    def fetch(token: str, size: int) -> Call[Page[SearchHit]]:
        request = messages_pb2.SearchMessagesRequest(
            inbox_id=inbox_id,
            query=query,
            order=order,
            page_token=token,
            page_size=size,
        )
        return unary(lambda stubs: stubs.messages.SearchMessages, request, _page)

    return listing(fetch, options)


def _page(response: messages_pb2.SearchMessagesResponse) -> Page[SearchHit]:
    return page(SearchHit, response.hits, response, response.next_page_token)
