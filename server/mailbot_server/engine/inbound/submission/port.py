"""The submission ports: one that offers STARTTLS, and one that begins with TLS."""

from functools import partial
from time import monotonic
from typing import Final

from mailbot_server.config import Settings
from mailbot_server.engine.inbound.connection import Site
from mailbot_server.engine.inbound.gate import Gate
from mailbot_server.engine.inbound.listener import Listener, Port
from mailbot_server.engine.inbound.room.budget import Budget
from mailbot_server.engine.inbound.submission.guard import Guard
from mailbot_server.engine.inbound.submission.session import Desk, SubmissionSession
from mailbot_server.engine.inbound.tally import Tally
from mailbot_server.engine.outbound.routing import stays
from mailbot_server.engine.reverse_paths import ReversePaths
from mailbot_server.engine.tls.certificate import Certificate
from mailbot_server.store.database import Database

NAME: Final = "submission"
"""How metrics call this listener."""


def listener(
    db: Database,
    settings: Settings,
    certificate: Certificate,
    paths: ReversePaths,
    budget: Budget,
) -> Listener:
    """The submission ports, not opened yet; the first one is that of STARTTLS."""
    site = Site(
        db=db,
        clock=db.clock,
        settings=settings,
        tally=Tally(db.metrics, NAME),
        gate=Gate(settings, monotonic),
        budget=budget,
        hostname=settings.hostname or settings.sandbox_domain,
        certificate=certificate,
    )
    desk = Desk(
        paths=paths,
        metrics=db.metrics,
        guard=Guard(monotonic),
        stays=stays.by(settings),
        public_url=settings.public_url,
    )
    host = settings.submission_host
    ports = [Port(host=host, number=settings.submission_port)]
    if settings.submissions_port is not None:
        ports.append(
            Port(host=host, number=settings.submissions_port, is_implicit=True)
        )
    return Listener(site, ports, partial(SubmissionSession, site, desk))
