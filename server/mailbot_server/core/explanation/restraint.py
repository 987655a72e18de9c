"""What keeps a delivery from being tried, beside its own state."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mailbot_server.core.explanation.reason import Kind, Reason
from mailbot_server.core.explanation.words import at, count, cut
from mailbot_server.core.inbox import InboxState
from mailbot_server.core.shaping import Scope, SiteStatus, Suspension

_WHAT: Final = {
    Scope.ACCOUNT: "the account's deliveries are",
    Scope.INBOX: "the inbox's deliveries are",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """
    What else is known.

    `suspensions` are those that hold for the delivery now. `site` is its destination
    as this process sees it, None where nothing is known of it. `inbox_state` is None
    for an inbox that is gone.
    """

    now: datetime
    suspensions: tuple[Suspension, ...] = ()
    site: SiteStatus | None = None
    inbox_state: InboxState | None = InboxState.ACTIVE
    account_is_suspended: bool = False


def restraints(known: Circumstances) -> list[Reason]:
    """What nobody asks the destination about, the most important first."""
    found = []
    if known.account_is_suspended:
        words = "the account is suspended; nothing of it is tried until it is active"
        found.append(Reason(kind=Kind.ACCOUNT, text=words))
    if known.inbox_state is InboxState.SUSPENDED:
        words = "the inbox is suspended; its mail is held when its time comes"
        found.append(Reason(kind=Kind.INBOX, text=words))
    if known.inbox_state in {None, InboxState.DISABLED}:
        words = "the inbox is disabled; its mail is cancelled"
        found.append(Reason(kind=Kind.INBOX, text=words))
    found += [_suspended(each, known.now) for each in known.suspensions]
    if known.site is not None:
        found += _limited(known.site, known)
    return found


def _suspended(suspension: Suspension, now: datetime) -> Reason:
    destination = f"destination {suspension.name} is"
    what = _WHAT.get(suspension.scope, destination)
    why = f" ({cut(suspension.reason)})" if suspension.reason else ""
    until = suspension.until
    text = f"{what} suspended until {at(until, now)}{why}"
    return Reason(kind=Kind.SUSPENSION, text=text, until=until)


def _limited(site: SiteStatus, known: Circumstances) -> list[Reason]:
    kind, until = Kind.DESTINATION_LIMIT, site.until
    limits = [count(site.attempts_max, "connection")]
    if site.messages_per_minute:
        limits.append(f"{count(site.messages_per_minute, 'message')} a minute")
    ends = f" until {at(until, known.now)}" if until else ""
    why = f" ({cut(site.reason)})" if site.reason else ""
    if site.suspended:
        if any(each.name == site.name for each in known.suspensions):
            return []
        text = f"destination {site.name} is left alone{ends}{why}"
        return [Reason(kind=kind, text=text, until=until)]
    found = []
    if site.reason:
        text = f"destination limited to {' and '.join(limits)}{ends}{why}"
        found.append(Reason(kind=kind, text=text, until=until))
    if site.attempts and site.attempts >= site.attempts_max:
        words = "is all" if site.attempts == 1 else "are all"
        text = (
            f"{count(site.attempts, 'attempt')} {words} that {site.name} gets at a time"
        )
        found.append(Reason(kind=kind, text=text))
    return found
