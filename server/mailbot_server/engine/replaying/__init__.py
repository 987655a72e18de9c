"""
Recorded events once more, to webhooks and subscriptions; no mail can leave this way.

This file is what others use of it.
"""

from mailbot_server.engine.replaying.handing import run
from mailbot_server.engine.replaying.planning import (
    Asked,
    Counted,
    begin,
    count,
    earlier,
)
from mailbot_server.engine.replaying.showing import Sight, cancel, listing, see

__all__ = [
    "Asked",
    "Counted",
    "Sight",
    "begin",
    "cancel",
    "count",
    "earlier",
    "listing",
    "run",
    "see",
]
