"""Which records a domain has to publish, and what is wrong with those that it does."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from mailbot_server.core.domain import dmarc, record, spf
from mailbot_server.core.domain.key import KeyState, StoredKey
from mailbot_server.core.domain.record import Finding, Purpose, Record, RecordType
from mailbot_server.core.domain.spf import Sender
from mailbot_server.core.mail.dkim.algorithm import Algorithm
from mailbot_server.core.mail.dkim.record import Standing
from mailbot_server.core.signed.reverse_path import LABEL

PREFERENCE: Final = 10
_OWNERSHIP: Final = "_mailbot."
_PROOF: Final = "mailbot-verification="

Exchanges = tuple[tuple[int, str], ...]
"""MX records: preference and host, lower case, without a final dot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """
    What the DNS answered: an empty answer for no record, None for no answer.

    A name that was not asked for is in none of them.
    """

    texts: Mapping[str, tuple[bytes, ...] | None]
    exchanges: Mapping[str, Exchanges | None]


def wanted(
    name: str, token: str, keys: Iterable[StoredKey], sender: Sender
) -> tuple[Record, ...]:
    """
    What a domain has to publish, in the order in which people read it.

    What nobody can know while `hostname` is not set is left out.
    """
    signing = [key for key in keys if key.state is not KeyState.RETIRED]
    records = [
        Record(
            purpose=Purpose.OWNERSHIP,
            name=f"{_OWNERSHIP}{name}",
            value=f"{_PROOF}{token}",
            required=True,
        ),
        *(_dkim(key) for key in signing),
    ]
    if sender.mechanism:
        records.append(Record(purpose=Purpose.SPF, name=name, value=sender.record))
    records.append(
        Record(purpose=Purpose.DMARC, name=dmarc.host(name), value=dmarc.PROPOSAL)
    )
    if sender.hostname:
        records += _receiving(name, sender)
    return tuple(records)


def names(records: Iterable[Record]) -> tuple[frozenset[str], frozenset[str]]:
    """The names to ask for TXT and for MX records."""
    listed = list(records)
    texts = {each.name for each in listed if each.type is RecordType.TXT}
    exchanges = {each.name for each in listed if each.type is RecordType.MX}
    return frozenset(texts), frozenset(exchanges)


def judge(
    records: Iterable[Record],
    seen: Seen,
    sender: Sender,
    standings: Mapping[str, Standing],
) -> dict[str, Finding]:
    """How each record was found, by its `key`; `standings` are those of DKIM hosts."""
    return {each.key: _finding(each, seen, sender, standings) for each in records}


def _dkim(key: StoredKey) -> Record:
    is_main = key.algorithm is Algorithm.RSA_SHA256
    return Record(
        purpose=Purpose.DKIM, name=key.host, value=key.record, required=is_main
    )


def _receiving(name: str, sender: Sender) -> list[Record]:
    exchange = f"{PREFERENCE} {sender.hostname}"
    back = f"{LABEL}{name}"
    return [
        Record(
            purpose=Purpose.RETURN_PATH_MX,
            type=RecordType.MX,
            name=back,
            value=exchange,
        ),
        Record(
            purpose=Purpose.RETURN_PATH_SPF,
            name=back,
            value=sender.return_path_record,
        ),
        Record(purpose=Purpose.MX, type=RecordType.MX, name=name, value=exchange),
    ]


def _finding(
    wanted: Record, seen: Seen, sender: Sender, standings: Mapping[str, Standing]
) -> Finding:
    if wanted.type is RecordType.MX:
        exchanges = seen.exchanges.get(wanted.name)
        if exchanges is None:
            return record.UNREACHABLE
        return _exchange(wanted, exchanges, sender.hostname)
    texts = seen.texts.get(wanted.name)
    if texts is None:
        return record.UNREACHABLE
    match wanted.purpose:
        case Purpose.OWNERSHIP:
            return _ownership(wanted, texts)
        case Purpose.DKIM:
            return _signature(texts, standings.get(wanted.name, Standing.MISSING))
        case Purpose.DMARC:
            return _policy(wanted, texts, seen)
        case _:
            hosts = seen.exchanges.get(wanted.name) or ()
            return spf.judge(texts, sender, [host for _, host in hosts])


def _ownership(wanted: Record, texts: tuple[bytes, ...]) -> Finding:
    found = [record.text_of(text).strip() for text in texts]
    if wanted.value in found:
        return record.ok([wanted.value])
    if found:
        return record.wrong(found, "the TXT record there says something else")
    return record.missing("publish it to show that the domain is yours")


def _policy(wanted: Record, texts: tuple[bytes, ...], seen: Seen) -> Finding:
    parents = dmarc.hosts_above(wanted.name.partition(".")[2])
    above = {host: seen.texts.get(host) for host in parents}
    found = dmarc.judge(texts, {host: its for host, its in above.items() if its})
    is_unsure = any(its is None and host in seen.texts for host, its in above.items())
    if found.state is record.RecordState.MISSING and is_unsure:
        return record.UNREACHABLE
    return found


_SIGNATURE: Final = {
    Standing.MISSING: "publish it; mail is signed with this key from then on",
    Standing.REVOKED: "the record has an empty p=, which takes the key back",
    Standing.DIFFERENT: "the record there has another key: publish this value",
    Standing.BROKEN: (
        "no verifier can use the record there: publish this value as it is; strings in"
        " quotation marks one after the other count as one"
    ),
    Standing.TESTING: (
        "the record is marked t=y, so hosts take the mail as if it were unsigned:"
        " take t=y out"
    ),
}


def _signature(texts: tuple[bytes, ...], standing: Standing) -> Finding:
    found = [record.text_of(text) for text in texts]
    if standing.is_ours:
        return record.ok(found, _SIGNATURE.get(standing, ""))
    if standing is Standing.MISSING:
        return record.missing(_SIGNATURE[standing])
    return record.wrong(found, _SIGNATURE[standing])


def _exchange(wanted: Record, exchanges: Exchanges, hostname: str) -> Finding:
    found = [f"{preference} {host or '.'}" for preference, host in sorted(exchanges)]
    hosts = [host for _, host in sorted(exchanges)]
    is_first = bool(hosts) and hostname in {
        host for preference, host in exchanges if preference == min(exchanges)[0]
    }
    if wanted.purpose is Purpose.MX:
        return _inbound(found, hosts, hostname)
    if is_first:
        return record.ok(found)
    if not found:
        words = "until it is there, bounces go to this server's own domain"
        return record.missing(words)
    return record.wrong(found, f"bounces have to come to {hostname} first")


def _inbound(found: list[str], hosts: list[str], hostname: str) -> Finding:
    if hostname in hosts:
        return record.ok(found)
    if not found:
        return record.missing("publish it only if inboxes are to receive mail")
    words = (
        "mail for the domain goes elsewhere; change it only if all of it is to come"
        " to this server"
    )
    return record.wrong(found, words)
