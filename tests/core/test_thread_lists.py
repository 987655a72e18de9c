"""Threads of whole mailing lists are those that other implementations find."""

import itertools
import random
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from mailbot_server.core import thread
from mailbot_server.core.mail.parse import parse
from tests import corpora


@dataclass(eq=False)
class Container:
    """A place in a tree of messages; one without a message stands for what is missing."""

    parent: "Container | None" = None
    children: list["Container"] = field(default_factory=list)

    def root(self) -> "Container":
        found = self
        while found.parent is not None:
            found = found.parent
        return found

    def adopt(self, child: "Container") -> None:
        """Unless that would make a circle."""
        if child is not self and self.root() is not child:
            child.parent = self
            self.children.append(child)


def zawinski(messages: Mapping[int, Sequence[str]]) -> dict[int, int]:
    """
    Which thread each message is in, by the algorithm that most mail programs use.

    Of each message its own id and those that it names, oldest first. Subjects do not
    join. https://www.jwz.org/doc/threading.html
    """
    known: dict[str, Container] = {}
    places: dict[int, Container] = {}
    for number, (own, *named) in messages.items():
        chain = [known.setdefault(each, Container()) for each in named]
        for parent, child in itertools.pairwise(chain):
            if child.parent is None:
                parent.adopt(child)
        place = known.setdefault(own, Container())
        places[number] = place
        if chain:
            if place.parent is not None:
                place.parent.children.remove(place)
                place.parent = None
            chain[-1].adopt(place)
    return {number: id(place.root()) for number, place in places.items()}


def agreement(one: Mapping[int, Hashable], other: Mapping[int, Hashable]) -> float:
    """Of the pairs that either has in one thread, the share that both have."""
    together = pairs(Counter((one[number], other[number]) for number in one).values())
    each = (
        pairs(Counter(one.values()).values()),
        pairs(Counter(other.values()).values()),
    )
    return together / (sum(each) - together)


def pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


# What people's programs write into In-Reply-To, and whether they write References.
PROGRAMS = (
    *[("<{id}>", True)] * 6,
    ('<{id}> (Joe\'s message of "Fri, 1 Sep 2000")', True),
    ("<{id}>; from {who} on Fri, Sep 01, 2000 at 10:00", False),
    ('Your message of "Fri, 01 Sep 2000 10:00:00 -0500." <{id}>', False),
    ('Message from Joe <{who}> of "Fri, 01 Sep 2000." <{id}>', False),
    ("{who}'s message of Fri, 1 Sep 2000", False),
    ("", True),
)


def mailing_list(chance: random.Random, count: int) -> list[bytes]:
    """A list as an archive has it: some never came, chains are cut, order is not kept."""
    chains: list[list[str]] = []
    found = []
    for number in range(count):
        own = f"{number}.{chance.randrange(10**9)}@host{chance.randrange(50)}.example"
        is_answer = chains and chance.random() < 0.75
        newest = chains[-60:]
        before = chance.choice(newest) if is_answer else []
        who = f"writer{chance.randrange(40)}@example.org"
        chains.append([*before, own])
        if chance.random() < 0.02:
            continue
        found.append(written(chance, own, before, who))
    chance.shuffle(found)
    return found


def written(chance: random.Random, own: str, before: Sequence[str], who: str) -> bytes:
    head = [f"Message-ID: <{own}>", "From: writer@example.org", f"To: {who}"]
    if before:
        words, has_references = chance.choice(PROGRAMS)
        if words:
            head.append("In-Reply-To: " + words.format(id=before[-1], who=who))
        if has_references:
            cut = [before[0], *before[-4:]] if len(before) > 5 else before
            head.append("References: " + "\r\n ".join(f"<{each}>" for each in cut))
    return "\r\n".join([*head, "Subject: Re: the same as ever", "", "x"]).encode()


def read(raws: Sequence[bytes]) -> dict[int, list[str]]:
    """Of each message its ties, the nearest last."""
    named = {}
    for number, raw in enumerate(raws):
        found = parse(raw)
        ids = (found.message_id, found.in_reply_to, found.references)
        own, *others = thread.ties(*ids, found.thread_index)
        named[number] = [own, *reversed(others)]
    return named


def ours(named: Mapping[int, Sequence[str]]) -> dict[int, int]:
    groups = enumerate(thread.partition(named))
    return {number: group for group, members in groups for number in members}


@pytest.mark.parametrize("seed", range(4))
def test_three_thousand_messages_are_threaded_as_others_do(seed):
    named = read(mailing_list(random.Random(seed), 3000))
    mine, theirs = ours(named), zawinski(named)
    assert agreement(mine, theirs) >= 0.99
    # Where the two differ, theirs has forgotten what an older message had said.
    assert len({(theirs[n], mine[n]) for n in mine}) == len(set(theirs.values()))


def test_what_somebody_s_address_would_tie_is_not_one_thread():
    named = read(mailing_list(random.Random(9), 3000))
    largest = max(Counter(ours(named).values()).values())
    assert largest < 1000
    assert not any("example.org" in each for ties in named.values() for each in ties)


def test_whoever_agrees_with_itself_agrees_wholly():
    assert agreement({1: "a", 2: "a", 3: "b"}, {1: "x", 2: "x", 3: "y"}) == 1
    assert agreement({1: "a", 2: "a"}, {1: "a", 2: "b"}) == 0


# --- what another server answers ----------------------------------------------------------


def answered(text: str) -> list[set[int]]:
    """Threads of an IMAP answer: (1 (2 3)(4))(5) (RFC 5256)."""
    found: list[set[int]] = []
    depth = 0
    for token in re.findall(r"[()]|\d+", text):
        if token == "(":
            depth += 1
            if depth == 1:
                found.append(set())
        elif token == ")":
            depth -= 1
        else:
            found[-1].add(int(token))
    return found


def test_what_another_server_has_together_by_ids_is_together():
    compared = 0
    for box in sorted(corpora.folder("threading/imaptest").glob("thread?.mbox")):
        script = box.with_suffix("")
        answer = re.search(r"^\* thread (.+)$", script.read_text(), re.MULTILINE)
        if answer is None:
            continue
        raws = re.split(rb"(?m)^From [^\n]*\n", box.read_bytes())[1:]
        named = {
            number: thread.ties(
                found.message_id, found.in_reply_to, found.references, ""
            )
            for number, found in enumerate(map(parse, raws), 1)
        }
        groups = thread.partition(named)
        for theirs in answered(answer[1]):
            assert any(theirs <= group for group in groups), box.name
            compared += 1
    assert compared
