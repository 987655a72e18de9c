"""What recipients do, and what is learnt of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracking:
    """What is learnt of recipients; nothing unless said otherwise."""

    opens: bool = False
    """By a picture at the end of the HTML."""
    clicks: bool = False
    """By links of the HTML that lead over the server."""
    text_clicks: bool = False
    """By those of the text too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementDetail:
    """What a recipient, or a machine in their place, did with a message."""

    link_index: int
    url: str
    machine: bool
    machine_reason: str
    user_agent: str
    network: str
    first: bool
    first_of_recipient: bool
    method: str
