"""What is found is what the query says, of whoever asks, on both databases."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailbot_server.core import ids
from mailbot_server.core.event import AttachmentSummary
from mailbot_server.core.inbox import Inbox
from mailbot_server.core.message import Direction, Message, Quarantine
from mailbot_server.core.search import document, grammar, query
from mailbot_server.core.search.document import Document, Field
from mailbot_server.core.search.query import Flag, Node
from mailbot_server.store import messages, search
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.database.stamp import Stamp
from mailbot_server.store.search import Hit, Scope, finding
from tests.fakes.mail import message
from tests.fakes.searching import found
from tests.fakes.tenants import BEGINNING, account, add_account, add_inbox

PDF = AttachmentSummary(
    id="att_1",
    filename="a.pdf",
    content_type="application/pdf",
    size_bytes=1,
    sha256="",
)


@dataclass(frozen=True)
class Stored:
    """A message with its document."""

    message: Message
    document: Document


@pytest.fixture
async def inbox(db: Database) -> Inbox:
    await add_account(db)
    return await add_inbox(db)


async def add(
    db: Database, number: int, of: Inbox, fields: dict[str, Any], **changes: Any
) -> Stored:
    created_at = BEGINNING + timedelta(days=number)
    message_id = ids.make("msg", created_at, number.to_bytes(10))
    new = message(number, of, id=message_id, created_at=created_at, **changes)
    written = document.write(**fields)
    assert await db.write(messages.add, new, b"", (), written)
    return Stored(new, written)


# --- the same as a plain reading of the query -------------------------------------------


def stands(words: query.Words, text: str) -> bool:
    asked, known = words.asked, text.split()
    size = len(asked.words)
    for start in range(len(known) - size + 1):
        *before, last = known[start : start + size]
        fits = last.startswith if asked.is_open else last.__eq__
        if tuple(before) == asked.words[:-1] and fits(asked.words[-1]):
            return True
    return False


def fits(each: Stored, node: Node) -> bool:
    match node:
        case query.Words(_, field, _):
            fields = zip(Field, each.document.fields, strict=True)
            return any(
                stands(node, text) for name, text in fields if field in (None, name)
            )
        case query.Not(inner):
            return not fits(each, inner)
        case query.All(nodes):
            return all(fits(each, one) for one in nodes)
        case query.Any(nodes):
            return any(fits(each, one) for one in nodes)
        case _:
            return holds(each.message, node)


def holds(new: Message, condition: Node) -> bool:
    match condition:
        case query.Is(flag):
            return {
                Flag.INBOUND: new.direction is Direction.INBOUND,
                Flag.OUTBOUND: new.direction is Direction.OUTBOUND,
                Flag.AUTOMATED: new.automated,
                Flag.ATTACHMENT: bool(new.attachments),
                Flag.QUARANTINED: False,
            }[flag]
        case query.Label(name):
            return name in new.labels
        case query.Before(at):
            return new.created_at < at
        case query.After(at):
            return new.created_at >= at
        case query.Larger(octets):
            return new.size_bytes > octets
    raise AssertionError(condition)


WORDS = ["alpha", "beta", "gamma", "alphabet", "été", "東京", "京都", "a@b.com", "com"]
texts = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
leaves: st.SearchStrategy[Node] = st.one_of(
    st.builds(
        query.Words,
        st.lists(
            st.sampled_from([*WORDS, "al", "東", "京"]), min_size=1, max_size=2
        ).map(" ".join),
        st.none() | st.sampled_from(list(query.FIELDS.values())),
        st.booleans(),
    ),
    st.sampled_from([Flag.INBOUND, Flag.AUTOMATED, Flag.ATTACHMENT]).map(query.Is),
    st.sampled_from(["red", "re", "blue"]).map(query.Label),
    st.integers(0, 14).map(lambda n: query.Before(BEGINNING + timedelta(days=n))),
    st.integers(0, 14).map(lambda n: query.After(BEGINNING + timedelta(days=n))),
    st.integers(0, 5).map(lambda n: query.Larger(n * 100)),
)


def _more(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(nodes, min_size=1, max_size=3)
    return several.map(query.all_of) | several.map(query.any_of) | nodes.map(query.not_)


trees = st.recursive(leaves, _more, max_leaves=8)


async def _several(db: Database, of: Sequence[Inbox], chance: Any) -> list[Stored]:
    return [
        await add(
            db,
            number,
            of[number % len(of)],
            {
                "body": " ".join(chance.choices(WORDS, k=6)),
                "subject": chance.choice(WORDS),
                "sender": chance.choice(WORDS),
                "recipients": chance.choices(WORDS, k=2),
                "attachments": chance.choices(WORDS, k=number % 2),
            },
            direction=chance.choice(list(Direction)),
            automated=chance.random() < 0.5,
            attachments=(PDF,) * (number % 2),
            labels=tuple(chance.sample(["blue", "red"], k=number % 3)),
            size_bytes=number * 50,
        )
        for number in range(1, 13)
    ]


@pytest.mark.slow
@pytest.mark.timeout(180)
@pytest.mark.parametrize("labelled_max", [1000, -1], ids=["by-label", "by-row"])
async def test_a_query_finds_what_it_says(
    db: Database, inbox: Inbox, monkeypatch: pytest.MonkeyPatch, labelled_max: int
) -> None:
    monkeypatch.setattr(finding, "_LABELLED_MAX", labelled_max)
    other = await add_inbox(db, 2)
    stored = await _several(db, [inbox, other], random.Random(7))
    one = Scope(account_id=inbox.account_id, inbox_ids=(inbox.id,))
    everything = Scope(account_id=inbox.account_id)
    runs: list[tuple[Node, Scope]] = []

    @given(node=trees, scope=st.sampled_from([one, everything]))
    @settings(
        max_examples=250,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def collect(node: Node, scope: Scope) -> None:
        runs.append((node, scope))

    collect()
    for node, scope in runs:
        hits = await db.read(search.newest, scope, node, None, 50)
        expected = [
            each.message.id
            for each in reversed(stored)
            if scope.inbox_ids is None or each.message.inbox_id in scope.inbox_ids
            if fits(each, node)
        ]
        assert [hit.message_id for hit in hits] == expected, query.text_of(node)
        ranked = await db.read(search.ranked, scope, node, 0)
        assert [hit.message_id for hit in ranked] == expected
        _assert_counted(node, ranked, {each.message.id: each for each in stored})


def _assert_counted(node: Node, hits: list[Hit], stored: dict[str, Stored]) -> None:
    words, _ = query.apart(node)
    wanted = query.wanted(words) if words else []
    for hit in hits:
        fields = stored[hit.message_id].document.fields
        expected = tuple(
            tuple(
                _count(each, text) if each.field in (None, field) else 0
                for field, text in zip(Field, fields, strict=True)
            )
            for each in wanted
        )
        assert hit.counts == expected, query.text_of(node)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("alpha gone OR beta", [1, 0, 1]),
        ("(alpha -beta) OR (gone gamma) OR beta", [1, 0, 0, 1]),
        ("beta (alpha OR gamma gone)", [1, 1, 0, 0]),
    ],
)
async def test_words_count_where_what_stands_beside_them_does_not(
    db: Database, inbox: Inbox, text: str, expected: list[int]
) -> None:
    for number in (1, 3):
        await add(db, number, inbox, {"body": "gone gamma"})
        await add(db, number + 1, inbox, {"body": "alpha beta"})
    scope = Scope(account_id=inbox.account_id)
    hits = await db.read(search.ranked, scope, grammar.read(text), 0)
    its = [hit.counts for hit in hits if (ids.made_at(hit.message_id)).day % 2]
    assert [[counts[0] for counts in each] for each in its] == [expected] * 2


def _count(words: query.Words, text: str) -> int:
    asked, known = words.asked, text.split()
    size = len(asked.words)
    windows = [known[start : start + size] for start in range(len(known) - size + 1)]
    return sum(
        tuple(window[:-1]) == asked.words[:-1]
        and (
            window[-1].startswith(asked.words[-1])
            if asked.is_open
            else window[-1] == asked.words[-1]
        )
        for window in windows
    )


# --- who may see what -------------------------------------------------------------------


QUERIES = [
    "secret",
    "-other",
    "secret OR larger:0",
    "is:outbound",
    "-(-secret)",
    "label:x",
]


@pytest.mark.parametrize("text", QUERIES)
async def test_nobody_finds_another_accounts_messages(
    db: Database, inbox: Inbox, text: str
) -> None:
    stranger = await add_account(db, 2)
    foreign = await add_inbox(db, 2, of=account(2))
    words = {"body": f"secret {inbox.id} {inbox.account_id}", "subject": stranger.id}
    await add(db, 1, foreign, words, labels=("x",))
    own = await add(db, 2, inbox, {"body": f"secret {foreign.id}"}, labels=("x",))
    node = grammar.read(text)
    for scope in (
        Scope(account_id=inbox.account_id),
        Scope(account_id=inbox.account_id, inbox_ids=(inbox.id, foreign.id)),
        Scope(account_id=inbox.account_id, inbox_ids=(inbox.id,)),
        Scope(
            account_id=inbox.account_id,
            inbox_ids=(inbox.id, *(f"inb_{n}" for n in range(40)), foreign.id),
        ),
    ):
        for hits in (
            await db.read(search.newest, scope, node, None, 50),
            await db.read(search.ranked, scope, node, 0),
        ):
            assert [hit.message_id for hit in hits] == [own.message.id]
    for nothing in ((), (foreign.id,)):
        scope = Scope(account_id=inbox.account_id, inbox_ids=nothing)
        assert await db.read(search.newest, scope, node, None, 50) == []


async def test_inboxes_that_may_not_be_searched_are_left_out(
    db: Database, inbox: Inbox
) -> None:
    closed = await add_inbox(db, 2, permissions=frozenset({"send", "receive"}))
    await add(db, 1, closed, {"body": "secret"})
    own = await add(db, 2, inbox, {"body": "secret"})
    for text in ("secret", "larger:0"):
        scope = Scope(account_id=inbox.account_id)
        hits = await db.read(search.newest, scope, grammar.read(text), None, 50)
        assert [hit.message_id for hit in hits] == [own.message.id]
        assert await found(db, closed, text) == []


async def test_quarantine_is_found_only_by_its_name(db: Database, inbox: Inbox) -> None:
    kept_apart = Quarantine(reason="auth")
    apart = await add(db, 1, inbox, {"body": "secret"}, quarantine=kept_apart)
    own = await add(db, 2, inbox, {"body": "secret"})
    for text in ("secret", "larger:0", "secret OR larger:0", "-is:quarantined"):
        assert await found(db, inbox, text) == [own.message.id]
    assert await found(db, inbox, "is:quarantined") == [apart.message.id]
    assert await found(db, inbox, "is:quarantined larger:0") == [apart.message.id]
    assert await found(db, inbox, "is:quarantined secret") == []


# --- pages ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["word", "larger:0", "label:x", "word OR label:y", "word label:x"]
)
async def test_pages_follow_each_other(db: Database, inbox: Inbox, text: str) -> None:
    for number in range(1, 8):
        await add(db, number, inbox, {"body": "word"}, labels=("x",))
    node = grammar.read(text)
    scope = Scope(account_id=inbox.account_id, inbox_ids=(inbox.id,))
    pages: list[list[str]] = []
    before = None
    while hits := await db.read(search.newest, scope, node, before, 3):
        pages.append([hit.message_id for hit in hits])
        before = (hits[-1].seq, hits[-1].message_id)
        await add(db, 100 + len(pages), inbox, {"body": "word"}, labels=("x",))
    numbers = [
        [(ids.made_at(each) - BEGINNING).days for each in page] for page in pages
    ]
    assert numbers == [[7, 6, 5], [4, 3, 2], [1]]


async def test_a_label_that_becomes_common_between_two_pages_loses_nothing(
    db: Database, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 6):
        await add(db, number, inbox, {"body": "word"}, labels=("x",))
    node = grammar.read("word label:x")
    scope = Scope(account_id=inbox.account_id)
    whole = await db.read(search.newest, scope, node, None, 9)
    pages, before = [], None
    for most in (4, 5, 4):
        monkeypatch.setattr(finding, "_LABELLED_MAX", most)
        hits = await db.read(search.newest, scope, node, before, 2)
        pages += hits
        before = (hits[-1].seq, hits[-1].message_id)
    assert pages == whole
    assert len(pages) == 5


async def test_ranking_goes_up_to_the_newest_of_its_first_page(
    db: Database, inbox: Inbox
) -> None:
    for number in range(1, 4):
        await add(db, number, inbox, {"body": "word"})
    scope = Scope(account_id=inbox.account_id)
    for text in ("word", "larger:0"):
        node = grammar.read(text)
        first = await db.read(search.ranked, scope, node, 0)
        bounded = await db.read(search.ranked, scope, node, first[1].seq)
        assert bounded == first[1:]


async def test_words_beside_conditions_in_one_or_are_not_counted(
    db: Database, inbox: Inbox
) -> None:
    await add(db, 1, inbox, {"body": "word"})
    scope = Scope(account_id=inbox.account_id)
    [hit] = await db.read(search.ranked, scope, grammar.read("word OR label:x"), 0)
    assert hit.counts == ()


async def test_times_out_of_every_range_are_no_fault(
    db: Database, inbox: Inbox
) -> None:
    own = await add(db, 1, inbox, {"body": "word"})
    for text in ("after:0001-01-01", "before:9999-12-31", "word before:9999-12-31"):
        assert await found(db, inbox, text) == [own.message.id]
    assert await found(db, inbox, "before:0001-01-01 word") == []


async def test_a_label_leads_to_its_messages_on_sqlite(
    db: Database, inbox: Inbox
) -> None:
    if db.is_postgres:
        pytest.skip("plans of PostgreSQL depend on its statistics")
    await add(db, 1, inbox, {"body": "word"}, labels=("x",))
    plans = await db.read(_plan, inbox)
    assert "message_label" in plans[0]
    assert not any("TEMP B-TREE" in step for step in plans)


def _plan(tx: Transaction, of: Inbox) -> list[str]:
    seen: list[str] = []

    class Explained:
        is_postgres = False

        def execute(self, sql: str, parameters: Sequence[Any]) -> Any:
            cursor = tx.connection.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
            seen.extend(str(row[3]) for row in cursor.fetchall())
            return tx.connection.execute(sql, parameters)

    stamp = Stamp(now=BEGINNING, seed=bytes(16))
    explained = Transaction(Explained(), stamp)  # type: ignore[arg-type]
    scope = Scope(account_id=of.account_id, inbox_ids=(of.id,))
    search.newest(explained, scope, grammar.read("label:x"), None, 5)
    return seen


# --- ways of PostgreSQL ---------------------------------------------------------------


async def test_rare_words_and_common_ones_are_found_alike(
    db: Database, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = await add_inbox(db, 2)
    for number in range(1, 9):
        words = {"body": "word often" if number % 3 else "word seldom"}
        labels = ("x",) if number % 4 == 0 else ()
        await add(db, number, (inbox, other)[number % 2], words, labels=labels)
    for text in (
        "word",
        "seldom",
        "word -seldom",
        "label:x word",
        "word before:9999-12-31",
    ):
        ways = []
        for rare in (finding.RARE, -1):
            monkeypatch.setattr(finding, "RARE", rare)
            ways.append(await found(db, inbox, text))
        assert ways[0] == ways[1], text
        assert ways[0], text


DOCUMENTS = """
    INSERT INTO message_text (seq, body)
    SELECT n, CAST('''#acc_1'' ''often'':1 ''w' || n % 50 || ''':2' AS tsvector)
    FROM generate_series(1, 20000) AS n
"""


@pytest.mark.parametrize(
    "database_url",
    [pytest.param("postgresql", marks=pytest.mark.postgres)],
    indirect=True,
)
@pytest.mark.parametrize(
    ("text", "way"),
    [("seldom", "message_text_body"), ("often", "message_text_pkey")],
)
async def test_only_words_that_are_common_are_looked_for_in_the_order_of_messages(
    db: Database, text: str, way: str
) -> None:
    def explained(tx: Transaction) -> str:
        tx.execute(DOCUMENTS)
        tx.all("SELECT gin_clean_pending_list('message_text_body')")
        tx.execute("ANALYZE message_text")
        plans: list[str] = []
        look = tx.all

        def explain(sql: str, *parameters: Any) -> list[Any]:
            if not sql.startswith("EXPLAIN"):
                plans.append(str(look(f"EXPLAIN {sql}", *parameters)))
            return look(sql, *parameters)

        tx.all = explain  # type: ignore[method-assign]
        scope = Scope(account_id="acc_1")
        search.newest(tx, scope, grammar.read(text), None, 20)
        return plans[-1]

    assert way in await db.write(explained)
