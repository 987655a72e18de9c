"""
A composed message on its way to the operation that accepts it, and what comes back.

Both go between processes, so they travel as plain values.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from mailbot_server.core.delivery import Delivery
from mailbot_server.core.facts import messages, travelling
from mailbot_server.core.facts.travelling import Travelling
from mailbot_server.core.message import Guarantee, Overflow, Stream
from mailbot_server.core.signed.cursor import SigningKeys
from mailbot_server.core.tracking.plan import Plan
from mailbot_server.engine.outbound.submission.composition import Composed
from mailbot_server.engine.reverse_paths import ReversePaths


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(Travelling):
    """
    What an account asks to be accepted; `composed` lacks its thread and its labels.

    `named` is the inbox as the caller named it. `inbox_version` is the one that it was
    composed for, None when the inbox was read just now. `missing` is the id of an
    upload that is not there. `stays` are recipients to whom the settings let nothing
    leave, and why, unless they have an inbox here. Without `paths` nothing will be
    written.
    """

    account_id: str
    named: str
    inbox_id: str
    inbox_version: int | None = None
    method: str
    request_id: str
    digest: bytes
    missing: str = ""
    thread_of: str = ""
    labels: tuple[str, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    stream: Stream
    guarantee: Guarantee
    send_at: datetime | None = None
    overflow: Overflow
    require_tls: bool = False
    composed: Composed
    stays: tuple[tuple[str, str], ...] = ()
    paths: ReversePaths | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted(Travelling):
    """What only the operation knew of a message that it accepted."""

    thread_id: str
    at: datetime
    deliveries: tuple[Delivery, ...]


_COMPOSED: Final = travelling.of(
    Composed,
    message=messages.MESSAGE,
    parts=messages.PARTS,
    index_text=messages.DOCUMENT,
    plan=travelling.unless(travelling.of(Plan), Plan()),
)
_PATHS: Final = travelling.of(ReversePaths, keys=travelling.of(SigningKeys))
travelling.let(Order, composed=_COMPOSED, paths=travelling.unless(_PATHS, None))
travelling.let(Accepted, deliveries=travelling.each(travelling.of(Delivery)))
