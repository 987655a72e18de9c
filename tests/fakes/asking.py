"""Runs a check of core with answers from dictionaries, and nothing to wait for."""

from collections.abc import Mapping
from typing import Any

from mailbot_server.core.authentication.question import Answer, Asking, Kind, Question

Zone = Mapping[tuple[Kind, str], Answer]


def run(asking: Asking[Any], zone: Zone, asked: list[Question] | None = None) -> Any:
    """What the check comes to; what is not in the zone does not exist."""
    answers: tuple[Answer, ...] | None = None
    while True:
        try:
            questions = next(asking) if answers is None else asking.send(answers)
        except StopIteration as end:
            return end.value
        if asked is not None:
            asked += questions
        answers = tuple(zone.get((each.kind, each.name), ()) for each in questions)


def policies(**records: str | None) -> dict[tuple[Kind, str], Answer]:
    """DMARC records by domain, "_" for "."; None where nobody can say."""
    return {
        (Kind.TEXT, f"_dmarc.{name.replace('_', '.')}"): (
            None if text is None else (text.encode(),)
        )
        for name, text in records.items()
    }
