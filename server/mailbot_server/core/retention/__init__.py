"""How long mail is kept."""

from mailbot_server.core.retention.days import (
    DAYS_MAX,
    FOR_EVER,
    Retention,
    check,
    days_of,
    due_before,
)

__all__ = ["DAYS_MAX", "FOR_EVER", "Retention", "check", "days_of", "due_before"]
