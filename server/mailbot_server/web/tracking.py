"""
What links in mail do: a picture tells of an open, a link of a click, a form ends it.

A link holds nothing but a signed name; where it leads is looked up. Nothing is kept at
the recipient's, no cookie and no address, and looking at a page never unsubscribes:
scanners look at all of them (RFC 8058 3.2).
"""

import re
import unicodedata
from datetime import timedelta
from typing import Final
from urllib.parse import quote

from aiohttp import web

from mailbot_server.config import Settings
from mailbot_server.core.audit import ENGINE
from mailbot_server.core.errors import Unavailable
from mailbot_server.core.signed import link
from mailbot_server.core.signed.cursor import SigningKeys
from mailbot_server.core.signed.link import For, Named, Unreadable
from mailbot_server.core.tracking import machines
from mailbot_server.core.tracking.machines import Sighting
from mailbot_server.engine.engagement import recording
from mailbot_server.engine.engagement.recording import Recorded, Seen
from mailbot_server.store.database import Database, origin
from mailbot_server.telemetry.metrics import Metrics
from mailbot_server.web.public import Route, Visit, not_found, page

ONE_CLICK: Final = ("List-Unsubscribe", "One-Click")
"""What a program posts to unsubscribe somebody (RFC 8058 3.1)."""

PICTURE: Final = bytes.fromhex(
    "47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002014400"
    "3b"
)
"""A GIF of one transparent pixel."""

_GET: Final = frozenset({"GET", "HEAD"})
_FORM: Final = (
    '<form method="post">'
    '<input type="hidden" name="List-Unsubscribe" value="One-Click">'
    '<input type="hidden" name="by" value="page">'
    "<button>Unsubscribe</button></form>"
)
_KINDS: Final = {
    For.OPEN: "open",
    For.CLICK: "click",
    For.UNSUBSCRIBE: "unsubscribe",
}
_HOST: Final = re.compile(r"(https?://)([^/?#\\]*)(.*)", re.IGNORECASE | re.DOTALL)
_DOTS: Final = re.compile("[.\u3002]")
_LABEL_MAX: Final = 63
_ALLOWED: Final = "%/:=&?~#+!$,;'@()*[]-._|"


class Tracking:
    """Answers for the three kinds of links."""

    def __init__(
        self, db: Database, keys: SigningKeys, settings: Settings, metrics: Metrics
    ) -> None:
        self._db = db
        self._keys = keys
        self.grace = timedelta(seconds=settings.machine_seconds)
        self._metrics = metrics

    def routes(self) -> dict[str, Route]:
        """Theirs, by the word in the path."""
        return {
            For.OPEN.value: Route(methods=_GET, answer=self._open),
            For.CLICK.value: Route(methods=_GET, answer=self._click),
            For.UNSUBSCRIBE.value: Route(
                methods=_GET | {"POST"}, answer=self._unsubscribe
            ),
        }

    async def _open(self, visit: Visit) -> web.Response:
        named = self._named(For.OPEN, visit)
        if named is None:
            return not_found()
        seen = self._seen(visit)
        try:
            recorded = await self._db.write(recording.opened, named.delivery_id, seen)
        except Unavailable:
            # Somebody reads mail: that we cannot write it down is no concern of theirs.
            self._count(For.OPEN, "error")
            return _picture()
        self._count_recorded(For.OPEN, recorded)
        return _picture() if recorded else not_found()

    async def _click(self, visit: Visit) -> web.Response:
        named = self._named(For.CLICK, visit)
        if named is None:
            return not_found()
        seen = self._seen(visit)
        try:
            recorded = await self._db.write(recording.clicked, *named, seen)
        except Unavailable:
            self._count(For.CLICK, "error")
            url = await self._db.read(recording.target, *named)
        else:
            self._count_recorded(For.CLICK, recorded)
            url = recorded.url if recorded else ""
        if not url:
            return not_found()
        return web.Response(status=302, headers={"Location": location(url)})

    async def _unsubscribe(self, visit: Visit) -> web.Response:
        named = self._named(For.UNSUBSCRIBE, visit)
        if named is None:
            return not_found()
        if visit.method != "POST":
            words = "Do you want no more mail from this sender?"
            return page(200, "Unsubscribe", words, _FORM)
        form = await visit.form()
        name, value = ONE_CLICK
        if form.get(name, "").strip().lower() != value.lower():
            words = "Press the button to unsubscribe."
            return page(400, "Unsubscribe", words, _FORM)
        method = "page" if form.get("by") == "page" else "one_click"
        seen = self._seen(visit)
        try:
            with origin.working_for(ENGINE, "http"):
                is_known = await self._db.write(
                    recording.unsubscribed, named.delivery_id, method, seen
                )
        except Unavailable:
            self._count(For.UNSUBSCRIBE, "error")
            raise
        self._count(For.UNSUBSCRIBE, "ok")
        if not is_known:
            return not_found()
        words = "You will get no more mail from this sender."
        return page(200, "Unsubscribed", words)

    def _named(self, purpose: For, visit: Visit) -> Named | None:
        try:
            return link.read(self._keys, purpose, visit.token)
        except Unreadable as error:
            self._count(purpose, "expired" if error.is_expired else "bad_signature")
            return None

    def _seen(self, visit: Visit) -> Seen:
        headers = visit.request.headers
        sighting = Sighting(
            method=visit.method,
            fields={name.lower(): value for name, value in headers.items()},
            address=visit.address,
        )
        return Seen(
            machine=machines.reason(sighting),
            user_agent=sighting.user_agent,
            network=sighting.network,
            grace=self.grace,
        )

    def _count_recorded(self, purpose: For, recorded: Recorded | None) -> None:
        if recorded is None:
            self._count(purpose, "bad_signature")
        else:
            self._count(purpose, "bot" if recorded.is_machine else "ok")

    def _count(self, purpose: For, result: str) -> None:
        self._metrics.tracking_requests.labels(_KINDS[purpose], result).inc()


def location(url: str) -> str:
    """A target as a header field can carry it: ASCII, as browsers would spell it."""
    if url.isascii() and quote(url, safe=_ALLOWED) == url:
        return url
    found = _HOST.fullmatch(url)
    if found is None:
        return quote(url, safe=_ALLOWED)
    scheme, host, rest = found.groups()
    if rest.startswith("\\"):
        # Browsers take it for a slash: the host ends here.
        rest = f"/{rest[1:]}"
    host = host if host.isascii() else _ascii_host(host)
    return f"{scheme}{host}{quote(rest, safe=_ALLOWED)}"


def _ascii_host(host: str) -> str:
    """The host as browsers look it up: "ß" is a letter of its own (UTS 46)."""
    user, at, name = host.rpartition("@")
    name = unicodedata.normalize("NFKC", name.lower())
    try:
        labels = ".".join(map(_ascii_label, _DOTS.split(name)))
    except UnicodeError:
        return quote(host, safe=_ALLOWED)
    return f"{quote(user, safe=_ALLOWED)}{at}{labels}"


def _ascii_label(label: str) -> str:
    if label.isascii():
        return label
    name, colon, port = label.partition(":")
    spelt = f"xn--{name.encode('punycode').decode()}"
    if len(spelt) > _LABEL_MAX:
        raise UnicodeError
    return f"{spelt}{colon}{port}"


def _picture() -> web.Response:
    return web.Response(body=PICTURE, content_type="image/gif")
