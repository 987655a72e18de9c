"""
Which thread a message belongs to (RFC 5322 3.6.4).

Every id that a message names in Message-ID, In-Reply-To and References ties it to all
others that name the same one. Threads are the connected components, so the partition
does not depend on the order in which messages arrive; a subject never joins and never
splits. The store keeps components as it goes; `partition` is what it must agree with.
"""

import base64
import binascii
from collections.abc import Container, Hashable, Iterable, Mapping, Sequence
from typing import Final, TypeVar

TIES_MAX: Final = 100
"""A message names its root, its parent and a few in between; more is an attack."""

ID_MAX: Final = 998
"""A line of a message holds no longer one (RFC 5322 2.1.1)."""

_INDEX_PREFIX: Final = "thread-index "
_INDEX_ROOT_BYTES: Final = 22
_INDEX_TEXT_MAX: Final = 4096

Key = TypeVar("Key", bound=Hashable)


def normalise(identifier: str) -> str:
    """
    An id without <> and without white space, case kept; empty when it names nothing.

    White space inside comes from long ids that were folded.
    """
    if len(identifier) > 2 * ID_MAX:
        return ""
    bare = "".join(identifier.split()).removeprefix("<").removesuffix(">")
    if len(bare) > ID_MAX or not any(c.isalnum() for c in bare):
        return ""
    return bare


def ties(
    message_id: str,
    in_reply_to: Sequence[str],
    references: Sequence[str],
    thread_index: str,
) -> tuple[str, ...]:
    """
    The keys that tie a message to others, at most 100: two that share one are together.

    Its own id first, then the ids it names, nearest first. `references` come oldest
    first, ids with or without <>; `thread_index` is the field's value or empty. A
    message that names no other id also ties by the root of its Thread-Index, in a key
    with a space, which no id has.
    """
    own = normalise(message_id)
    others = _named(in_reply_to, references)
    others.pop(own, None)
    keys = [own] if own else []
    if others:
        return _capped([*keys, *others])
    root = _index_root(thread_index)
    return tuple([*keys, root] if root else keys)


def displayed_parent(
    message_id: str,
    in_reply_to: Sequence[str],
    references: Sequence[str],
    present: Container[str],
) -> str | None:
    """The id, of those in `present`, that this message is shown under: the nearest."""
    own = normalise(message_id)
    named = _named(in_reply_to, references)
    return next((i for i in named if i != own and i in present), None)


def partition(messages: Mapping[Key, Iterable[str]]) -> list[set[Key]]:
    """
    The threads of messages, given their ties by name: the connected components.

    In the order in which each thread's first message comes; one without ties is alone.
    """
    members: dict[Key, set[Key]] = {}
    holder: dict[str, Key] = {}
    for name, keys in messages.items():
        members[name] = {name}
        for key in keys:
            _join(members, name, holder.setdefault(key, name))
    return list({id(group): group for group in members.values()}.values())


def _join(members: dict[Key, set[Key]], one: Key, other: Key) -> None:
    if members[one] is members[other]:
        return
    small, large = sorted((members[one], members[other]), key=len)
    large |= small
    for name in small:
        members[name] = large


def _named(in_reply_to: Sequence[str], references: Sequence[str]) -> dict[str, None]:
    """The usable ids, nearest first, each once."""
    named = dict.fromkeys(map(normalise, (*in_reply_to, *reversed(references))))
    named.pop("", None)
    return named


def _capped(keys: list[str]) -> tuple[str, ...]:
    """At most 100 keys; the farthest one, the root of the conversation, stays."""
    if len(keys) <= TIES_MAX:
        return tuple(keys)
    return (*keys[: TIES_MAX - 1], keys[-1])


def _index_root(thread_index: str) -> str:
    """
    What all messages of an Outlook conversation share, as a key; empty if unreadable.

    The first 22 bytes are a time and a GUID; every answer appends 5 more.
    """
    text = "".join(thread_index[:_INDEX_TEXT_MAX].split())
    try:
        index = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return ""
    if len(index) < _INDEX_ROOT_BYTES:
        return ""
    return _INDEX_PREFIX + index[:_INDEX_ROOT_BYTES].hex()
