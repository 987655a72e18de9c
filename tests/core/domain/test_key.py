from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot_server.core.domain import key as domain_key
from mailbot_server.core.domain.key import KeyState, SigningUnavailable
from tests.fakes.domain_keys import BEGINNING, ED25519, RSA, stored_key

NOW = BEGINNING + timedelta(days=1)
FIRST = stored_key(RSA)
SECOND = stored_key(ED25519, 2)


def test_a_domain_without_keys_is_not_expected_to_sign():
    assert domain_key.signing((), NOW) == ()


def test_one_key_of_each_algorithm_signs():
    assert domain_key.signing([SECOND, FIRST], NOW) == (FIRST, SECOND)


@pytest.mark.parametrize("state", [KeyState.PENDING, KeyState.RETIRED])
def test_a_domain_with_keys_of_which_none_is_active_waits(state):
    with pytest.raises(SigningUnavailable, match=r"example\.com"):
        domain_key.signing([replace(FIRST, state=state)], NOW)


def test_a_new_selector_signs_only_once_it_is_active():
    new = replace(stored_key(RSA, 3), state=KeyState.PENDING, activated_at=None)
    assert domain_key.signing([FIRST, new], NOW) == (FIRST,)
    active = replace(new, state=KeyState.ACTIVE, activated_at=NOW)
    assert domain_key.signing([active, FIRST], NOW) == (active,)


def test_a_second_algorithm_that_waits_does_not_hold_up_the_first():
    assert domain_key.signing(
        [FIRST, replace(SECOND, state=KeyState.PENDING)], NOW
    ) == (FIRST,)


@pytest.mark.parametrize("state", [KeyState.PENDING, KeyState.RETIRED])
def test_the_second_algorithm_alone_is_no_signature_to_most_and_waits(state):
    first = replace(FIRST, state=state)
    assert not domain_key.is_signing([first, SECOND])
    with pytest.raises(SigningUnavailable, match="RSA"):
        domain_key.signing([first, SECOND], NOW)
    with pytest.raises(SigningUnavailable, match="RSA"):
        domain_key.signing([SECOND], NOW)


def test_a_domain_signs_while_an_rsa_key_is_active():
    assert domain_key.is_signing([FIRST])
    assert domain_key.is_signing([replace(SECOND, state=KeyState.PENDING), FIRST])
    assert not domain_key.is_signing([replace(FIRST, state=KeyState.PENDING)])
    assert not domain_key.is_signing([])


def test_a_clock_that_stands_before_the_key_was_made_signs_nothing():
    assert domain_key.signing([FIRST], BEGINNING - timedelta(minutes=4)) == (FIRST,)
    with pytest.raises(SigningUnavailable, match="clock"):
        domain_key.signing([FIRST], BEGINNING - timedelta(minutes=6))


def test_a_key_says_what_to_publish_where():
    assert SECOND.host == "ed255192._domainkey.example.com"
    assert SECOND.record.startswith("v=DKIM1; k=ed25519; p=")
