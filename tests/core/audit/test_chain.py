"""Whatever is done to a chain shows, and where."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from mailbot_server.core.audit import GENESIS, Entry, Fault, Link, chain

BEGAN = datetime(2026, 3, 1, 12, 0, 0, 123456, UTC)


def entry(sequence: int, previous: bytes = GENESIS, **changes: Any) -> Entry:
    plain = Entry(
        account_id="acc_1",
        sequence=sequence,
        id=f"aud_{sequence}",
        created_at=BEGAN,
        actor_id="key_1",
        surface="api",
        action="inbox.update",
        resource_type="inbox",
        resource_id="inb_1",
        inbox_id="inb_1",
        request_id="req_1",
        before='{"display_name":"ä"}',
        after='{"display_name":"b"}',
        previous_hash=previous,
    )
    changed = replace(plain, **changes)
    return replace(changed, hash=chain.hash_of(changed))


def written(count: int = 6) -> list[Entry]:
    entries: list[Entry] = []
    for sequence in range(1, count + 1):
        previous = entries[-1].hash if entries else GENESIS
        entries.append(entry(sequence, previous, after=f'{{"n":{sequence}}}'))
    return entries


def end(entries: Sequence[Entry]) -> Link:
    return Link(sequence=entries[-1].sequence, hash=entries[-1].hash)


def found(entries: Sequence[Entry], head: Link) -> tuple[int, str] | None:
    fault = chain.verify(entries, Link(), head)[1]
    return (fault.sequence, fault.kind) if fault else None


def test_the_canonical_form_is_written_here_once_more_by_hand() -> None:
    octets = (
        b"mailbot-audit-1\n5:acc_1,1:1,5:aud_1,16:1772366400123456,5:key_1,3:api,"
        b"12:inbox.update,5:inbox,5:inb_1,5:inb_1,5:req_1,"
        b'21:{"display_name":"\xc3\xa4"},20:{"display_name":"b"},'
    )
    one = entry(1)
    assert chain.canonical(one) == octets
    assert one.hash == hashlib.sha256(bytes(32) + octets).digest()


def test_a_chain_that_nobody_touched_is_right_in_one_piece_and_in_several() -> None:
    entries = written()
    head = end(entries)
    assert chain.verify(entries, Link(), head) == (head, None)
    link, fault = chain.verify(entries[:2], Link(), None)
    assert (link, fault) == (end(entries[:2]), None)
    assert chain.verify(entries[2:], link, head) == (head, None)
    assert chain.verify([], Link(), Link()) == (Link(), None)


@pytest.mark.parametrize(
    "change",
    [
        {"actor_id": "key_2"},
        {"created_at": BEGAN.replace(microsecond=123457)},
        {"surface": "engine"},
        {"action": "inbox.updat"},
        {"resource_type": "inboxi", "resource_id": "nb_1"},
        {"inbox_id": ""},
        {"request_id": ""},
        {"before": ""},
        {"after": '{"n": 3}'},
        {"id": "aud_9"},
        {"account_id": "acc_2"},
        {"previous_hash": bytes(range(32))},
        {"hash": bytes(range(32))},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_field_of_an_entry_shows_there(change: dict[str, Any]) -> None:
    entries = written()
    head = end(entries)
    entries[2] = replace(entries[2], **change)
    assert found(entries, head) == (3, "changed")


def test_an_entry_whose_hash_was_made_anew_shows_by_the_next_one() -> None:
    entries = written()
    head = end(entries)
    entries[2] = entry(3, entries[1].hash, after='{"n":0}')
    assert found(entries, head) == (3, "changed")


def test_the_last_entry_made_anew_shows_by_the_head() -> None:
    entries = written()
    head = end(entries)
    entries[5] = entry(6, entries[4].hash, after='{"n":0}')
    assert found(entries, head) == (6, "changed")


@pytest.mark.parametrize("place", range(1, 7))
def test_a_removed_entry_shows(place: int) -> None:
    entries = written()
    head = end(entries)
    del entries[place - 1]
    assert found(entries, head) == (place, "cut_off" if place == 6 else "missing")


@pytest.mark.parametrize("place", range(1, 6))
def test_entries_that_changed_places_show(place: int) -> None:
    entries = written()
    head = end(entries)
    one, two = entries[place - 1 : place + 1]
    entries[place - 1 : place + 1] = [
        replace(two, sequence=place),
        replace(one, sequence=place + 1),
    ]
    assert found(entries, head) == (place, "reordered")


def test_an_entry_that_was_removed_and_the_others_numbered_anew_shows() -> None:
    entries = written()
    head = end(entries)
    moved = [replace(each, sequence=each.sequence - 1) for each in entries[3:]]
    fault = chain.verify([*entries[:2], *moved], Link(), head)[1]
    assert fault == Fault(
        sequence=3, kind="reordered", description="entry 3 was written as entry 4"
    )


def test_everything_removed_shows_by_the_head() -> None:
    entries = written()
    assert found([], end(entries)) == (1, "cut_off")


def test_a_chain_written_anew_as_a_whole_is_right_but_ends_with_another_hash() -> None:
    entries = written()
    anew: list[Entry] = []
    for each in entries:
        previous = anew[-1].hash if anew else GENESIS
        anew.append(entry(each.sequence, previous, after='{"n":0}'))
    assert found(anew, end(anew)) is None
    assert end(anew).hash != end(entries).hash
