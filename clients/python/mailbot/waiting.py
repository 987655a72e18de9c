"""Waits for messages: what is asked for, slice by slice, and what to say if in vain."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import TypedDict

from google.protobuf.duration_pb2 import Duration

from mailbot.arguments import InboxRef, as_list, check_keywords, inbox_name
from mailbot.calls import Call, unary
from mailbot.convert import enum_name, result
from mailbot.errors import MessageNotReceivedError
from mailbot.types import Inbox, Message, Waited
from mailbot.v1 import messages_pb2

MATCH = messages_pb2.WaitForMessageRequest.Match.DESCRIPTOR
VIEW = messages_pb2.MessageView.DESCRIPTOR
TIMEOUT_SECONDS = 30.0
# Proxies end calls that are silent for a minute; the cursor makes one wait of several.
SLICE_SECONDS = 50.0
# What a call may take beyond what the server waits: to look, to answer, to be retried.
GRACE_SECONDS = 15.0
SHOWN_MAX = 10


class MessageOptions(TypedDict, total=False):
    """Which message to wait for; texts are looked for without regard to case."""

    sender: str | Iterable[str]
    """The From field's address or name contains it."""
    recipient: str | Iterable[str]
    """An address or a name in To or Cc, or the address it came to, contains it."""
    subject: str | Iterable[str]
    """The subject contains it."""
    body: str | Iterable[str]
    """The text contains it."""
    label: str | Iterable[str]
    """It carries this label."""
    headers: Mapping[str, str]
    """Header fields by name, and what their values contain; "": it is there."""
    match: str
    """"all" of these (default) or "any"."""
    timeout: float | timedelta
    """Seconds to wait, 30 if left out."""
    after: str | Waited
    """
    Only what comes after this cursor of a wait, a list of events or a subscription;
    otherwise what is there already counts too.
    """
    view: str
    """"full" (default) or "metadata" (without bodies)."""


class WaitOptions(MessageOptions, total=False):
    """Which messages to wait for, and for how many."""

    min_count: int
    """Wait for at least so many, 1 if left out, at most 100."""


class Waiting:
    """One wait: its next call, until it is over."""

    def __init__(self, inbox_id: InboxRef, options: WaitOptions) -> None:
        check_keywords(options, WaitOptions)
        timeout = options.get("timeout", TIMEOUT_SECONDS)
        if isinstance(timeout, timedelta):
            timeout = timeout.total_seconds()
        if timeout < 0:
            raise ValueError(f"timeout={timeout} is below 0")
        after = options.get("after", "")
        match = options.get("match", "")
        self.inbox_name = inbox_name(inbox_id)
        self.timeout = timeout
        self._shown = inbox_id.address if isinstance(inbox_id, Inbox) else inbox_id
        self._left = timeout
        self._missing = options.get("min_count") or 1
        self._request = messages_pb2.WaitForMessageRequest(
            inbox_id=self.inbox_name,
            criteria=criteria(options),
            match=enum_name(MATCH, match) if match else None,
            view=enum_name(VIEW, options["view"]) if options.get("view") else None,
            after_cursor=after.cursor if isinstance(after, Waited) else after,
        )
        self._found: tuple[Message, ...] = ()
        self._last: Waited | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be asked."""
        last = self._last
        return last is not None and (not last.timed_out or self._left <= 0)

    @property
    def result(self) -> Waited:
        """What all calls together found; only once it is over."""
        assert self._last is not None, "it is over"
        return replace(self._last, messages=self._found)

    def call(self) -> Call[Waited]:
        """The next call."""
        seconds = min(self._left, SLICE_SECONDS)
        # 0 would mean the server's default.
        duration = Duration(nanos=1)
        duration.FromMicroseconds(max(int(seconds * 1_000_000), 1))
        self._request.timeout.CopyFrom(duration)
        self._request.min_count = self._missing
        made = unary(lambda stubs: stubs.messages.WaitForMessage, self._request, _read)
        return replace(made, timeout=seconds + GRACE_SECONDS)

    def take(self, answer: Waited) -> None:
        """What the call answered."""
        self._last = answer
        self._found += answer.messages
        self._left -= SLICE_SECONDS
        self._missing = max(self._missing - len(answer.messages), 1)
        self._request.after_cursor = answer.cursor

    def first(self) -> Message | None:
        """The message that was waited for, if it came."""
        return None if self.result.timed_out else self._found[0]

    def others(self, *, quarantined: bool) -> Call[tuple[Message, ...]]:
        """Asks what the inbox did receive lately, newest first."""
        wanted = messages_pb2.MessageFilter(
            inbox_id=self.inbox_name,
            direction=messages_pb2.DIRECTION_INBOUND,
            quarantined=quarantined,
        )
        request = messages_pb2.ListMessagesRequest(filter=wanted, page_size=SHOWN_MAX)
        return unary(lambda stubs: stubs.messages.ListMessages, request, _messages)

    def failure(
        self, arrived: Iterable[Message], quarantined: Iterable[Message]
    ) -> MessageNotReceivedError:
        """The error that says what was waited for, and what came instead."""
        came, kept = tuple(arrived), tuple(quarantined)
        lines = [
            f"no {_wanted(self._request)} came to {self._shown} in {self.timeout:g} s",
            *_told("it has received", came),
            *_told("in quarantine are", kept),
        ]
        if not came and not kept:
            lines.append("it has received nothing at all")
        cursor = self.result.cursor
        return MessageNotReceivedError("\n".join(lines), arrived=came, cursor=cursor)


def criteria(options: WaitOptions) -> Iterator[messages_pb2.MessageCriterion]:
    """The conditions that the options name."""
    make = messages_pb2.MessageCriterion
    for text in as_list(options.get("sender")):
        yield make(sender_contains=text)
    for text in as_list(options.get("recipient")):
        yield make(recipient_contains=text)
    for text in as_list(options.get("subject")):
        yield make(subject_contains=text)
    for text in as_list(options.get("body")):
        yield make(body_contains=text)
    for text in as_list(options.get("label")):
        yield make(label=text)
    for name, text in options.get("headers", {}).items():
        yield make(header=make.HeaderCriterion(name=name, contains=text))


def _wanted(request: messages_pb2.WaitForMessageRequest) -> str:
    """What was waited for, in words."""
    said = []
    for each in request.criteria:
        kind = each.WhichOneof("condition") or ""
        if kind == "header":
            said.append(f"{each.header.name}: {each.header.contains!r}")
        else:
            said.append(f"{kind.removesuffix('_contains')} {getattr(each, kind)!r}")
    is_any = request.match == messages_pb2.WaitForMessageRequest.MATCH_ANY
    wanted = (" or " if is_any else " and ").join(said)
    return f"message with {wanted}" if said else "message"


def _told(begin: str, found: tuple[Message, ...]) -> Iterator[str]:
    if found:
        yield f"{begin} (newest first):"
    for each in found:
        when = f"{each.create_time:%H:%M:%S}" if each.create_time else ""
        sender = each.sender.address if each.sender else each.envelope_sender or "<>"
        why = f" ({each.quarantine.reason})" if each.quarantine else ""
        route = f"{when} from {sender} to {each.envelope_recipient}"
        yield f"  {route}: {each.subject!r}{why}"


def _read(response: messages_pb2.WaitForMessageResponse) -> Waited:
    return result(Waited, response)


def _messages(response: messages_pb2.ListMessagesResponse) -> tuple[Message, ...]:
    return tuple(result(Message, each) for each in response.messages)
