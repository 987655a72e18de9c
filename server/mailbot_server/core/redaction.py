"""What of an event goes when the words of its message do."""

from dataclasses import replace

from mailbot_server.core.event import ContentDetail, Detail, EngagementDetail


def without_words(detail: Detail) -> Detail:
    """
    The detail of an event without what the message says.

    Who wrote to whom stays, with their names; so does what became of it.
    """
    match detail:
        case ContentDetail():
            return replace(detail, subject="", snippet="", attachments=())
        case EngagementDetail():
            return replace(detail, url="")
    return detail
