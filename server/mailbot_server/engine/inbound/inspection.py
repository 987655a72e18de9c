"""What looks at a message before it is accepted: what it says, who sent it, who may."""

from dataclasses import dataclass

from mailbot_server.engine.authentication.authenticator import Authenticator
from mailbot_server.engine.inbound.ingest import Ingest
from mailbot_server.engine.screening.screen import Screen


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """The three of one process."""

    ingest: Ingest
    authenticator: Authenticator
    screen: Screen
