"""Whether an account may have inboxes in a domain, and use those that it has."""

from mailbot_server.core.errors import WrongState
from mailbot_server.core.inbox import Inbox
from mailbot_server.store.database import Transaction
from mailbot_server.store.domains import rows

_VERIFY = "create the domain, publish its records and verify it"


def check_new(tx: Transaction, account_id: str, name: str) -> None:
    """
    Raises WrongState (DOMAIN_UNVERIFIED) unless the account has verified the domain.

    It cannot be given up before the operation ends.
    """
    domain = rows.lock(tx, account_id, name)
    if domain is None or domain.verified_at is None:
        words = f"{name} is not a domain that this account has verified; {_VERIFY}"
        raise _unverified(name, words)


def check_kept(tx: Transaction, inbox: Inbox) -> None:
    """Raises the same for an inbox whose domain the account has given up."""
    if inbox.is_sandbox:
        return
    if rows.lock(tx, inbox.account_id, inbox.domain) is None:
        words = f"{inbox.domain} is no domain of this account any more; {_VERIFY}"
        raise _unverified(inbox.domain, words)
    check_sender(tx, inbox)


def check_sender(tx: Transaction, inbox: Inbox) -> None:
    """Raises the same for an inbox whose domain another account has verified."""
    if is_lost(tx, inbox):
        words = f"another account has verified {inbox.domain}; {_VERIFY}"
        raise _unverified(inbox.domain, words)


def is_lost(tx: Transaction, inbox: Inbox) -> bool:
    """Whether another account has verified the domain of an inbox since."""
    if inbox.is_sandbox:
        return False
    return rows.owner(tx, inbox.domain) not in {None, inbox.account_id}


def _unverified(name: str, words: str) -> WrongState:
    return WrongState(
        words,
        reason="DOMAIN_UNVERIFIED",
        kind="DOMAIN_VERIFICATION",
        subject=name,
        details={"domain": name},
    )
