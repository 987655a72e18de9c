import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.engine.signing.sealing import SealBroken
from tests.fakes.domain_keys import MASTER, vault

SEALED = vault().seal(b"the private half", "dky_1", "example.com")


@given(st.binary(max_size=3000), st.lists(st.text(max_size=20), max_size=4))
def test_what_is_sealed_opens_under_the_same_labels(secret, labels):
    assert vault().open(vault().seal(secret, *labels), *labels) == secret


@pytest.mark.parametrize(
    "labels",
    [
        pytest.param(("dky_2", "example.com"), id="another-row"),
        pytest.param(("dky_1", "example.org"), id="another-domain"),
        pytest.param(("example.com", "dky_1"), id="another-order"),
        pytest.param(("dky_1example.com",), id="joined"),
        pytest.param(("dky_1", "example.com", ""), id="one-more"),
    ],
)
def test_a_blob_that_was_moved_does_not_open(labels):
    with pytest.raises(SealBroken, match="belongs to another"):
        vault().open(SEALED, *labels)


@pytest.mark.parametrize("place", range(len(SEALED)))
def test_a_blob_that_was_changed_anywhere_does_not_open(place):
    changed = bytearray(SEALED)
    changed[place] ^= 1
    with pytest.raises(SealBroken):
        vault().open(bytes(changed), "dky_1", "example.com")


@pytest.mark.parametrize("length", range(len(SEALED)))
def test_a_blob_that_was_cut_anywhere_does_not_open(length):
    with pytest.raises(SealBroken):
        vault().open(SEALED[:length], "dky_1", "example.com")


def test_the_secret_cannot_be_read_from_the_blob_and_no_two_are_alike():
    ours = vault()
    one, two = ours.seal(b"the private half"), ours.seal(b"the private half")
    assert b"private" not in one
    assert one != two


def test_a_rotated_server_key_still_opens_what_the_old_one_sealed():
    rotated = vault(b"a new server key", MASTER)
    assert rotated.open(SEALED, "dky_1", "example.com") == b"the private half"
    assert not rotated.is_current(SEALED)
    assert rotated.is_current(rotated.seal(b"x"))


def test_a_server_key_that_was_dropped_is_what_the_error_names():
    with pytest.raises(SealBroken, match="server_key does not name"):
        vault(b"a new server key").open(SEALED, "dky_1", "example.com")
