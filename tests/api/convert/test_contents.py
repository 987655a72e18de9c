"""What was read out of a message, as the API shows it."""

from datetime import UTC, datetime

from mailbot.v1 import messages_pb2
from mailbot_server.api.convert import contents
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.calendar import Attendee, CalendarEvent
from mailbot_server.core.mail.content.display import Display
from mailbot_server.core.mail.content.link import Link
from mailbot_server.core.mail.content.mailing_list import MailingList
from mailbot_server.core.mail.content.passcode import Code
from mailbot_server.core.mail.content.upstream_spam import UpstreamSpam
from mailbot_server.core.mail.quote import Extraction, Method
from mailbot_server.engine.content import Content

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
BARE = Content(
    text="t",
    html="",
    extraction=Extraction(
        text="e",
        html="<p>e",
        quoted_text="> q",
        signature="-- s",
        method=Method.ATTRIBUTION,
        confidence=0.75,
    ),
    headers=(),
    is_truncated=False,
)
FULL = Content(
    text="t",
    html="<p>t",
    extraction=BARE.extraction,
    headers=(),
    is_truncated=False,
    codes=(Code(value="123456", context="code 123456", confidence=0.5),),
    links=(
        Link(
            text="here",
            url="https://example.com/",
            position=3,
            source="html",
            unsubscribe=True,
        ),
    ),
    mailing_list=MailingList(
        id="l.example.com",
        name="L",
        unsubscribe_urls=("mailto:u@example.com",),
        one_click=True,
        post_url="p",
        archive_url="a",
        help_url="h",
        owner_url="o",
        subscribe_url="s",
    ),
    calendar_events=(
        CalendarEvent(
            method="request",
            uid="1",
            summary="s",
            description="d",
            location="l",
            starts_at=NOON,
            ends_at=NOON,
            all_day=True,
            time_zone="Europe/Berlin",
            recurrence="FREQ=DAILY",
            organizer=Mailbox(address="ann@example.com"),
            attendees=(
                Attendee(
                    mailbox=Mailbox(address="bob@example.com"),
                    status="accepted",
                    role="chair",
                ),
            ),
            sequence=2,
            status="confirmed",
            is_uncertain=True,
        ),
    ),
    upstream_spam=UpstreamSpam(filter="rspamd", is_spam=True, score=0.0, threshold=5),
    display=Display(html="<p>safe", blocked_remote_count=2),
)


def shown(content):
    result = messages_pb2.Message()
    contents.fill(result, content)
    return result


def left_out(message):
    given = {field.name for field, _ in message.ListFields()}
    return {field.name for field in message.DESCRIPTOR.fields} - given


def test_no_field_of_what_was_read_is_left_out():
    message = shown(FULL)
    [code], [link] = message.codes, message.links
    [event] = message.calendar_events
    for each in (
        *(message.extraction, code, link, message.mailing_list, event),
        *(event.attendees[0], message.upstream_spam),
    ):
        assert not left_out(each), each
    assert event.start_time.ToDatetime(tzinfo=UTC) == NOON
    assert message.extraction.method == "attribution"
    assert (message.display_html, message.blocked_remote_count) == ("<p>safe", 2)


def test_what_is_not_there_stays_unset():
    message = shown(BARE)
    assert not message.HasField("mailing_list")
    assert not message.HasField("upstream_spam")
    assert message.display_html == ""
    assert not message.codes
    assert not message.links


def test_a_filter_without_figures_shows_none():
    message = shown(FULL)
    assert message.upstream_spam.HasField("score")  # 0 is a score
    bare = messages_pb2.Message()
    spam = UpstreamSpam(filter="vade", is_spam=False)
    contents.fill(
        bare,
        Content(
            text="",
            html="",
            extraction=BARE.extraction,
            headers=(),
            is_truncated=False,
            upstream_spam=spam,
        ),
    )
    assert not bare.upstream_spam.HasField("score")
    assert not bare.upstream_spam.HasField("threshold")
