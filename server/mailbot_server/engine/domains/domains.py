"""The domains of accounts, for those who call and for those who watch."""

import base64
from collections.abc import Callable
from typing import Final

from mailbot_server.core import ids
from mailbot_server.core.account import Principal
from mailbot_server.core.domain.domain import Domain
from mailbot_server.core.domain.key import StoredKey, is_signing
from mailbot_server.core.domain.publish import wanted
from mailbot_server.core.domain.record import Record
from mailbot_server.core.domain.spf import Sender
from mailbot_server.core.errors import NotFound, WrongState
from mailbot_server.core.mail.dkim.algorithm import Algorithm
from mailbot_server.engine.domains import creation, looking
from mailbot_server.engine.domains.looking import Looker
from mailbot_server.engine.outbound.queue.lease import (
    release_regained,
    release_signable,
)
from mailbot_server.engine.signing import keypair
from mailbot_server.engine.signing.keypair import NewKey
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.domains import keys as domain_keys
from mailbot_server.store.domains import rows

_ID_BYTES: Final = 10
_PROOF_BYTES: Final = 20
_SELECTOR_LENGTH: Final = 8

Entropy = Callable[[int], bytes]
Known = tuple[Domain, tuple[StoredKey, ...]]


class Domains:
    """What can be done with domains; each call is one operation, after its look."""

    def __init__(self, db: Database, looker: Looker, entropy: Entropy) -> None:
        self._db = db
        self._looker = looker
        self._entropy = entropy

    def records(
        self, domain: Domain, keys: tuple[StoredKey, ...]
    ) -> tuple[Record, ...]:
        """What the domain has to publish."""
        settings = self._looker.settings
        sender = Sender(hostname=settings.hostname, include=settings.spf_include)
        return wanted(domain.name, domain.token, keys, sender)

    async def create(
        self, principal: Principal, name: str, request_id: str, digest: bytes
    ) -> Known:
        """
        A new domain with keys, or the one of the first call with this request_id.

        Raises InvalidInput, NotAllowed, AlreadyExists, WrongState, LimitExceeded.
        """
        creation.check_unrestricted(principal)
        settings = self._looker.settings
        own = (settings.hostname, settings.sandbox_domain)
        name = creation.check_name(name, principal, own)
        new = self._new(principal.account_id, name)
        # Making keys takes a tenth of a second, which nobody should pay for nothing.
        has_it = await self._db.read(rows.get, principal.account_id, name)
        keys = () if has_it else await self._new_keys(new)
        try:
            made = await self._remembering(request_id, new, keys, digest)
        except creation.KeysMissing:  # it was given up since
            keys = await self._new_keys(new)
            made = await self._remembering(request_id, new, keys, digest)
        known = await self._db.read(domain_keys.of_domain, made.account_id, made.id)
        return made, known

    async def get(self, principal: Principal, id_or_name: str) -> Known:
        """A domain with its keys; raises NotFound."""
        creation.check_unrestricted(principal)
        return await self._db.read(_known, principal.account_id, id_or_name)

    async def list_newest(
        self, principal: Principal, before_id: str, limit: int
    ) -> list[Known]:
        """The account's, made before `before_id` ("" for all), newest first."""
        creation.check_unrestricted(principal)
        return await self._db.read(_listed, principal.account_id, before_id, limit)

    async def verify(self, principal: Principal, id_or_name: str) -> Known:
        """The domain after a look at the DNS; raises NotFound."""
        domain, keys = await self.get(principal, id_or_name)
        looked = await self.look(domain, keys)
        if looked is None:
            raise NotFound("domain", id_or_name)
        return looked

    async def look(self, domain: Domain, keys: tuple[StoredKey, ...]) -> Known | None:
        """
        The same for a domain that is known; None when it is gone meanwhile.

        Mail that waited for a key of it, or for it to be the account's again, goes on.
        """
        look = await self._looker.look(domain, keys)
        resealed = self._looker.resealed(keys)
        noted = await self._db.write(looking.note, domain, look, resealed)
        if noted is not None and noted[0].verified_at is not None:
            await release_regained(self._db, domain.account_id, domain.name)
        if noted is not None and is_signing(noted[1]):
            await release_signable(self._db, domain.account_id, domain.name)
        return noted

    async def rotate(self, principal: Principal, id_or_name: str) -> Known:
        """The domain with new keys, which wait for their records; raises NotFound."""
        domain, _ = await self.get(principal, id_or_name)
        keys = await self._new_keys(domain)
        await self._db.write(creation.rotate, domain, keys)
        return await self.get(principal, domain.id)

    async def delete(self, principal: Principal, id_or_name: str) -> None:
        """Gives it up; raises NotFound, WrongState (DOMAIN_IN_USE)."""
        creation.check_unrestricted(principal)
        await self._db.write(creation.delete, principal.account_id, id_or_name)

    async def _remembering(
        self, request_id: str, new: Domain, keys: tuple[StoredKey, ...], digest: bytes
    ) -> Domain:
        count = self._db.metrics.idempotency.labels
        most = self._looker.settings.domains_per_account_max
        try:
            made = await self._db.write(
                creation.create, new, keys, request_id, digest, most
            )
        except WrongState as error:
            if error.reason == "REQUEST_ID_REUSED":
                count("conflict").inc()
            raise
        if request_id:
            count("new" if made.id == new.id else "replayed").inc()
        return made

    def _new(self, account_id: str, name: str) -> Domain:
        now = self._db.clock()
        return Domain(
            id=ids.make("dom", now, self._entropy(_ID_BYTES)),
            account_id=account_id,
            name=name,
            token=base64.b32encode(self._entropy(_PROOF_BYTES)).decode().lower(),
            created_at=now,
            urgent_at=now,
            checks_at=now + creation.FIRST_LOOK,
        )

    async def _new_keys(self, domain: Domain) -> tuple[StoredKey, ...]:
        return tuple(
            [await self._new_key(domain, algorithm) for algorithm in Algorithm]
        )

    async def _new_key(self, domain: Domain, algorithm: Algorithm) -> StoredKey:
        now = self._db.clock()
        key_id = ids.make("dky", now, self._entropy(_ID_BYTES))
        new = NewKey(
            id=key_id,
            account_id=domain.account_id,
            domain_id=domain.id,
            domain=domain.name,
            selector=f"mb{key_id[-_SELECTOR_LENGTH:]}",
            algorithm=algorithm,
            created_at=now,
        )
        return await keypair.make(self._looker.vault, new)


def _known(tx: Transaction, account_id: str, id_or_name: str) -> Known:
    domain = creation.find(tx, account_id, id_or_name)
    return domain, domain_keys.of_domain(tx, account_id, domain.id)


def _listed(
    tx: Transaction, account_id: str, before_id: str, limit: int
) -> list[Known]:
    found = rows.list_newest(tx, account_id, before_id, limit)
    return [(each, domain_keys.of_domain(tx, account_id, each.id)) for each in found]
