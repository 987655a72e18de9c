"""Addresses survive their columns, whatever senders call themselves."""

from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.message import Addressees
from mailbot_server.store import mailboxes

texts = st.text(st.characters(codec="utf-8"), max_size=20)
lists = st.lists(st.builds(Mailbox, address=texts, display_name=texts), max_size=5).map(
    tuple
)


@given(lists)
def test_mailboxes_come_back_in_order(given_boxes):
    assert mailboxes.read(mailboxes.write(given_boxes)) == given_boxes


@given(st.builds(Addressees, to=lists, cc=lists, bcc=lists, reply_to=lists))
def test_addressees_come_back_by_field(addressees):
    written = mailboxes.write_addressees(addressees)
    assert mailboxes.read_addressees(written) == addressees


def test_nothing_is_written_as_nothing():
    assert mailboxes.write(()) == ""
    assert mailboxes.write_addressees(Addressees()) == ""


def test_only_fields_that_are_set_are_written():
    one = (Mailbox(address="a@example.com", display_name="Ä"),)
    written = mailboxes.write_addressees(Addressees(cc=one))
    assert written == '{"cc":[["a@example.com","Ä"]]}'
