import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.errors import InvalidInput
from mailbot_server.core.signed import cursor, server_key

LOG = cursor.Log(epoch="one", account_id="acc_1")


@given(st.binary(min_size=1, max_size=80), st.text(max_size=40))
def test_derivation_is_hkdf_with_one_block(master, purpose):
    oracle = HKDF(algorithm=SHA256(), length=32, salt=b"mailbot", info=purpose.encode())
    assert server_key.derive(master, purpose) == oracle.derive(master)


def test_no_two_purposes_share_a_key():
    keys = {
        server_key.derive(b"m" * 32, purpose)
        for purpose in ("cursors", "reverse-paths", "links", "")
    }
    assert len(keys) == 4


@given(st.binary(max_size=80))
def test_key_id_fits_the_octet_that_tokens_spare_for_it(master):
    assert 0 <= server_key.key_id(master) <= 255


def test_first_key_signs_and_every_key_verifies():
    old, new = b"old" * 11, b"new" * 11
    before = server_key.signing_keys([old])
    after = server_key.signing_keys([new, old])
    assert after.current == server_key.key_id(new)
    token = cursor.write_cursor(before, LOG, 7)
    assert cursor.read_cursor(after, LOG, token) == 7


def test_token_of_a_dropped_key_is_refused():
    before = server_key.signing_keys([b"old" * 11])
    after = server_key.signing_keys([b"new" * 11])
    token = cursor.write_cursor(before, LOG, 7)
    with pytest.raises(InvalidInput):
        cursor.read_cursor(after, LOG, token)


def test_cursors_are_never_signed_with_the_server_key_itself():
    master = b"m" * 32
    secrets = server_key.signing_keys([master]).secrets
    assert list(secrets.values()) == [server_key.derive(master, "cursors")]
    assert master not in secrets.values()


def test_masters_with_one_id_are_refused_with_a_sentence_that_says_what_to_do():
    with pytest.raises(ValueError, match="replace one of them"):
        server_key.signing_keys([b"same", b"same"])
