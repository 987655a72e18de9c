"""Names with addresses."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A name and an address; also accepted wherever a recipient is."""

    address: str
    display_name: str = ""
