"""Looks at what a domain publishes, and writes down what that changes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from mailbot_server.config import Settings
from mailbot_server.core.domain import progress, publish, record
from mailbot_server.core.domain.domain import Domain
from mailbot_server.core.domain.key import KeyState, SigningUnavailable, StoredKey
from mailbot_server.core.domain.progress import Look
from mailbot_server.core.domain.publish import Seen
from mailbot_server.core.domain.record import Finding, Purpose, Record
from mailbot_server.core.domain.spf import Sender
from mailbot_server.core.event import EventType
from mailbot_server.core.mail.dkim import record as dkim_record
from mailbot_server.core.mail.dkim.record import Standing
from mailbot_server.engine.dns import Lookups
from mailbot_server.engine.domains import asking, creation
from mailbot_server.engine.domains.creation import announce
from mailbot_server.engine.signing import keypair, proof
from mailbot_server.engine.signing.sealing import Vault
from mailbot_server.engine.signing.signer import Signer
from mailbot_server.store.database import Transaction
from mailbot_server.store.domains import keys as domain_keys
from mailbot_server.store.domains import rows
from mailbot_server.telemetry.metrics import Metrics

WORDS_MAX: Final = 1000
_RANK: Final = {state: number for number, state in enumerate(KeyState)}

Resealed = Mapping[str, tuple[bytes, bytes]]
"""By key: the seal that was read, and the same secret under the current server key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looker:
    """What it takes to look at a domain."""

    settings: Settings
    metrics: Metrics
    lookups: Lookups
    signer: Signer
    vault: Vault

    async def look(self, domain: Domain, keys: tuple[StoredKey, ...]) -> Look:
        """What is published now, and which waiting keys may sign."""
        sender = await asking.sender(
            self.lookups, self.settings.hostname, self.settings.spf_include
        )
        records = publish.wanted(domain.name, domain.token, keys, sender)
        seen = await asking.ask(self.lookups, records)
        return await self._judged(records, seen, sender, keys)

    def resealed(self, keys: tuple[StoredKey, ...]) -> Resealed:
        """Those that an earlier server key has sealed; what cannot be opened stays."""
        found = {}
        for key in keys:
            try:
                sealed = (
                    keypair.resealed(self.vault, key) if key.sealed_private else None
                )
            except SigningUnavailable:
                continue
            if sealed is not None:
                found[key.id] = (key.sealed_private, sealed)
        return found

    async def _judged(
        self,
        records: tuple[Record, ...],
        seen: Seen,
        sender: Sender,
        keys: tuple[StoredKey, ...],
    ) -> Look:
        standings: dict[str, Standing] = {}
        broken: dict[str, Finding] = {}
        for key in keys:
            texts = seen.texts.get(key.host)
            if texts is None or key.state is KeyState.RETIRED:
                continue
            try:
                standings[key.host] = await self._standing(key, texts)
            except SigningUnavailable as error:
                found = map(record.text_of, texts)
                broken[f"{Purpose.DKIM.value}:{key.host}"] = record.wrong(
                    found, str(error)
                )
        findings = publish.judge(records, seen, sender, standings) | broken
        published = (key.id for key in keys if _is_seen(key, standings))
        return Look(records=records, findings=findings, published=frozenset(published))

    async def _standing(self, key: StoredKey, texts: tuple[bytes, ...]) -> Standing:
        """A key that has never signed proves itself; one that signs has done so."""
        if key.state is KeyState.PENDING:
            return await proof.prove(self.signer, self.metrics, key, texts)
        return dkim_record.standing(texts, key.algorithm, key.public)


def note(
    tx: Transaction, domain: Domain, look: Look, resealed: Resealed
) -> tuple[Domain, tuple[StoredKey, ...]] | None:
    """
    Writes down what a look means; the domain and its keys now, None when it is gone.

    Events domain.verified and domain.changed where something did. One operation.
    """
    current = rows.lock(tx, domain.account_id, domain.id)
    if current is None:
        return None
    keys = tuple(
        _sealed_anew(key, resealed)
        for key in domain_keys.of_domain(tx, current.account_id, current.id)
    )
    after = progress.advance(
        current, keys, look, tx.now, is_anothers=_is_anothers(tx, current)
    )
    rows.write(tx, after.domain)
    for key in sorted(after.keys, key=lambda key: -_RANK[key.state]):
        domain_keys.write(tx, key)
    for key in after.dropped:
        domain_keys.delete(tx, key)
    unfinished = tuple(dict.fromkeys(each.purpose.value for each in after.missing))
    if after.is_new_owner:
        words = "ownership was seen: inboxes can be created"
        announce(tx, after.domain, EventType.DOMAIN_VERIFIED, words, unfinished)
    if after.changes:
        words = "; ".join(after.changes)[:WORDS_MAX]
        announce(tx, after.domain, EventType.DOMAIN_CHANGED, words, unfinished)
    creation.note(
        tx,
        "domain.verify" if after.is_new_owner else "domain.change",
        current,
        creation.told(current, keys),
        creation.told(after.domain, after.keys),
    )
    written = replace(after.domain, version=after.domain.version + 1)
    return written, after.keys


def _is_anothers(tx: Transaction, domain: Domain) -> bool:
    """Whether another account has the name; nobody gets it until this one is done."""
    if domain.verified_at is None:
        rows.reserve(tx, domain.name)
    return rows.owner(tx, domain.name) not in {None, domain.account_id}


def _sealed_anew(key: StoredKey, resealed: Resealed) -> StoredKey:
    before, after = resealed.get(key.id, (b"", b""))
    if not after or key.sealed_private != before:
        return key
    return replace(key, sealed_private=after)


def _is_seen(key: StoredKey, standings: Mapping[str, Standing]) -> bool:
    standing = standings.get(key.host)
    return key.state is KeyState.PENDING and standing is not None and standing.is_ours
