"""One inbox of a domain may take the mail for addresses that no inbox has."""

from mailbot_server.core.errors import AlreadyExists, one_field
from mailbot_server.core.inbox import Inbox
from mailbot_server.store import inboxes
from mailbot_server.store.database import Transaction
from mailbot_server.store.domains import rows


def check(tx: Transaction, inbox: Inbox) -> None:
    """
    Raises unless the inbox may become its domain's catch-all, if it is to be one.

    InvalidInput in the sandbox's domain, AlreadyExists where there is another one. No
    other one can begin before the operation ends.
    """
    if not inbox.is_catch_all:
        return
    if inbox.is_sandbox:
        words = "needs a domain of the account: the sandbox's belongs to everybody"
        raise one_field("inbox.catch_all", words)
    rows.lock(tx, inbox.account_id, inbox.domain)
    other = inboxes.catch_all(tx, inbox.domain)
    if other is not None and other.id != inbox.id:
        message = f"{other.address} takes it all for {inbox.domain}; change it first"
        raise AlreadyExists("inbox", other.address, message)
