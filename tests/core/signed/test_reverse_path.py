from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core import ids
from mailbot_server.core.mail.address import local_of, normalise
from mailbot_server.core.signed import reverse_path
from mailbot_server.core.signed.server_key import keys_for, signing_keys

OLD, NEW = b"o" * 32, b"n" * 32
KEYS = keys_for([NEW, OLD], reverse_path.PURPOSE)
DELIVERY = ids.make("dlv", datetime(2025, 6, 1, tzinfo=UTC), b"0123456789")
ADDRESS = reverse_path.make(KEYS, DELIVERY, "example.com")


def test_a_reverse_path_names_its_delivery() -> None:
    assert ADDRESS.endswith("@rp.example.com")
    assert ADDRESS.lower() == ADDRESS
    assert normalise(ADDRESS) == ADDRESS
    assert len(local_of(ADDRESS)) <= 64
    assert reverse_path.read(KEYS, ADDRESS) == DELIVERY


@given(st.integers(0, 2**128 - 1))
def test_every_id_survives(number: int) -> None:
    identifier = f"dlv_{ids.base32(number, 26)}"

    address = reverse_path.make(KEYS, identifier, "example.com")

    assert reverse_path.read(KEYS, address) == identifier


def test_case_does_not_matter() -> None:
    assert reverse_path.read(KEYS, ADDRESS.upper()) == DELIVERY


def test_an_old_key_still_verifies_until_it_is_gone() -> None:
    before = reverse_path.make(
        keys_for([OLD], reverse_path.PURPOSE), DELIVERY, "example.com"
    )

    assert reverse_path.read(KEYS, before) == DELIVERY
    only_new = keys_for([NEW], reverse_path.PURPOSE)
    assert reverse_path.read(only_new, before) is None


def test_one_changed_letter_is_a_forgery() -> None:
    local, _, domain = ADDRESS.partition("@")
    for place, letter in enumerate(local[:-1]):
        other = "b" if letter != "b" else "c"
        forged = f"{local[:place]}{other}{local[place + 1 :]}@{domain}"
        assert reverse_path.read(KEYS, forged) is None


def test_keys_of_another_purpose_do_not_verify() -> None:
    cursors = signing_keys([NEW])

    assert reverse_path.read(cursors, ADDRESS) is None


@pytest.mark.parametrize(
    "address", ["", "@", "a@example.com", "1" * 45 + "@x", "é" * 45 + "@x", "a" * 45]
)
def test_other_addresses_name_nothing(address: str) -> None:
    assert reverse_path.read(KEYS, address) is None


@given(st.text(max_size=60))
def test_nothing_makes_it_fail(address: str) -> None:
    assert reverse_path.read(KEYS, address) is None
