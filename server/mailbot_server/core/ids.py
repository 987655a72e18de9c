"""
Typed identifiers, made from a clock value and random bytes given to it.

An id is a prefix, `_`, and 26 characters of lower-case Crockford base32: 48 bits of
milliseconds and 80 random bits, as in ULID. Ids of one kind therefore sort by the
time they were made, and cannot be guessed.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final, NewType

AccountId = NewType("AccountId", str)
InboxId = NewType("InboxId", str)
MessageId = NewType("MessageId", str)
ThreadId = NewType("ThreadId", str)
DeliveryId = NewType("DeliveryId", str)
EventId = NewType("EventId", str)
KeyId = NewType("KeyId", str)
UploadId = NewType("UploadId", str)

ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
PREFIXES: Final = frozenset(
    {
        *("acc", "inb", "msg", "thr", "dlv", "evt", "key", "upl", "req", "nod"),
        *("sup", "dom", "dky", "sus", "lst", "rul", "chg"),
    }
)
_PAIRS: Final = tuple(one + other for one in ALPHABET for other in ALPHABET)
_LENGTH: Final = 26
_SEED_BYTES: Final = 16
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)


def base32(value: int, length: int) -> str:
    """The lowest `5 * length` bits of `value`, most significant character first."""
    places = range(5 * (length + length % 2) - 10, -1, -10)
    return "".join([_PAIRS[value >> place & 1023] for place in places])[-length:]


def make(prefix: str, now: datetime, entropy: bytes) -> str:
    """An id of the kind `prefix`; `entropy` is at least 10 random bytes."""
    milliseconds = (now - _EPOCH) // _MILLISECOND
    random_bits = int.from_bytes(entropy[:10], "big")
    return f"{prefix}_{base32((milliseconds << 80) | random_bits, _LENGTH)}"


def is_id(prefix: str, text: str) -> bool:
    """Whether `text` has the form of an id of this kind."""
    head, _, tail = text.partition("_")
    return head == prefix and len(tail) == _LENGTH and all(c in ALPHABET for c in tail)


def made_at(identifier: str) -> datetime:
    """The instant, to the millisecond, at which a well-formed id was made."""
    value = 0
    for character in identifier.partition("_")[2]:
        value = (value << 5) | ALPHABET.index(character)
    return _EPOCH + (value >> 80) * _MILLISECOND


@dataclass(slots=True)
class IdSequence:
    """
    A run of ids that comes out the same each time it is started from one seed.

    An operation that has to run again therefore writes the same ids.
    """

    now: datetime
    seed: bytes
    _count: int = field(default=0)

    def next(self, prefix: str) -> str:
        """The next id, of the kind `prefix`."""
        self._count += 1
        entropy = hashlib.blake2b(
            self._count.to_bytes(4, "big"), key=self.seed[:_SEED_BYTES], digest_size=10
        )
        return make(prefix, self.now, entropy.digest())
