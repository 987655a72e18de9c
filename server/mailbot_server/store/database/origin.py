"""For whom the running task works: what it changes is written down as theirs."""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Final

from mailbot_server.core.audit import ENGINE

actor_id: Final[ContextVar[str]] = ContextVar("actor_id", default=ENGINE)
"""The id of an API key, or "mailbot" for the engine's own work."""

surface: Final[ContextVar[str]] = ContextVar("surface", default="engine")
"""Through what they came: "api", "smtp", "http", or "engine"."""


def work_for(who: str, through: str) -> None:
    """Says it for the rest of the running task."""
    actor_id.set(who)
    surface.set(through)


@contextlib.contextmanager
def working_for(who: str, through: str) -> Iterator[None]:
    """Says it for as long as the context lasts."""
    tokens = actor_id.set(who), surface.set(through)
    try:
        yield
    finally:
        actor_id.reset(tokens[0])
        surface.reset(tokens[1])
