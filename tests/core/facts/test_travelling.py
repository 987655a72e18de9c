"""What travelled as plain values is the same fact, to its members of enums."""

import pickle
from copy import copy
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

import pytest

from mailbot_server.core.facts import travelling
from mailbot_server.core.facts.travelling import Travelling


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Size(IntEnum):
    SMALL = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    colour: Colour = Colour.RED


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    name: str = ""
    size: Size = Size.SMALL
    first: Part | None = None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter(Travelling):
    whole: Whole
    words: tuple[str, ...] = field(default=("a", "b"))


PART = travelling.of(Part)
WAY = travelling.of(
    Whole, first=travelling.unless(PART, None), parts=travelling.each(PART)
)

travelling.let(Letter, whole=WAY)


@pytest.mark.parametrize(
    "whole",
    [
        Whole(),
        Whole(name="x", first=Part(colour=Colour.BLUE), parts=(Part(), Part())),
    ],
)
def test_it_is_the_same_again(whole):
    again = WAY.together(WAY.apart(whole))
    assert again == whole
    assert type(again.size) is Size
    assert [type(each) for each in again.parts] == [Part] * len(whole.parts)


def test_it_goes_as_texts_and_numbers():
    whole = Whole(name="x", first=Part(colour=Colour.BLUE), parts=(Part(),))
    apart = WAY.apart(whole)
    assert apart == ("x", 1, ("blue",), [("red",)])
    assert [type(apart[1]), type(apart[2][0])] == [int, str]


def test_what_is_usual_goes_as_nothing():
    usual = Part(colour=Colour.BLUE)
    way = travelling.unless(PART, usual)
    assert way.apart(Part(colour=Colour.BLUE)) is None
    assert way.together(None) is usual
    assert way.together(way.apart(Part())) == Part()


def test_pickle_sends_values_and_the_name_of_their_kind():
    letter = Letter(whole=Whole(name="x", parts=(Part(),)))
    sent = pickle.dumps(letter, pickle.HIGHEST_PROTOCOL)
    assert b"Letter" in sent
    for name in (b"Whole", b"Part", b"Colour", b"whole", b"words"):
        assert name not in sent
    again = pickle.loads(sent)
    assert again == letter
    assert type(again.whole.parts[0].colour) is Colour
    assert copy(letter) == letter


def test_who_travels_is_only_its_slots():
    assert not hasattr(Letter(whole=Whole()), "__dict__")
