"""What goes over HTTP: events posted to webhooks, and what links in mail lead to."""

import functools
from dataclasses import dataclass

from mailbot_server.api.convert import payloads
from mailbot_server.core.signed import download, link
from mailbot_server.engine.webhooks import sealing
from mailbot_server.engine.webhooks.client import Client
from mailbot_server.engine.webhooks.dispatcher import Dispatcher
from mailbot_server.engine.webhooks.lane import Office
from mailbot_server.engine.webhooks.sealing import Safe
from mailbot_server.engine.webhooks.turns import Turns
from mailbot_server.engine.webhooks.webhooks import Webhooks
from mailbot_server.parts.ground import Ground
from mailbot_server.web.downloads import Downloads
from mailbot_server.web.public import PublicServer
from mailbot_server.web.tracking import Tracking


@dataclass(frozen=True, slots=True, kw_only=True)
class Http:
    """The parts; `dispatcher` posts what `webhooks` are made for."""

    webhooks: Webhooks
    dispatcher: Dispatcher
    public: PublicServer


def http(ground: Ground) -> Http:
    """Nothing of it runs or listens yet."""
    db, settings = ground.db, ground.settings
    downloads = Downloads(db, ground.keys(download.PURPOSE), db.clock, settings)
    tracking = Tracking(db, ground.keys(link.PURPOSE), settings, db.metrics)
    office = _office(ground, downloads)
    return Http(
        webhooks=Webhooks(office, settings),
        dispatcher=Dispatcher(office),
        public=PublicServer(
            settings, db.metrics, {**tracking.routes(), **downloads.routes()}
        ),
    )


def _office(ground: Ground, downloads: Downloads) -> Office:
    settings = ground.settings
    return Office(
        db=ground.db,
        # Strangers choose the names of endpoints: they are asked for apart.
        client=Client(settings, ground.resolver()),
        safe=Safe(ground.vault(sealing.PURPOSE)),
        encode=functools.partial(payloads.encode, links=downloads.link),
        holder=ground.node_id,
        turns=Turns(settings.webhook_concurrency),
    )
