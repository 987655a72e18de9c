"""What takes mail in: the MX port, the submission ports, and what looks at mail."""

from dataclasses import dataclass
from time import monotonic

from mailbot_server.engine.authentication.authenticator import Authenticator
from mailbot_server.engine.inbound import mx
from mailbot_server.engine.inbound.ingest import Ingest
from mailbot_server.engine.inbound.inspection import Inspection
from mailbot_server.engine.inbound.listener import Listener
from mailbot_server.engine.inbound.room.budget import Budget
from mailbot_server.engine.inbound.submission import certificate, port
from mailbot_server.engine.reverse_paths import ReversePaths
from mailbot_server.engine.screening.screen import Screen
from mailbot_server.engine.shortage import Shortage
from mailbot_server.engine.tls.certificate import Certificate
from mailbot_server.folder import DataFolder
from mailbot_server.parts.ground import Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiving:
    """
    The parts; `shortage` says whether there is room for more mail.

    `certificate` is that of the submission ports and, where the settings name one, of
    the MX port.
    """

    shortage: Shortage
    ingest: Ingest
    authenticator: Authenticator
    certificate: Certificate
    mx: Listener
    submission: Listener


def receiving(ground: Ground, paths: ReversePaths) -> Receiving:
    """Nothing of it listens yet."""
    db, settings = ground.db, ground.settings
    shortage = Shortage(settings, db.metrics)
    budget = Budget(settings, shortage)
    inspection = Inspection(
        ingest=Ingest(db, settings),
        # Strangers choose what it asks: nothing of that may keep outgoing mail waiting.
        authenticator=Authenticator(ground.resolver(), db.clock, settings, db.metrics),
        screen=Screen(db, monotonic),
    )
    own = DataFolder(settings.data_dir).path / certificate.FILE
    shown = Certificate(
        *("smtp", db.metrics),
        settings.smtp_tls_cert or own,
        settings.smtp_tls_key,
    )
    on_mx = shown if settings.smtp_tls_cert else None
    return Receiving(
        shortage=shortage,
        ingest=inspection.ingest,
        authenticator=inspection.authenticator,
        certificate=shown,
        mx=mx.listener(db, settings, on_mx, inspection, paths, budget),
        submission=port.listener(db, settings, shown, paths, budget),
    )
