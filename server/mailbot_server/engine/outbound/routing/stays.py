"""Which mail stays here by the settings alone, and why."""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from mailbot_server.config import Settings
from mailbot_server.engine.outbound.routing import route as routes
from mailbot_server.engine.outbound.routing.route import Route, Way

HOSTNAME_UNSET: Final = "hostname_unset"
ROUTE_HOLD: Final = "route_hold"

WORDS: Final = {
    HOSTNAME_UNSET: (
        "the setting hostname is empty, so no mail leaves for outside hosts; set it to"
        " this server's name in DNS, or set smart_host or a route for the domain"
    ),
    ROUTE_HOLD: (
        "the setting routes says that mail for this domain waits here; give the domain"
        " another way and start the server again, and it goes on"
    ),
}
"""What is told of each reason."""

_REMEMBERED: Final = 4096

Stays = Callable[[str, str], str]
"""A recipient's domain and a sender's → why mail between them is held, or ""."""


def why_held(settings: Settings, route: Route) -> str:
    """The reason why nothing may be sent on this way; "" when it may."""
    if route.way is Way.HOLD:
        return ROUTE_HOLD
    if route.way is Way.MX and not settings.hostname:
        return HOSTNAME_UNSET
    return ""


def nothing(domain: str, sender: str) -> str:
    """What those say who do not know the settings: nothing is held."""
    del domain, sender
    return ""


def by(settings: Settings) -> Stays:
    """
    What the settings hold, remembered: they stay as they are.

    Nothing where this machine does not deliver: those that do have their own settings.
    Whether the recipient is an inbox of this server is left to the caller to find out.
    """
    if "delivery" not in settings.roles:
        return nothing

    @lru_cache(_REMEMBERED)
    def why(domain: str, sender: str) -> str:
        return why_held(settings, routes.choose(settings, domain, sender))

    return why
