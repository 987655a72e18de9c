"""
Durable readers of the log: made, handed events, acknowledged, overtaken, forgotten.

This file is what others use of it.
"""

from mailbot_server.engine.subscriptions.acknowledging import (
    acknowledge,
    modify_deadline,
)
from mailbot_server.engine.subscriptions.consuming import Consumer
from mailbot_server.engine.subscriptions.handing import Encoder, Given, Wish
from mailbot_server.engine.subscriptions.lifecycle import (
    NewSubscription,
    Sight,
    create,
    delete,
    expire,
    find,
    listing,
    see,
    seek,
    update,
)
from mailbot_server.engine.subscriptions.parked import release, show
from mailbot_server.engine.subscriptions.upkeep import keep_up, make_way

__all__ = [
    "Consumer",
    "Encoder",
    "Given",
    "NewSubscription",
    "Sight",
    "Wish",
    "acknowledge",
    "create",
    "delete",
    "expire",
    "find",
    "keep_up",
    "listing",
    "make_way",
    "modify_deadline",
    "release",
    "see",
    "seek",
    "show",
    "update",
]
