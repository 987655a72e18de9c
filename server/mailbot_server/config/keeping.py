"""How long mail and events are kept, where an inbox does not say otherwise."""

from pydantic import BaseModel, Field

from mailbot_server.core.retention import DAYS_MAX


class Keeping(BaseModel):
    """After how many days things go; 0: they stay."""

    retention_content: int = Field(
        0,
        ge=0,
        le=DAYS_MAX,
        description=(
            "Days that raw messages, bodies, attachments and search entries are kept; "
            "0: for ever. Inboxes may say otherwise."
        ),
    )
    retention_metadata: int = Field(
        0,
        ge=0,
        le=DAYS_MAX,
        description=(
            "Days that messages are kept at all; 0: for ever. Not shorter than "
            "retention_content. Inboxes may say otherwise."
        ),
    )
    retention_events: int = Field(
        90,
        ge=0,
        le=DAYS_MAX,
        description=(
            "Days that events are kept; 0: for ever. Subscribers that were away for "
            "longer have missed some, and are told so."
        ),
    )
