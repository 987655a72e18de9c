"""The two doors to a server: `MailBot` for threads, `AsyncMailBot` for asyncio."""

from types import TracebackType
from typing import Self

from mailbot.calls import AsyncConnection, Connection
from mailbot.channel import DEFAULT_TIMEOUT_SECONDS, Tls, settings
from mailbot.resources.accounts import Accounts, AsyncAccounts
from mailbot.resources.audit import AsyncAudit, Audit
from mailbot.resources.deliveries import AsyncDeliveries, Deliveries
from mailbot.resources.domains import AsyncDomains, Domains
from mailbot.resources.events import AsyncEvents, Events
from mailbot.resources.inboxes import AsyncInboxes, Inboxes
from mailbot.resources.keys import AccountReader, AsyncAccountReader, AsyncKeys, Keys
from mailbot.resources.lists import AddressLists, AsyncAddressLists
from mailbot.resources.messages import AsyncMessages, Messages
from mailbot.resources.rules import AsyncRules, Rules
from mailbot.resources.subscriptions import AsyncSubscriptions, Subscriptions
from mailbot.resources.suppressions import AsyncSuppressions, Suppressions
from mailbot.resources.threads import AsyncThreads, Threads
from mailbot.resources.usage import AsyncUsageReader, UsageReader
from mailbot.resources.webhooks import AsyncWebhooks, Webhooks
from mailbot.retry import Backoff

BACKOFF = Backoff()


class MailBot:
    """
    A server, seen with one API key. Usable from any number of threads.

    `api_key` and `target` ("host:port") may come from MAILBOT_API_KEY and
    MAILBOT_TARGET. Without `tls`, a server on this machine is spoken to in plaintext
    and any other one over TLS; `insecure=True` allows plaintext everywhere. `tls` may
    be True (the system's certificates), a path to root certificates in PEM, or
    `grpc.ChannelCredentials`. `timeout` is the seconds that one call may take,
    `backoff` how streams and transfers that broke are begun again.

    It connects at the first call and belongs into a `with` block or is closed.
    """

    def __init__(
        self,
        api_key: str | None = None,
        target: str | None = None,
        *,
        tls: Tls = None,
        insecure: bool = False,
        timeout: float = DEFAULT_TIMEOUT_SECONDS,
        backoff: Backoff = BACKOFF,
    ) -> None:
        self._connection = Connection(
            settings(
                api_key=api_key,
                target=target,
                tls=tls,
                insecure=insecure,
                timeout=timeout,
                backoff=backoff,
            )
        )
        self.inboxes = Inboxes(self._connection)
        self.messages = Messages(self._connection)
        self.threads = Threads(self._connection)
        self.events = Events(self._connection)
        self.suppressions = Suppressions(self._connection)
        self.keys = Keys(self._connection)
        self.account = AccountReader(self._connection)
        self.accounts = Accounts(self._connection)
        self.deliveries = Deliveries(self._connection)
        self.domains = Domains(self._connection)
        self.lists = AddressLists(self._connection)
        self.rules = Rules(self._connection)
        self.audit = Audit(self._connection)
        self.usage = UsageReader(self._connection)
        self.webhooks = Webhooks(self._connection)
        self.subscriptions = Subscriptions(self._connection)

    def close(self) -> None:
        """End every subscription and hang up."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class AsyncMailBot:
    """
    As `MailBot`, awaited. Belongs to the event loop of its first call.

    Closed by `await close()` or an `async with` block.
    """

    def __init__(
        self,
        api_key: str | None = None,
        target: str | None = None,
        *,
        tls: Tls = None,
        insecure: bool = False,
        timeout: float = DEFAULT_TIMEOUT_SECONDS,
        backoff: Backoff = BACKOFF,
    ) -> None:
        self._connection = AsyncConnection(
            settings(
                api_key=api_key,
                target=target,
                tls=tls,
                insecure=insecure,
                timeout=timeout,
                backoff=backoff,
            )
        )
        self.inboxes = AsyncInboxes(self._connection)
        self.messages = AsyncMessages(self._connection)
        self.threads = AsyncThreads(self._connection)
        self.events = AsyncEvents(self._connection)
        self.suppressions = AsyncSuppressions(self._connection)
        self.keys = AsyncKeys(self._connection)
        self.account = AsyncAccountReader(self._connection)
        self.accounts = AsyncAccounts(self._connection)
        self.deliveries = AsyncDeliveries(self._connection)
        self.domains = AsyncDomains(self._connection)
        self.lists = AsyncAddressLists(self._connection)
        self.rules = AsyncRules(self._connection)
        self.audit = AsyncAudit(self._connection)
        self.usage = AsyncUsageReader(self._connection)
        self.webhooks = AsyncWebhooks(self._connection)
        self.subscriptions = AsyncSubscriptions(self._connection)

    async def close(self) -> None:
        """End every subscription and hang up."""
        await self._connection.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()
