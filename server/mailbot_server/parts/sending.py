"""What mail leaves by: reverse-paths, keys of domains, attempts and their queue."""

from dataclasses import dataclass

from mailbot_server.core.signed import link, reverse_path
from mailbot_server.engine.domains.domains import Domains
from mailbot_server.engine.domains.looking import Looker
from mailbot_server.engine.domains.watch import DomainWatch
from mailbot_server.engine.engagement.copies import Copies
from mailbot_server.engine.outbound.queue.attempt import Attempts
from mailbot_server.engine.outbound.queue.queue import Queue
from mailbot_server.engine.outbound.smtp.dialogue import Dialogues
from mailbot_server.engine.reverse_paths import ReversePaths
from mailbot_server.engine.signing import sealing
from mailbot_server.engine.signing.signer import Signer
from mailbot_server.parts.ground import Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """The parts; `watch` looks at `domains` by itself."""

    paths: ReversePaths
    signer: Signer
    domains: Domains
    watch: DomainWatch
    dialogues: Dialogues
    queue: Queue


def sending(ground: Ground) -> Sending:
    """Nothing of it runs yet."""
    db, settings = ground.db, ground.settings
    vault = ground.vault(sealing.PURPOSE)
    signer = Signer(vault, db.clock, db.metrics)
    looker = Looker(
        settings=settings,
        metrics=db.metrics,
        # Records are looked at as they are now, and not as they were.
        lookups=ground.resolver(remembering=False),
        signer=signer,
        vault=vault,
    )
    domains = Domains(db, looker, db.entropy)
    copies = Copies(db, ground.keys(link.PURPOSE), settings.public_url)
    attempts = Attempts(db, settings, ground.resolver(), signer, copies)
    return Sending(
        paths=ReversePaths(
            keys=ground.keys(reverse_path.PURPOSE),
            sandbox_domain=settings.sandbox_domain,
        ),
        signer=signer,
        domains=domains,
        watch=DomainWatch(db, domains, signer),
        dialogues=attempts.dialogues,
        queue=Queue(db, settings, attempts, ground.node_id),
    )
