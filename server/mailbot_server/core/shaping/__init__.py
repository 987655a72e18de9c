"""How much a destination gets: learnt, limited, slowed by what it says, suspended."""

from mailbot_server.core.shaping.limit import LimitKind, SiteLimit, SiteStatus
from mailbot_server.core.shaping.suspension import Scope, Suspension

__all__ = ["LimitKind", "Scope", "SiteLimit", "SiteStatus", "Suspension"]
