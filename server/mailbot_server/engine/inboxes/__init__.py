"""Creates inboxes, changes them, and moves them through their states."""

from mailbot_server.engine.inboxes.change import Change, update
from mailbot_server.engine.inboxes.creation import NewInbox, create
from mailbot_server.engine.inboxes.lifetime import LIFETIME_MAX, LIFETIME_MIN
from mailbot_server.engine.inboxes.state import (
    HELD_BY_SUSPENSION,
    activate,
    disable,
    expire,
    finish,
    resume,
    suspend,
)

__all__ = [
    "HELD_BY_SUSPENSION",
    "LIFETIME_MAX",
    "LIFETIME_MIN",
    "Change",
    "NewInbox",
    "activate",
    "create",
    "disable",
    "expire",
    "finish",
    "resume",
    "suspend",
    "update",
]
