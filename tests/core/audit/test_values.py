"""Before and after are plain values, bounded, and never say a secret."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import pytest

from mailbot_server.core.audit import values


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    name: str
    colour: Colour = Colour.RED
    note: str = ""
    secret_hash: bytes = b"1234"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, None),
        (True, True),
        (7, 7),
        ("text", "text"),
        (Colour.RED, "red"),
        (datetime(2026, 3, 1, 12, 0, 0, 5, UTC), "2026-03-01T12:00:00.000005Z"),
        (timedelta(minutes=2), 120.0),
        (b"octets", "…"),
        pytest.param(frozenset({"b", "a"}), ["a", "b"], id="a set"),
        (("b", "a"), ["b", "a"]),
        ({"a": {"b": (1,)}}, {"a": {"b": [1]}}),
        (Door(name="front"), {"name": "front", "colour": "red", "secret_hash": "…"}),
    ],
    ids=repr,
)
def test_a_value_as_it_is_told(value: object, told: object) -> None:
    assert values.plain(value) == told


def test_what_is_no_value_is_refused() -> None:
    with pytest.raises(TypeError, match="object cannot be told"):
        values.plain({"a": object()})


@pytest.mark.parametrize(
    "name",
    ["secret", "previous_secret", "secret_hash", "Password", "private_key", "token"],
)
def test_a_field_that_is_named_as_a_secret_is_not_told(name: str) -> None:
    assert values.plain({name: "s3cret"}) == {name: "…"}
    assert values.plain({"in": {name: ["s3cret"]}}) == {"in": {name: "…"}}
    assert values.plain({name: ""}) == {name: ""}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("my mb_0123456789_" + "a" * 40 + " key", "my mb_0123456789_… key"),
        ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw=", "whsec_…"),
        ("https://user:pass@example.com/x", "https://…@example.com/x"),
        ("https://example.com/a@b", "https://example.com/a@b"),
    ],
)
def test_a_secret_inside_a_text_is_blotted(text: str, told: str) -> None:
    assert values.plain([text]) == [told]


def test_a_long_text_is_cut() -> None:
    told = values.plain("x" * 5000)
    assert told == "x" * (values.TEXT_MAX - 1) + "…"
