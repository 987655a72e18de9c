"""Domains of the account's own: what to publish for them, and how it stands."""

from typing import Unpack
from uuid import uuid4

from mailbot.arguments import check_keywords
from mailbot.calls import AsyncConnection, Call, Connection, unary
from mailbot.convert import result
from mailbot.pages import AsyncPages, Listing, Page, PageOptions, Pages, listing, page
from mailbot.types import Domain
from mailbot.v1 import domains_pb2


class Domains:
    """The account's domains, by id or name."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create(self, name: str, *, request_id: str = "") -> Domain:
        """Begin with a domain: makes its keys; its `records` say what to publish."""
        return self._connection.call(_create(name, request_id))

    def get(self, domain_id: str) -> Domain:
        """A domain as it was seen last."""
        return self._connection.call(_get(domain_id))

    def list(self, **options: Unpack[PageOptions]) -> Pages[Domain]:
        """Domains, newest first."""
        return Pages(self._connection, _list(options))

    def verify(self, domain_id: str) -> Domain:
        """Ask the DNS now; the domain as it is afterwards."""
        return self._connection.call(_verify(domain_id))

    def rotate_keys(self, domain_id: str) -> Domain:
        """Make new DKIM keys; they sign once their records were seen."""
        return self._connection.call(_rotate(domain_id))

    def delete(self, domain_id: str) -> None:
        """Give a domain up and destroy its keys; its inboxes must be disabled."""
        self._connection.call(_delete(domain_id))


class AsyncDomains:
    """As `Domains`, awaited."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def create(self, name: str, *, request_id: str = "") -> Domain:
        return await self._connection.call(_create(name, request_id))

    async def get(self, domain_id: str) -> Domain:
        return await self._connection.call(_get(domain_id))

    def list(self, **options: Unpack[PageOptions]) -> AsyncPages[Domain]:
        return AsyncPages(self._connection, _list(options))

    async def verify(self, domain_id: str) -> Domain:
        return await self._connection.call(_verify(domain_id))

    async def rotate_keys(self, domain_id: str) -> Domain:
        return await self._connection.call(_rotate(domain_id))

    async def delete(self, domain_id: str) -> None:
        await self._connection.call(_delete(domain_id))


def _create(name: str, request_id: str) -> Call[Domain]:
    return unary(
        lambda stubs: stubs.domains.CreateDomain,
        domains_pb2.CreateDomainRequest(
            name=name, request_id=request_id or str(uuid4())
        ),
        _domain,
    )


def _get(domain_id: str) -> Call[Domain]:
    return unary(
        lambda stubs: stubs.domains.GetDomain,
        domains_pb2.GetDomainRequest(domain_id=domain_id),
        _domain,
    )


def _verify(domain_id: str) -> Call[Domain]:
    return unary(
        lambda stubs: stubs.domains.VerifyDomain,
        domains_pb2.VerifyDomainRequest(domain_id=domain_id),
        _domain,
    )


def _rotate(domain_id: str) -> Call[Domain]:
    return unary(
        lambda stubs: stubs.domains.RotateDomainKeys,
        domains_pb2.RotateDomainKeysRequest(domain_id=domain_id),
        _domain,
    )


def _delete(domain_id: str) -> Call[None]:
    return unary(
        lambda stubs: stubs.domains.DeleteDomain,
        domains_pb2.DeleteDomainRequest(domain_id=domain_id),
        lambda _: None,
    )


def _list(options: PageOptions) -> Listing[Domain]:
    check_keywords(options, PageOptions)

    def fetch(token: str, size: int) -> Call[Page[Domain]]:
        request = domains_pb2.ListDomainsRequest(page_token=token, page_size=size)
        return unary(lambda stubs: stubs.domains.ListDomains, request, _page)

    return listing(fetch, options)


def _page(response: domains_pb2.ListDomainsResponse) -> Page[Domain]:
    return page(Domain, response.domains, response, response.next_page_token)


def _domain(
    response: domains_pb2.CreateDomainResponse
    | domains_pb2.GetDomainResponse
    | domains_pb2.VerifyDomainResponse
    | domains_pb2.RotateDomainKeysResponse,
) -> Domain:
    return result(Domain, response.domain)
