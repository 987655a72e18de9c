"""
Deliveries: what is due is leased, and only the lease's holder may write its outcome.

This file is what others use of it.
"""

from mailbot_server.store.deliveries.leases import (
    SILENT,
    call_back,
    correct,
    extend_leases,
    is_called_back,
    leases_lost,
    start,
    start_many,
    still_lost,
    write,
)
from mailbot_server.store.deliveries.records import (
    TOPIC,
    add_many,
    find,
    get,
    lock,
    of_messages,
    update,
)
from mailbot_server.store.deliveries.rows import Due
from mailbot_server.store.deliveries.turns import (
    Turns,
    lease,
    lease_due,
    look_due,
    next_due,
)
from mailbot_server.store.deliveries.waiting import (
    cancel_open,
    count_held,
    depth,
    held_domains,
    held_inboxes,
    hold_reasons,
    holding,
    overdue,
    release,
)

__all__ = [
    "SILENT",
    "TOPIC",
    "Due",
    "Turns",
    "add_many",
    "call_back",
    "cancel_open",
    "correct",
    "count_held",
    "depth",
    "extend_leases",
    "find",
    "get",
    "held_domains",
    "held_inboxes",
    "hold_reasons",
    "holding",
    "is_called_back",
    "lease",
    "lease_due",
    "leases_lost",
    "lock",
    "look_due",
    "next_due",
    "of_messages",
    "overdue",
    "release",
    "start",
    "start_many",
    "still_lost",
    "update",
    "write",
]
