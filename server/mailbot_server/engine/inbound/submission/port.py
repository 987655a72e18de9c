"""The submission ports: one that offers STARTTLS, and one that begins with TLS."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Final

from mailbot_server.config import Settings
from mailbot_server.engine.inbound.connection import Site
from mailbot_server.engine.inbound.gate import Gate
from mailbot_server.engine.inbound.listener import Listener, Port, server_context
from mailbot_server.engine.inbound.room.budget import Budget
from mailbot_server.engine.inbound.submission.guard import Guard
from mailbot_server.engine.inbound.submission.session import Desk, SubmissionSession
from mailbot_server.engine.inbound.tally import Tally
from mailbot_server.engine.reverse_paths import ReversePaths
from mailbot_server.store.database import Database
from mailbot_server.telemetry.metrics import Metrics

NAME: Final = "submission"
"""How metrics call this listener."""


def listener(
    db: Database,
    clock: Callable[[], datetime],
    settings: Settings,
    metrics: Metrics,
    paths: ReversePaths,
    certificate: Path,
    budget: Budget,
) -> Listener:
    """
    The submission ports, not opened yet; the first one is that of STARTTLS.

    `certificate` (PEM with its key) is taken where the settings name none.
    """
    site = Site(
        db=db,
        clock=clock,
        settings=settings,
        tally=Tally(metrics, NAME),
        gate=Gate(settings, monotonic),
        budget=budget,
        hostname=settings.hostname or settings.sandbox_domain,
    )
    desk = Desk(
        paths=paths,
        metrics=metrics,
        guard=Guard(monotonic),
        public_url=settings.public_url,
    )

    def begin() -> SubmissionSession:
        cert = settings.smtp_tls_cert or certificate
        site.tls = server_context(cert, settings.smtp_tls_key)
        return SubmissionSession(site, desk)

    host = settings.submission_host
    ports = [Port(host=host, number=settings.submission_port)]
    if settings.submissions_port is not None:
        ports.append(
            Port(host=host, number=settings.submissions_port, is_implicit=True)
        )
    return Listener(site, ports, begin)
