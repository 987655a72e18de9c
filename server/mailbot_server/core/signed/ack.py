"""
The name of one lease as an opaque signed token, which any server can read.

It binds the log's epoch, the account and the subscription, and says which replay asked
for the event, where it stands in the log, and the number of its lease.
"""

import hashlib
import hmac
import struct

from mailbot_server.core.signed import cursor
from mailbot_server.core.signed.cursor import Log, SigningKeys
from mailbot_server.core.subscription import Key

_PLACE = struct.Struct(">QQ")
_DIGEST_BYTES = 16


def scope(log: Log, subscription_id: str) -> bytes:
    """16 bytes that stand for a subscription inside its ack ids."""
    text = f"{log.epoch}\n{log.account_id}\n{subscription_id}".encode()
    return hashlib.sha256(text).digest()[:_DIGEST_BYTES]


def write(keys: SigningKeys, of: bytes, key: Key) -> str:
    """The token of a lease; `of` is the subscription's `scope`."""
    place = _PLACE.pack(key.position, key.lease)
    return cursor.seal(keys, cursor.ACK, of + place + key.replay_id.encode())


def read(keys: SigningKeys, of: bytes, token: str) -> Key | None:
    """The lease that a token names; None for anything but one of this subscription."""
    body = cursor.unseal(keys, cursor.ACK, token)
    if body is None or len(body) < _DIGEST_BYTES + _PLACE.size:
        return None
    if not hmac.compare_digest(body[:_DIGEST_BYTES], of):
        return None
    position, lease = _PLACE.unpack_from(body, _DIGEST_BYTES)
    replay_id = body[_DIGEST_BYTES + _PLACE.size :].decode()
    return Key(replay_id=replay_id, position=position, lease=lease)
