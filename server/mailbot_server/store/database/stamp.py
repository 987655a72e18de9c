"""What an operation may know of the outside: drawn once, kept for every re-run."""

from dataclasses import dataclass
from datetime import datetime

from mailbot_server.core.audit import ENGINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """The time, what ids are made from, and for whom the operation runs."""

    now: datetime
    seed: bytes
    request_id: str = ""
    actor_id: str = ENGINE
    surface: str = "engine"
