"""What stands for a request's payload when its request_id comes again."""

import hashlib

from google.protobuf.message import Message


def of(request: Message) -> bytes:
    """SHA-256 of the request without its request_id."""
    same = type(request)()
    same.CopyFrom(request)
    same.ClearField("request_id")
    return hashlib.sha256(same.SerializeToString(deterministic=True)).digest()
