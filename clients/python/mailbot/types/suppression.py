"""Suppressions as the server returns them, and as an import takes them."""

from dataclasses import dataclass, field
from datetime import datetime

from mailbot.v1 import suppressions_pb2


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """An address that nothing is sent to; without `inbox_id` by all of the account."""

    id: str
    address: str
    inbox_id: str
    reason: str
    create_time: datetime | None
    expire_time: datetime | None
    delivery_id: str
    message_id: str
    note: str
    added_by: str
    raw: suppressions_pb2.Suppression = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class SuppressionEntry:
    """One line of an import; the reason is "manual" unless told."""

    address: str
    reason: str = ""
    expire_time: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppressionImportFault:
    """An entry that was not imported; `index` counts from 0 over all of them."""

    index: int
    address: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppressionImport:
    """What became of an import's entries; `faults` are the first 100 refused ones."""

    added: int
    changed: int
    unchanged: int
    refused: int
    faults: tuple[SuppressionImportFault, ...]
    raw: suppressions_pb2.ImportSuppressionsResponse = field(repr=False, compare=False)
