"""An inbox that one test has for itself, and what it received."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Unpack

from mailbot.client import MailBot
from mailbot.errors import MailBotError, MessageNotReceivedError
from mailbot.types import Event, Inbox, Message
from mailbot.waiting import MessageOptions

TIME_TO_LIVE = timedelta(hours=1)
LABEL = "test"
LABEL_LENGTH_MAX = 63
STORY_MAX = 20
WAIT_MAX = 100


class TemporaryInbox:
    """
    An inbox of a test: where it writes to, and what comes in.

    `wait_for_message` gives each message once, so that a test may wait for one after
    the other, whatever order they come in.
    """

    def __init__(self, mailbot: MailBot, inbox: Inbox) -> None:
        self.inbox = inbox
        self._mailbot = mailbot
        self._given: set[str] = set()
        self._begin = mailbot.messages.wait(inbox, timeout=0).cursor

    @property
    def id(self) -> str:
        """The inbox's id."""
        return self.inbox.id

    @property
    def address(self) -> str:
        """Where mail for it goes."""
        return self.inbox.address

    def tagged(self, tag: str) -> str:
        """Its address with a tag, which comes back as `Message.tag`."""
        username, _, domain = self.address.rpartition("@")
        return f"{username}+{tag}@{domain}"

    def wait_for_message(self, **options: Unpack[MessageOptions]) -> Message:
        """
        The first message that fulfils the criteria and was not given before.

        Takes what `messages.wait_for_message` takes; with `after` it is the same.
        Raises MessageNotReceivedError, which tells what did come.
        """
        messages = self._mailbot.messages
        if not options.get("after"):
            look: MessageOptions = {**options, "after": self._begin, "timeout": 0}
            there = messages.wait(self.inbox, min_count=WAIT_MAX, **look)
            for message in there.messages:
                if message.id not in self._given:
                    return self._give(message)
            options["after"] = there.cursor
        try:
            return self._give(messages.wait_for_message(self.inbox, **options))
        except MessageNotReceivedError as error:
            # A failed test is to show its own line, and not ours.
            __tracebackhide__ = True
            raise error.with_traceback(None) from None

    def messages(self) -> list[Message]:
        """Everything that it has received, oldest first, without bodies."""
        listed = self._mailbot.messages.list(
            inbox_id=self.inbox, direction="inbound", oldest_first=True
        )
        return list(listed)

    def story(self) -> str:
        """Its address and its last events, one a line, oldest first; never raises."""
        try:
            found = list(
                self._mailbot.events.list(
                    inbox_ids=self.inbox, newest_first=True, limit=STORY_MAX
                )
            )
        except MailBotError as error:
            return f"{self.address}\n(its events cannot be read: {error})"
        return "\n".join([self.address, *map(_line, reversed(found))])

    def _give(self, message: Message) -> Message:
        self._given.add(message.id)
        return message


@contextmanager
def temporary_inbox(
    mailbot: MailBot,
    *,
    name: str = "",
    labels: Iterable[str] = (),
    time_to_live: timedelta = TIME_TO_LIVE,
) -> Iterator[TemporaryInbox]:
    """
    A new inbox, which is disabled at the end, and by itself when its time is over.

    It carries the labels "test" and, of `name`, as much as a label may hold.
    """
    inbox = mailbot.inboxes.create(
        labels=dict.fromkeys([LABEL, *labels, *_labels(name)]),
        metadata={"test": name[:500]} if name else {},
        time_to_live=time_to_live,
    )
    try:
        yield TemporaryInbox(mailbot, inbox)
    finally:
        # A server that is gone, or a client that the test has closed, is no failure.
        with suppress(MailBotError, ValueError):
            mailbot.inboxes.disable(inbox)


def _labels(name: str) -> list[str]:
    """The name as a label; its end says more than its beginning."""
    plain = re.sub(r"[^a-z0-9._:/-]+", "-", name.lower()).strip("-")
    return [plain[-LABEL_LENGTH_MAX:]] if plain else []


def _line(event: Event) -> str:
    """One event for people."""
    when = f"{event.create_time:%H:%M:%S} " if event.create_time else ""
    return " ".join(part for part in (f"{when}{event.type}", *_details(event)) if part)


def _details(event: Event) -> Iterator[str]:
    if event.content is not None:
        sender = event.content.sender
        yield f"from {sender.address}" if sender else ""
        yield repr(event.content.subject)
    if event.recipient:
        yield f"to {event.recipient}"
    if event.attempt is not None and event.attempt.reply is not None:
        yield f"({event.attempt.reply.code} {event.attempt.reply.text})"
    if event.hold is not None:
        yield f"({event.hold.reason})"
