"""In what two attempts differ: answers, header fields, and JSON value by value."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from mailbot_server.core.webhook.attempt import Attempt

DIFFERENCES_MAX: Final = 200
VALUE_MAX: Final = 1000
ABSENT: Final = ""
_DEPTH_MAX: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A value that is not the same; one that is missing on a side is "" there."""

    path: str
    first: str
    second: str


def between(first: Attempt, second: Attempt) -> list[Difference]:
    """In the order of the first attempt, at most `DIFFERENCES_MAX`."""
    left, right = dict(_values(first)), dict(_values(second))
    found = []
    for path in dict.fromkeys((*left, *right)):
        one, other = left.get(path, ABSENT), right.get(path, ABSENT)
        if one != other:
            shown = Difference(
                path=path, first=one[:VALUE_MAX], second=other[:VALUE_MAX]
            )
            found.append(shown)
            if len(found) == DIFFERENCES_MAX:
                break
    return found


def _values(attempt: Attempt) -> Iterator[tuple[str, str]]:
    answer = attempt.answer
    yield "event_id", attempt.event_id
    yield "event_type", attempt.event_type
    yield "attempt", str(attempt.number)
    yield "replay_id", attempt.replay_id
    yield "url", attempt.url
    yield "result", answer.result.value
    yield "status", str(answer.status)
    yield "diagnostic", answer.diagnostic
    yield "remote_address", answer.remote_address
    for name, value in sorted(attempt.request_headers.items()):
        yield f"request_headers.{name}", value
    yield from _body("request_body", attempt.request_body)
    for name, value in sorted(answer.headers.items()):
        yield f"response_headers.{name}", value
    yield from _body("response_body", answer.body)


def _body(path: str, body: bytes) -> Iterator[tuple[str, str]]:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        yield path, _shown(body)
    else:
        yield from _leaves(path, value, _DEPTH_MAX)


def _leaves(path: str, value: Any, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and value and depth:
        for name, inner in value.items():
            yield from _leaves(f"{path}.{name}", inner, depth - 1)
    elif isinstance(value, list) and value and depth:
        for number, inner in enumerate(value):
            yield from _leaves(f"{path}[{number}]", inner, depth - 1)
    elif isinstance(value, str):
        yield path, value
    else:
        yield path, json.dumps(value)


def _shown(body: bytes) -> str:
    """Text as it is; what is long is told apart by its hash."""
    text = body.decode(errors="replace")
    if len(text) <= VALUE_MAX:
        return text
    return f"{text[:200]}… sha256:{hashlib.sha256(body).hexdigest()}"
