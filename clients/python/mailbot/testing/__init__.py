"""Inboxes and servers for tests; `mailbot.pytest_plugin` makes fixtures of them."""

from mailbot.testing.inbox import TemporaryInbox, temporary_inbox
from mailbot.testing.server import LocalServer, ServerFailedError, local_server

__all__ = [
    "LocalServer",
    "ServerFailedError",
    "TemporaryInbox",
    "local_server",
    "temporary_inbox",
]
