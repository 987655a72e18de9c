"""The webhooks of accounts, for those who call; what is secret is sealed first."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from mailbot_server.config import Settings
from mailbot_server.core import ids
from mailbot_server.core.account import Principal
from mailbot_server.core.errors import Unavailable, one_field
from mailbot_server.core.event import EventFilter, EventType
from mailbot_server.core.subscription import Subscription
from mailbot_server.core.webhook import header, signature, url
from mailbot_server.core.webhook.attempt import KEPT, PREFIX, Attempt
from mailbot_server.core.webhook.endpoint import Endpoint
from mailbot_server.engine import events, joining, replaying
from mailbot_server.engine.replaying import Asked
from mailbot_server.engine.signing.sealing import SealBroken
from mailbot_server.engine.webhooks import keeping, letter
from mailbot_server.engine.webhooks.keeping import Changes, Kept
from mailbot_server.engine.webhooks.lane import Office
from mailbot_server.engine.webhooks.sample import sample

ID_BYTES: Final = 10


class Webhooks:
    """What can be done with webhooks, but for posting to them."""

    def __init__(self, office: Office, settings: Settings) -> None:
        self._office = office
        self._db = office.db
        self._settings = settings
        self._exempt = settings.webhook_exempt

    def new_id(self) -> str:
        """The id of a webhook that is about to be created."""
        return ids.make("whk", self._db.clock(), self._db.entropy(ID_BYTES))

    async def create(
        self,
        principal: Principal,
        read: Subscription,
        posted: Mapping[str, Any],
        request_id: str,
        digest: bytes,
    ) -> tuple[Kept, str, bool]:
        """
        The webhook, its secret, and whether an earlier call made it: then without one.

        `read` is the half that reads; `posted` the fields of the endpoint, of which
        `headers` are plain. Raises InvalidInput, LimitExceeded, WrongState.
        """
        secret = self._db.entropy(signature.SECRET_BYTES)
        endpoint = Endpoint(
            id=read.id,
            account_id=principal.account_id,
            sealed_secret=self._office.safe.seal_secret(read.id, secret),
            **self._checked(read.id, {"headers": {}, **posted}),
        )
        new = Kept(subscription=read, endpoint=endpoint)
        made, is_old = await self._db.write(
            keeping.create, principal, new, request_id, digest
        )
        return made, "" if is_old else signature.print_secret(secret), is_old

    async def update(
        self, principal: Principal, webhook_id: str, values: dict[str, Any], etag: str
    ) -> Kept:
        """
        The webhook with values changed; `headers` are plain.

        Raises NotFound, InvalidInput, Conflict.
        """
        checked = self._checked(webhook_id, values)
        changes = Changes(values=checked, etag=etag)
        return await self._db.write(keeping.update, principal, webhook_id, changes)

    async def rotate(
        self, principal: Principal, webhook_id: str, overlap: timedelta
    ) -> tuple[Kept, str]:
        """The webhook with a new secret, and that secret; raises NotFound."""
        secret = self._db.entropy(signature.SECRET_BYTES)
        sealed = self._office.safe.seal_secret(webhook_id, secret)
        kept = await self._db.write(
            keeping.rotate, principal, webhook_id, sealed, overlap
        )
        return kept, signature.print_secret(secret)

    async def delete(self, principal: Principal, webhook_id: str) -> None:
        """Forgets a webhook, its deliveries and its log; raises NotFound."""
        await self._db.write(keeping.delete, principal, webhook_id)
        while await self._db.write(keeping.forget, webhook_id):
            pass

    async def test(
        self, principal: Principal, webhook_id: str, kind: EventType
    ) -> Attempt:
        """
        Posts an event that never happened, once, also where the webhook is disabled.

        How the endpoint fares does not change. Raises NotFound, Unavailable.
        """
        kept = await self._db.read(keeping.find, principal, webhook_id)
        now, entropy = self._db.clock(), self._db.entropy
        event = sample(kind, principal.account_id, now, entropy(ID_BYTES))
        to = self._opened(kept)
        body = self._office.encode(event, joining.NOTHING)
        request, shown = letter.compose(to, event.id, body, now)
        async with self._office.turns.of(principal.account_id):
            answer = await self._office.client.send(request, now)
        attempt = Attempt(
            id=ids.make(PREFIX, now, entropy(ID_BYTES)),
            account_id=principal.account_id,
            webhook_id=webhook_id,
            event_id=event.id,
            event_type=kind.value,
            number=1,
            replay_id="",
            started_at=now,
            url=request.url,
            request_headers=shown,
            request_body=body,
            answer=answer,
        )
        await self._db.write(keeping.note_test, attempt)
        return attempt

    async def redeliver(
        self, principal: Principal, webhook_id: str, event_id: str
    ) -> str:
        """
        Has one event posted once more; the id of the replay that does it.

        Raises NotFound for a webhook or an event that the caller may not see.
        """
        await self._db.read(keeping.find, principal, webhook_id)
        asked = Asked(
            target_ids=(webhook_id,),
            filter=EventFilter(visible_inbox_ids=principal.inbox_ids),
            event_ids=(event_id,),
        )
        replay, _ = await replaying.begin(self._db, principal, asked)
        return replay.id

    async def recover(
        self, principal: Principal, webhook_id: str, since: datetime
    ) -> str:
        """
        Has everything posted that was not delivered; the id of the replay that does it.

        Raises NotFound, and InvalidInput for what lies too far back.
        """
        await self._db.read(keeping.find, principal, webhook_id)
        if since < self._db.clock() - KEPT:
            words = "must be at most 30 days back: attempts are kept no longer"
            raise one_field("since_time", words)
        place = await self._db.read(events.since, principal.account_id, since)
        asked = Asked(
            target_ids=(webhook_id,),
            filter=EventFilter(visible_inbox_ids=principal.inbox_ids),
            low=place.position,
            undelivered_only=True,
        )
        replay, _ = await replaying.begin(self._db, principal, asked)
        return replay.id

    def headers(self, endpoint: Endpoint) -> dict[str, str]:
        """The header fields that a caller gave; none where they cannot be read."""
        try:
            return self._office.safe.headers(endpoint)
        except SealBroken:
            return {}

    def _opened(self, kept: Kept) -> letter.Opened:
        try:
            return letter.opened(self._office.safe, kept.endpoint)
        except SealBroken as error:
            message = (
                "the webhook's secret or headers cannot be read; rotate the secret and"
                " set the headers again, or ask the operator for the old server_key"
            )
            raise Unavailable(message) from error

    def _checked(self, webhook_id: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values with headers sealed; raises InvalidInput."""
        known = dict(values)
        if "url" in known:
            allows_http = self._settings.webhook_allow_http
            wrong = url.wrong(known["url"], self._exempt, allows_http=allows_http)
            if wrong:
                raise one_field("webhook.url", wrong)
        if "headers" in known:
            fields = known.pop("headers")
            wrong = header.wrong(fields)
            if wrong:
                raise one_field("webhook.headers", wrong)
            sealed = self._office.safe.seal_headers(webhook_id, fields)
            known["sealed_headers"] = sealed
        return known
