"""What a message says, in the full view: bodies, and what was read out of them."""

from mailbot.v1 import messages_pb2
from mailbot_server.api.convert import times
from mailbot_server.api.convert.events import mailbox
from mailbot_server.core.mail.calendar import Attendee, CalendarEvent
from mailbot_server.core.mail.content.link import Link
from mailbot_server.core.mail.content.mailing_list import MailingList
from mailbot_server.core.mail.content.passcode import Code
from mailbot_server.core.mail.content.upstream_spam import UpstreamSpam
from mailbot_server.core.mail.quote import Extraction
from mailbot_server.engine.content import Content


def fill(result: messages_pb2.Message, content: Content) -> None:
    """Sets the fields of the full view."""
    result.text_body = content.text
    result.html_body = content.html
    result.extracted_text = content.extraction.text
    result.body_truncated = content.is_truncated
    for header in content.headers:
        result.headers.add(name=header.name, value=header.value)
    result.extraction.CopyFrom(_extraction(content.extraction))
    result.codes.extend(map(_code, content.codes))
    result.links.extend(map(_link, content.links))
    result.calendar_events.extend(map(_calendar_event, content.calendar_events))
    if content.mailing_list is not None:
        result.mailing_list.CopyFrom(_mailing_list(content.mailing_list))
    if content.upstream_spam is not None:
        result.upstream_spam.CopyFrom(_upstream_spam(content.upstream_spam))
    if content.display is not None:
        result.display_html = content.display.html
        result.blocked_remote_count = content.display.blocked_remote_count


def _extraction(found: Extraction) -> messages_pb2.Extraction:
    return messages_pb2.Extraction(
        html=found.html,
        quoted_text=found.quoted_text,
        signature=found.signature,
        method=found.method.value,
        confidence=found.confidence,
    )


def _code(found: Code) -> messages_pb2.Code:
    return messages_pb2.Code(
        value=found.value, context=found.context, confidence=found.confidence
    )


def _link(found: Link) -> messages_pb2.Link:
    return messages_pb2.Link(
        text=found.text,
        url=found.url,
        position=found.position,
        source=found.source,
        unsubscribe=found.unsubscribe,
    )


def _mailing_list(found: MailingList) -> messages_pb2.MailingList:
    return messages_pb2.MailingList(
        id=found.id,
        name=found.name,
        unsubscribe_urls=found.unsubscribe_urls,
        one_click=found.one_click,
        post_url=found.post_url,
        archive_url=found.archive_url,
        help_url=found.help_url,
        owner_url=found.owner_url,
        subscribe_url=found.subscribe_url,
    )


def _upstream_spam(found: UpstreamSpam) -> messages_pb2.UpstreamSpam:
    return messages_pb2.UpstreamSpam(
        filter=found.filter,
        is_spam=found.is_spam,
        score=found.score,
        threshold=found.threshold,
    )


def _calendar_event(found: CalendarEvent) -> messages_pb2.CalendarEvent:
    return messages_pb2.CalendarEvent(
        method=found.method,
        uid=found.uid,
        summary=found.summary,
        description=found.description,
        location=found.location,
        start_time=times.to_proto(found.starts_at),
        end_time=times.to_proto(found.ends_at),
        all_day=found.all_day,
        time_zone=found.time_zone,
        recurrence=found.recurrence,
        organizer=mailbox(found.organizer) if found.organizer else None,
        attendees=map(_attendee, found.attendees),
        sequence=found.sequence,
        status=found.status,
        uncertain_time=found.is_uncertain,
    )


def _attendee(found: Attendee) -> messages_pb2.CalendarEvent.Attendee:
    return messages_pb2.CalendarEvent.Attendee(
        mailbox=mailbox(found.mailbox), status=found.status, role=found.role
    )
