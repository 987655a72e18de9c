"""
Which thread a message belongs to (RFC 5322 3.6.4).

Every id that a message names in Message-ID, In-Reply-To and References ties it to all
others that name the same one. Threads are the connected components, so the partition
does not depend on the order in which messages arrive; a subject never joins and never
splits. The store keeps components as it goes; `partition` is what it must agree with.
"""

import base64
import binascii
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeVar

TIES_MAX: Final = 100
"""A message names its root, its parent and a few in between; more is an attack."""

ID_MAX: Final = 998
"""A line of a message holds no longer one (RFC 5322 2.1.1)."""

_INDEX_PREFIX: Final = "thread-index "
_INDEX_ROOT_BYTES: Final = 22
_INDEX_TEXT_MAX: Final = 4096

Key = TypeVar("Key", bound=Hashable)


class Field(StrEnum):
    """Where a message names what ties it to others."""

    MESSAGE_ID = "message_id"
    IN_REPLY_TO = "in_reply_to"
    REFERENCES = "references"
    THREAD_INDEX = "thread_index"


class ChangeKind(StrEnum):
    """How threads became one, or two."""

    MERGED_BY_MESSAGE = "merged_by_message"
    MERGED_BY_HAND = "merged_by_hand"
    SPLIT_BY_HAND = "split_by_hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """
    What ties messages together, and who names it: pairs of message id and field.

    An id without <>, or the root of a Thread-Index in hex digits.
    """

    name: str
    mentions: tuple[tuple[str, Field], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """
    A merge or a split; `thread_id` went on.

    The others were merged into it, or are the one that was split off.
    """

    kind: ChangeKind
    changed_at: datetime
    thread_id: str
    other_thread_ids: tuple[str, ...]
    changed_by: str
    message_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What holds a thread together; `is_truncated` when there is more to tell."""

    ties: tuple[Tie, ...]
    changes: tuple[Change, ...]
    is_truncated: bool = False


def normalise(identifier: str) -> str:
    """
    An id without <> and without white space, case kept; empty when it names nothing.

    White space inside comes from long ids that were folded.
    """
    if len(identifier) > 2 * ID_MAX:
        return ""
    if not identifier.isprintable() or " " in identifier:
        identifier = "".join(identifier.split())
    bare = identifier.removeprefix("<").removesuffix(">")
    if len(bare) > ID_MAX:
        return ""
    is_name = bare[:1].isalnum() or any(c.isalnum() for c in bare)
    return bare if is_name else ""


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


def more_ties(
    message_id: str,
    in_reply_to: Sequence[str],
    references: Sequence[str],
    thread_index: str,
) -> tuple[str, ...]:
    """Ties beside the message's own id, the first of In-Reply-To and the References."""
    if len(in_reply_to) < 2 and not thread_index:
        return ()
    shown = set(map(normalise, (message_id, *in_reply_to[:1], *references)))
    found = ties(message_id, in_reply_to, references, thread_index)
    return tuple(key for key in found if key not in shown)


def mentions(
    message_id: str, in_reply_to: str, references: Sequence[str], more: Sequence[str]
) -> dict[str, Field]:
    """
    The ties of a stored message as `ties` found them, and the nearest field of each.

    `in_reply_to` is the first of its ids; the others are in `more`, see `more_ties`.
    """
    near = [in_reply_to, *(key for key in more if not key.startswith(_INDEX_PREFIX))]
    placed = [
        (message_id, Field.MESSAGE_ID),
        *((each, Field.IN_REPLY_TO) for each in near),
        *((each, Field.REFERENCES) for each in reversed(references)),
    ]
    found: dict[str, Field] = {}
    for each, place in placed:
        found.setdefault(normalise(each), place)
    found.pop("", None)
    for key in more:
        if key.startswith(_INDEX_PREFIX):
            found[key] = Field.THREAD_INDEX
    return {key: found[key] for key in _capped(list(found))}


def explain(messages: Mapping[str, Mapping[str, Field]]) -> list[Tie]:
    """
    Who names what, of messages by id; what several name comes first.

    Otherwise in the order of the messages.
    """
    named: dict[str, list[tuple[str, Field]]] = {}
    for message_id, keys in messages.items():
        for key, place in keys.items():
            named.setdefault(key, []).append((message_id, place))
    ties = [
        Tie(name=key.removeprefix(_INDEX_PREFIX), mentions=tuple(found))
        for key, found in named.items()
    ]
    return sorted(ties, key=lambda tie: len(tie.mentions) < 2)


def leaving(
    moved: Iterable[Mapping[str, Field]],
    left: Iterable[Mapping[str, Field]],
    *,
    is_all_known: bool,
) -> set[str]:
    """
    The ties that go with messages which are split off, so that answers find them.

    Their own ids go, unless one that is left has the same. What no message of either
    side is goes if nobody who is left names it, which is known of all, or of none.
    """
    remaining = list(left)
    staying = {key for each in remaining for key in each}
    own = {
        key
        for each in remaining
        for key, place in each.items()
        if place is Field.MESSAGE_ID
    }
    going = set()
    for each in moved:
        for key, place in each.items():
            is_own = place is Field.MESSAGE_ID and key not in own
            if is_own or (is_all_known and key not in staying):
                going.add(key)
    return going


def joinable(
    threads: Sequence[str], apart: Collection[tuple[str, str]]
) -> tuple[str, ...]:
    """
    Those of the threads that a message names, nearest first, which it may join.

    The nearest, and each other that was not split from one that is joined already;
    `apart` has such pairs in both orders.
    """
    joined: list[str] = []
    for each in threads:
        if all((each, other) not in apart for other in joined):
            joined.append(each)
    return tuple(joined)


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
