"""What travels between the two halves comes out as it went in, or is refused clearly."""

import inspect
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from enum import Enum
from typing import Any, NoReturn

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core import errors
from mailbot_server.core.errors import MailbotError, Violation
from mailbot_server.core.event import EventType
from mailbot_server.store.database.stamp import Stamp
from mailbot_server.store.database.writer import wire
from mailbot_server.store.database.writer.wire import CannotTravel, Frames
from tests.fakes import tenants
from tests.fakes.operations import put

VIOLATION = Violation(field="subject", description="is too long", reason="TOO_LONG")
ERRORS: list[MailbotError] = [
    errors.MailbotError("plain", reason="OTHER", details={"a": "b"}),
    errors.InvalidInput.of([VIOLATION]),
    errors.Unauthenticated("who?"),
    errors.NotAllowed("not you", details={"scope": "admin"}),
    errors.NotFound("inbox", "inb_1"),
    errors.AlreadyExists("inbox", "a@example.com", "it is taken"),
    errors.WrongState("no", reason="INBOX_EXPIRED", kind="STATE", subject="inb_1"),
    errors.Conflict("read again"),
    errors.LimitExceeded(
        "enough", reason="DAILY", subject="inb_1", retry_after_seconds=5.0
    ),
    errors.Unavailable("away", retry_after_seconds=7.0),
    errors.CursorGone("too old", details={"earliest": "c"}),
]


class Colour(Enum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class One:
    only: object


@dataclass(slots=True)
class Changing:
    name: str
    _count: int = field(default=0, init=False)


@dataclass(frozen=True)
class WithoutSlots:
    name: str


@dataclass(frozen=True, slots=True)
class Own:
    name: str

    def __reduce__(self) -> tuple[Any, ...]:
        return Own, (f"{self.name} again",)


def travelled(value: object, number: int = 1) -> Any:
    frames = Frames()
    for piece in wire.frame(number, value):
        frames.add(piece)
    found = frames.next()
    assert found is not None
    assert found[0] == number
    assert frames.next() is None
    return wire.value_of(found[1])


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(tenants.inbox(), id="fact"),
        pytest.param(One(One((1, "a", b"\x00", None))), id="one-field"),
        pytest.param(WithoutSlots("a"), id="without-slots"),
        pytest.param([Colour.RED, EventType.MESSAGE_SENT], id="enum"),
        pytest.param(datetime(2026, 3, 1, 1, 2, 3, 4, tzinfo=UTC), id="instant"),
        pytest.param(datetime(2026, 3, 1), id="naive"),  # noqa: DTZ001 - meant so
        pytest.param(
            datetime(2026, 3, 1, tzinfo=timezone(timedelta(hours=2))), id="elsewhere"
        ),
        pytest.param((put, ("a",), Stamp(now=tenants.BEGINNING, seed=b"1")), id="call"),
    ],
)
def test_a_value_comes_out_as_it_went_in(value):
    assert travelled(value) == value


def test_a_fact_that_is_not_frozen_and_has_a_hidden_field_travels():
    value = Changing("a")
    value._count = 3
    assert travelled(value) == value


def test_a_class_that_says_how_it_is_pickled_is_heard():
    assert travelled(Own("a")) == Own("a again")


def test_what_is_named_twice_is_one_thing_afterwards():
    inbox = tenants.inbox()
    first, second = travelled((inbox, inbox))
    assert first is second


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_of_ours_keeps_every_field(error):
    error.add_note("seen")
    found = travelled(error)
    assert type(found) is type(error)
    assert found.args == error.args
    assert vars(found) == vars(error)
    assert str(found) == str(error)


def test_no_class_of_errors_is_left_out():
    classes = {
        each
        for _, each in inspect.getmembers(errors, inspect.isclass)
        if issubclass(each, BaseException)
    }
    assert {type(error) for error in ERRORS} == classes


@pytest.mark.parametrize(
    "error",
    [
        LookupError("no such thing"),
        OSError(28, "No space left"),
        UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"),
        apsw.ConstraintError("UNIQUE constraint failed"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_of_others_travel_too(error):
    found = travelled(error)
    assert (type(found), str(found), found.args) == (
        *(type(error), str(error), error.args),
    )


def noted(error: BaseException) -> list[str]:
    try:
        fail_with(error)
    except BaseException as caught:  # noqa: BLE001 - whichever it is
        return getattr(wire.with_trace(caught), "__notes__", [])


def fail_with(error: BaseException) -> NoReturn:
    raise error


def test_a_fault_tells_where_it_was_and_a_callers_mistake_does_not():
    [note] = noted(LookupError("secret words"))
    assert "test_wire.py" in note
    assert "secret words" not in note
    assert noted(errors.Conflict("read again")) == []


@given(
    st.lists(st.tuples(st.integers(0, 2**64 - 1), st.binary(max_size=200)), max_size=8),
    st.integers(1, 40),
)
def test_frames_are_found_however_they_are_cut(values, size):
    sent = b"".join(
        piece for number, value in values for piece in wire.frame(number, value)
    )
    frames, found = Frames(), []
    for start in range(0, len(sent), size):
        frames.add(sent[start : start + size])
        while (frame := frames.next()) is not None:
            found.append((frame[0], wire.value_of(frame[1])))
    assert found == values


def test_large_octets_are_not_copied_on_their_way_out():
    data = bytes(1_000_000)
    pieces = wire.frame(1, (put, data))
    assert any(piece is data for piece in pieces)
    assert travelled((put, data)) == (put, data)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(lambda: None, id="lambda"),
        pytest.param(One(iter(lambda: 1, 2)), id="inside"),
    ],
)
def test_what_cannot_travel_is_refused(value):
    with pytest.raises(CannotTravel):
        wire.frame(1, value)


@pytest.mark.parametrize("body", [b"", b"nonsense", b"cmailbot_gone\nnothing\n."])
def test_what_cannot_be_read_is_refused(body):
    with pytest.raises(CannotTravel):
        wire.value_of(body)


def test_replace_still_works_on_what_has_travelled():
    inbox = travelled(tenants.inbox())
    assert replace(inbox, username="other").username == "other"
