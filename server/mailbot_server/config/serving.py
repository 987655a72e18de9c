"""How the API serves streams, how the server stops, what it takes and what it logs."""

from typing import Literal

from pydantic import BaseModel, Field

from mailbot_server.config.values import Seconds


class Serving(BaseModel):
    """Streams, the end, and logs."""

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
