"""How many processes serve, what they do, how they stop, and what they log."""

from typing import Final, Literal

from pydantic import BaseModel, Field

from mailbot_server.config.values import Seconds

Role = Literal["api", "mx", "delivery", "web"]
ROLES: Final[tuple[Role, ...]] = ("api", "mx", "delivery", "web")
WORKERS_MAX: Final = 64


class Serving(BaseModel):
    """Processes, streams, the end, and logs."""

    workers: int = Field(
        1,
        ge=1,
        le=WORKERS_MAX,
        description=(
            "Processes that share the ports and the work of this machine. More than "
            "one needs PostgreSQL; each keeps ten connections to it."
        ),
    )
    roles: tuple[Role, ...] = Field(
        ROLES,
        min_length=1,
        description=(
            "What the processes of this machine do. api: gRPC and submission; mx: mail "
            "from outside; delivery: the queue and webhooks; web: the public HTTP "
            "port. On PostgreSQL machines may share them; SQLite needs all."
        ),
    )
    stream_seconds: Seconds = Field(
        600, description="Age at which a Subscribe stream is recycled, ±20 %."
    )
    streams_per_key_max: int = Field(
        32, ge=1, description="Open streams of one API key."
    )
    streams_max: int = Field(1000, ge=1, description="Open streams of this process.")
    drain_seconds: Seconds = Field(
        20, description="How long a stopping server waits for what is under way."
    )
    memory_bytes_max: int = Field(
        0,
        ge=0,
        description=(
            "Memory of the process from which on new mail is put off (452) and it is "
            "not ready. 0: four fifths of what the machine or its container has."
        ),
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Lines below it are left out."
    )
    log_json: bool = Field(False, description="JSON lines instead of readable ones.")
