"""What looks at messages in tests: real parts, answers of DNS from a script."""

from collections.abc import Callable
from datetime import datetime
from time import monotonic

from mailbot_server.config import Settings
from mailbot_server.engine.authentication.authenticator import Authenticator
from mailbot_server.engine.dns import Lookups
from mailbot_server.engine.inbound.ingest import Ingest
from mailbot_server.engine.inbound.inspection import Inspection
from mailbot_server.engine.screening.screen import Screen
from mailbot_server.store.database import Database
from mailbot_server.telemetry.metrics import Metrics
from tests.fakes.resolver import FakeResolver


def inspection(
    db: Database,
    settings: Settings,
    metrics: Metrics,
    clock: Callable[[], datetime],
    resolver: Lookups | None = None,
    seconds: Callable[[], float] = monotonic,
) -> Inspection:
    """As a server has it; `stop` ends its threads."""
    asked = resolver or FakeResolver()
    return Inspection(
        ingest=Ingest(db, settings),
        authenticator=Authenticator(asked, clock, settings, metrics),
        screen=Screen(db, seconds),
    )


def stop(looking: Inspection) -> None:
    """Ends the threads."""
    looking.ingest.stop()
    looking.authenticator.stop()
