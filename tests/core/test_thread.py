import base64
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core import thread

INDEX = bytes([1]) + bytes(range(5)) + bytes(range(100, 116))
ROOT = "thread-index " + INDEX.hex()


def index(tail=b""):
    return base64.b64encode(INDEX + tail).decode()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param("a@example.com", "a@example.com", id="bare"),
        pytest.param(
            " <a@example.com>\r\n", "a@example.com", id="rfc5322-3.6.4-brackets"
        ),
        pytest.param(
            "<long-left\r\n -right@example.com>",
            "long-left-right@example.com",
            id="folded",
        ),
        pytest.param(
            "Case@Example.COM", "Case@Example.COM", id="rfc5322-3.6.4-case-kept"
        ),
        pytest.param("no-at-sign", "no-at-sign", id="without-domain"),
        pytest.param("", "", id="empty"),
        pytest.param("<>", "", id="empty-brackets"),
        pytest.param(" @ ", "", id="nothing-in-it"),
        pytest.param("a" * 998, "a" * 998, id="rfc5322-2.1.1-longest"),
        pytest.param("a" * 999, "", id="rfc5322-2.1.1-too-long"),
        pytest.param("a" * 2000, "", id="absurd"),
    ],
)
def test_ids_are_trimmed_and_absurd_ones_dropped(written, expected):
    assert thread.normalise(written) == expected


def test_all_named_ids_tie_nearest_first():
    found = thread.ties("m@x", ["p@x"], ["root@x", "q@x", "p@x"], "")
    assert found == ("m@x", "p@x", "q@x", "root@x")


def test_message_that_names_nobody_ties_by_itself():
    assert thread.ties("<m@x>", [], [], "") == ("m@x",)


def test_message_without_any_id_has_no_ties():
    assert thread.ties("", [], [""], "") == ()


def test_naming_oneself_is_naming_nobody():
    assert thread.ties("m@x", ["<m@x>"], ["m@x"], index()) == ("m@x", ROOT)


def test_at_most_a_hundred_ids_tie_and_the_root_is_one():
    references = [f"r{n}@x" for n in range(500)]
    found = thread.ties("m@x", ["p@x"], references, "")
    assert len(found) == thread.TIES_MAX
    assert found[:3] == ("m@x", "p@x", "r499@x")
    assert found[-1] == "r0@x"


def test_thread_index_ties_a_message_that_names_no_id():
    first = thread.ties("a@x", [], [], index())
    answer = thread.ties("b@x", [], [], index(b"reply"))
    assert first == ("a@x", ROOT)
    assert answer == ("b@x", ROOT)
    assert thread.ties("", [], [], index()) == (ROOT,)


def test_thread_index_does_not_count_beside_ids():
    assert thread.ties("b@x", ["a@x"], [], index(b"reply")) == ("b@x", "a@x")


def test_no_id_can_equal_the_key_of_a_thread_index():
    assert thread.ties(ROOT, [], [], "") == (ROOT.replace(" ", ""),)


@pytest.mark.parametrize(
    "written",
    ["", "!!!", "AQ==", "AAAA", "é", base64.b64encode(b"x" * 21).decode(), "QUJD=QUJD"],
)
def test_unreadable_thread_index_ties_nothing(written):
    assert thread.ties("a@x", [], [], written) == ("a@x",)


def test_folded_thread_index_is_read():
    written = index()
    assert thread.ties("", [], [], f"{written[:10]}\r\n {written[10:]}") == (ROOT,)


def test_late_parent_joins_what_stood_apart():
    apart = {"one": ["a"], "two": ["b"]}
    assert thread.partition(apart) == [{"one"}, {"two"}]
    assert thread.partition(apart | {"late": ["x", "b", "a"]}) == [
        {"one", "two", "late"}
    ]


def test_siblings_are_together_though_their_parent_never_came():
    one = thread.ties("", [], ["parent@x"], "")
    other = thread.ties("b@x", ["parent@x"], [], "")
    assert thread.partition({1: one, 2: other}) == [{1, 2}]


def test_copies_of_a_message_are_together():
    assert thread.partition({1: ["a@x"], 2: ["a@x"]}) == [{1, 2}]


def test_messages_that_name_each_other_are_together():
    first = thread.ties("a@x", [], ["b@x"], "")
    second = thread.ties("b@x", [], ["a@x"], "")
    assert thread.partition({1: first, 2: second}) == [{1, 2}]


def test_messages_without_ties_stay_alone():
    assert thread.partition({1: [], 2: [], 3: ["a"]}) == [{1}, {2}, {3}]


ids = st.sampled_from([f"{n}@x" for n in range(12)])
mailboxes = st.dictionaries(st.integers(0, 30), st.lists(ids, max_size=4), max_size=20)


@given(mailboxes, st.randoms(use_true_random=False))
def test_partition_is_the_same_for_every_order_of_arrival(messages, chance):
    shuffled = list(messages.items())
    chance.shuffle(shuffled)
    assert as_sets(thread.partition(dict(shuffled))) == as_sets(
        thread.partition(messages)
    )


@given(mailboxes)
def test_partition_is_the_connected_components(messages):
    groups = thread.partition(messages)
    assert sorted(name for group in groups for name in group) == sorted(messages)
    together = {name: number for number, group in enumerate(groups) for name in group}
    assert together == components(messages)


@given(
    st.text(max_size=50),
    st.lists(st.text(max_size=50)),
    st.lists(st.text(max_size=50)),
    st.text(max_size=50),
)
def test_ties_are_few_clean_and_unique(
    message_id, in_reply_to, references, thread_index
):
    found = thread.ties(message_id, in_reply_to, references, thread_index)
    assert len(found) == len(set(found)) <= thread.TIES_MAX
    for key in found:
        assert thread.normalise(key) == key or key.startswith("thread-index ")


def test_large_threads_take_no_recursion():
    order = list(range(20_000))
    random.Random(7).shuffle(order)
    chain = {n: [f"{n}", f"{n - 1}"] for n in order}
    assert thread.partition(chain) == [set(range(20_000))]


def as_sets(groups):
    return {frozenset(group) for group in groups}


def components(messages):
    """The slow and obvious way: spread the smallest number until nothing changes."""
    label = {name: number for number, name in enumerate(messages)}
    changed = True
    while changed:
        changed = False
        for one, keys in messages.items():
            for other, others in messages.items():
                if set(keys) & set(others) and label[one] != label[other]:
                    label[one] = label[other] = min(label[one], label[other])
                    changed = True
    ranks = {old: new for new, old in enumerate(sorted(set(label.values())))}
    return {name: ranks[old] for name, old in label.items()}


# --- what is stored, explained and split -------------------------------------------------


@given(
    st.sampled_from(["own@x", "", "<own@x>"]),
    st.lists(ids, max_size=4),
    st.lists(ids, max_size=6),
    st.sampled_from(["", index(), index(b"12345"), "!"]),
)
def test_what_is_stored_tells_the_same_ties(own, in_reply_to, references, thread_index):
    more = thread.more_ties(own, in_reply_to, references, thread_index)
    first = in_reply_to[0] if in_reply_to else ""
    found = thread.mentions(own, first, references, more)
    assert set(found) == set(thread.ties(own, in_reply_to, references, thread_index))


def test_most_messages_have_no_more_ties():
    assert thread.more_ties("a@x", ["b@x"], ["c@x", "b@x"], "") == ()
    assert thread.more_ties("a@x", ["b@x", "d@x"], ["c@x"], "") == ("d@x",)
    assert thread.more_ties("a@x", ["b@x"], [], index()) == ()
    assert thread.more_ties("a@x", [], [], index()) == (ROOT,)


def test_the_nearest_field_is_told():
    found = thread.mentions("a@x", "b@x", ["c@x", "b@x", "a@x"], ["d@x", ROOT])
    assert found == {
        "a@x": thread.Field.MESSAGE_ID,
        "b@x": thread.Field.IN_REPLY_TO,
        "d@x": thread.Field.IN_REPLY_TO,
        "c@x": thread.Field.REFERENCES,
        ROOT: thread.Field.THREAD_INDEX,
    }


def test_an_explanation_begins_with_what_ties():
    own, named = thread.Field.MESSAGE_ID, thread.Field.THREAD_INDEX
    found = thread.explain(
        {"1": {"a@x": own}, "2": {"b@x": own, ROOT: named}, "3": {ROOT: named}}
    )
    assert [(tie.name, tie.mentions) for tie in found] == [
        (INDEX.hex(), (("2", named), ("3", named))),
        ("a@x", (("1", own),)),
        ("b@x", (("2", own),)),
    ]


OWN, NAMED = thread.Field.MESSAGE_ID, thread.Field.REFERENCES


@pytest.mark.parametrize(
    ("moved", "left", "expected"),
    [
        pytest.param([{"a": OWN}], [{"b": OWN}], {"a"}, id="own"),
        pytest.param([{"a": OWN}], [{"b": OWN, "a": NAMED}], {"a"}, id="own, answered"),
        pytest.param([{"a": OWN}], [{"a": OWN}], set(), id="a copy is left"),
        pytest.param([{"b": NAMED}], [{"b": OWN}], set(), id="another's own"),
        pytest.param([{"b": NAMED}], [{"c": OWN}], {"b"}, id="absent"),
        pytest.param([{"b": NAMED}], [{"b": NAMED}], set(), id="absent, named by both"),
    ],
)
def test_ids_leave_with_those_that_answers_mean(moved, left, expected):
    assert thread.leaving(moved, left, is_all_known=True) == expected
    own = {key for each in moved for key, place in each.items() if place is OWN}
    assert thread.leaving(moved, left, is_all_known=False) == expected & own


@pytest.mark.parametrize(
    ("threads", "apart", "expected"),
    [
        pytest.param("abc", "", "abc", id="nobody is apart"),
        pytest.param("abc", "ab", "ac", id="the nearest wins"),
        pytest.param("bac", "ab", "bc", id="whichever it is"),
        pytest.param("abc", "bc", "ab", id="then the next"),
        pytest.param("a", "", "a", id="one"),
        pytest.param("", "", "", id="none"),
    ],
)
def test_threads_that_were_split_are_not_joined(threads, apart, expected):
    pairs = {tuple(apart), tuple(reversed(apart))}
    assert "".join(thread.joinable(threads, pairs)) == expected
