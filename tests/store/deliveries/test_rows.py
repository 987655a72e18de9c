"""A row says what the delivery says, and the other way round."""

from dataclasses import fields, replace

from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.delivery import Delivery, State
from mailbot_server.core.mail.reply import Reply
from mailbot_server.store.deliveries import rows
from tests.fakes.mail import delivery, message
from tests.fakes.tenants import BEGINNING, inbox

PLAIN = delivery(1, message(1, inbox()))


@given(
    state=st.sampled_from(State),
    reply=st.sampled_from([None, Reply(code=451), Reply(code=0, enhanced="4.4.1")]),
    flag=st.booleans(),
    until=st.sampled_from([None, BEGINNING]),
)
def test_a_delivery_comes_back_from_its_values(state, reply, flag, until):
    its = replace(
        PLAIN, state=state, last_reply=reply, permanent=flag, lease_until=until
    )
    assert rows.read(rows.values_of(its)) == its


def test_every_field_is_in_the_row():
    assert len(rows.values_of(PLAIN)) == len(fields(Delivery)) + 2
