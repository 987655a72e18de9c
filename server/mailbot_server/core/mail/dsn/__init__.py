"""Delivery reports: reads everybody's, writes ours (RFC 3464, 6522, 6533)."""

from mailbot_server.core.mail.dsn.read import may_be, read
from mailbot_server.core.mail.dsn.report import Action, Recipient, Report
from mailbot_server.core.mail.dsn.write import RETURNED_MAX, Notice, Told, write

__all__ = [
    "RETURNED_MAX",
    "Action",
    "Notice",
    "Recipient",
    "Report",
    "Told",
    "may_be",
    "read",
    "write",
]
