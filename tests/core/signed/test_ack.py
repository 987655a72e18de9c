"""Ack ids: what was written is read, by the same subscription alone."""

from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.signed import ack, cursor
from mailbot_server.core.signed.cursor import Log, SigningKeys
from mailbot_server.core.subscription import Key

KEYS = SigningKeys(current=7, secrets={7: b"k" * 32})
LOG = Log(epoch="one", account_id="acc_1")
OF = ack.scope(LOG, "sub_1")
NUMBERS = st.integers(0, 2**63)


@given(NUMBERS, NUMBERS, st.sampled_from(["", "rpl_06f0000000000000000000000a"]))
def test_a_lease_comes_back_as_it_went_in(position, lease, replay_id):
    key = Key(replay_id=replay_id, position=position, lease=lease)
    assert ack.read(KEYS, OF, ack.write(KEYS, OF, key)) == key


def test_another_subscription_account_epoch_or_key_reads_nothing():
    token = ack.write(KEYS, OF, Key(position=1, lease=2))
    for log, subscription_id in (
        (LOG, "sub_2"),
        (Log(epoch="one", account_id="acc_2"), "sub_1"),
        (Log(epoch="two", account_id="acc_1"), "sub_1"),
    ):
        assert ack.read(KEYS, ack.scope(log, subscription_id), token) is None
    other = SigningKeys(current=7, secrets={7: b"x" * 32})
    assert ack.read(other, OF, token) is None


@given(st.text(max_size=200))
def test_what_is_no_ack_id_reads_nothing(token):
    assert ack.read(KEYS, OF, token) is None


def test_a_cursor_is_no_ack_id():
    assert ack.read(KEYS, OF, cursor.write_cursor(KEYS, LOG, 5)) is None


def test_a_token_that_was_changed_reads_nothing():
    token = ack.write(KEYS, OF, Key(position=1, lease=2))
    for index in range(len(token)):
        letter = "A" if token[index] != "A" else "B"
        changed = token[:index] + letter + token[index + 1 :]
        assert ack.read(KEYS, OF, changed) is None
