"""Calendar parts as data: invitations, answers to them, cancellations."""

from mailbot_server.core.mail.calendar.line import INPUT_MAX
from mailbot_server.core.mail.calendar.read import (
    EVENTS_MAX,
    Attendee,
    CalendarEvent,
    read,
)

__all__ = ["EVENTS_MAX", "INPUT_MAX", "Attendee", "CalendarEvent", "read"]
