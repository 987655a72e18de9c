"""Facts that are made quickly are the facts that their classes make."""

from dataclasses import FrozenInstanceError, dataclass, field, replace
from enum import StrEnum

import pytest

from mailbot_server.core.facts import making


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    name: str
    colour: Colour = Colour.RED
    tags: tuple[str, ...] = ()
    notes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Single:
    value: int


@dataclass(frozen=True)
class Loose:
    value: int


@dataclass(frozen=True, slots=True)
class Checked:
    value: int

    def __post_init__(self) -> None:
        assert self.value > 0


THING = Thing(name="a", colour=Colour.BLUE, tags=("x",), notes={"k": "v"})


def test_what_was_taken_apart_is_made_again():
    apart = making.values(Thing)(THING)
    assert apart == ("a", Colour.BLUE, ("x",), {"k": "v"})
    again = making.maker(Thing)(apart)
    assert again == THING
    assert type(again) is Thing
    with pytest.raises(FrozenInstanceError):
        setattr(again, "name", "b")  # noqa: B010 - it cannot be written otherwise


def test_steps_change_values_on_their_way():
    assert making.values(Thing, {"name": str.upper})(THING)[0] == "A"
    again = making.maker(Thing, {"name": str.lower})(("A", Colour.RED, (), {}))
    assert again == Thing(name="a")


def test_one_field_is_enough():
    assert making.values(Single)(Single(3)) == (3,)
    assert making.maker(Single)((3,)) == Single(3)


def test_a_fact_without_values_is_given_them():
    empty = object.__new__(Thing)
    making.filler(Thing, {"name": str.upper})(empty, making.values(THING)(THING))
    assert empty == replace(THING, name="A")


def test_too_few_values_make_nothing():
    with pytest.raises(ValueError, match="not enough values"):
        making.maker(Thing)(("a",))


def test_a_changed_fact_is_what_replace_makes():
    assert making.changed(THING) == THING
    changed = making.changed(THING, name="b", tags=())
    assert changed == replace(THING, name="b", tags=())
    assert THING.name == "a"


def test_a_field_that_is_not_there_is_a_mistake():
    with pytest.raises(TypeError, match="Thing has no field"):
        making.changed(THING, nam="b")


@pytest.mark.parametrize("kind", [Loose, Checked])
def test_a_class_that_is_more_than_its_slots_is_left_to_itself(kind):
    with pytest.raises(TypeError, match="not only its slots"):
        making.maker(kind)
    with pytest.raises(TypeError, match="not only its slots"):
        making.filler(kind)
