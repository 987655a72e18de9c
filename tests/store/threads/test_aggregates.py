"""A thread adds up to the same, however its messages came to be together."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.message import Direction
from mailbot_server.store import mailboxes
from mailbot_server.store.threads import aggregates
from mailbot_server.store.threads.aggregates import EMPTY, PARTICIPANTS_MAX
from tests.fakes.mail import message
from tests.fakes.tenants import BEGINNING, inbox

ANN = Mailbox(address="ann@example.org", display_name="Ann")


@st.composite
def arrivals(draw):
    """Messages with different ids, in any order; time follows the id."""
    numbers = draw(st.lists(st.integers(0, 99), unique=True, max_size=10))
    return [
        message(
            number,
            inbox(),
            created_at=BEGINNING + timedelta(seconds=number),
            direction=draw(st.sampled_from(Direction)),
            automated=draw(st.booleans()),
            snippet=f"words {number}",
        )
        for number in numbers
    ]


def total(found):
    sum_ = EMPTY
    for each in found:
        who = [*mailboxes.read(sum_.participants), each.sender]
        together = mailboxes.write(aggregates.distinct(who))
        sum_ = aggregates.with_message(sum_, each, together)
    return sum_


@given(arrivals(), st.randoms(use_true_random=False))
def test_the_order_of_messages_makes_no_difference(found, chance):
    shuffled = chance.sample(found, len(found))
    assert total(shuffled) == total(found)


@given(arrivals(), st.integers(0, 10))
def test_threads_put_together_add_up_as_if_they_had_been_one(found, cut):
    parts = [total(found[:cut]), total(found[cut:])]
    assert aggregates.together(parts) == total(found)


def test_columns_come_back_as_they_were_written():
    one = total([message(1, inbox(), snippet="a")])
    assert aggregates.read(aggregates.write(one)) == one


def test_a_name_that_comes_later_fills_the_gap():
    bare = Mailbox(address="Ann@Example.org")
    assert aggregates.distinct([bare, ANN]) == [ANN]
    other = Mailbox(address="ann@example.org", display_name="Anna")
    assert aggregates.distinct([ANN, other]) == [ANN]


def test_the_owner_is_left_out_under_every_tag():
    own = [
        Mailbox(address="me@example.com"),
        Mailbox(address="ME+tag@example.com", display_name="Me"),
    ]
    kept = [Mailbox(address="me@example.net"), Mailbox(address="me2@example.com")]
    assert aggregates.distinct([*own, *kept], "me@example.com") == kept


def test_the_first_fifty_are_kept_and_may_still_get_their_names():
    crowd = [Mailbox(address=f"p{number}@x") for number in range(PARTICIPANTS_MAX)]
    late = Mailbox(address="late@x")
    named = Mailbox(address="p0@x", display_name="P")
    found = aggregates.distinct([*crowd, late, named])
    assert found == [named, *crowd[1:]]


def test_broken_addresses_are_participants_and_empty_ones_are_not():
    broken = [Mailbox(address=""), Mailbox(address="no address"), Mailbox(address="@")]
    assert aggregates.distinct(broken) == broken[1:]
