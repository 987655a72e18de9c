"""What is asked of a connection, as values that can be compared and are a pool's key."""

import pytest

from mailbot_server.core.destination.mta_sts import Mode
from mailbot_server.core.destination.tlsa import Tlsa
from mailbot_server.engine.outbound.routing.protection import (
    ENFORCED,
    NO_TLS,
    OPPORTUNISTIC,
    VERIFIED,
    by_dane,
    by_setting,
    on_trial,
)

OF_HOST = Tlsa(usage=3, selector=1, matching_type=1, data=bytes(32))
OF_AUTHORITY = Tlsa(usage=2, selector=1, matching_type=1, data=bytes(32))


@pytest.mark.parametrize(
    ("setting", "is_demanded", "needs_authority", "level"),
    [
        ("none", False, False, "none"),
        ("opportunistic", False, False, "unverified"),
        ("starttls", True, True, "verified"),
        ("implicit", True, True, "verified"),
    ],
)
def test_what_a_setting_asks_for(setting, is_demanded, needs_authority, level):
    wanted = by_setting(setting)
    assert (wanted.mode, wanted.level) == (setting, level)
    assert wanted.is_demanded is is_demanded
    assert wanted.needs_authority is needs_authority


def test_plaintext_follows_only_where_nobody_asks_for_more():
    assert OPPORTUNISTIC.otherwise is NO_TLS
    every = (NO_TLS, VERIFIED, ENFORCED, by_dane("mx", (OF_HOST,), ()))
    assert not [wanted for wanted in every if wanted.otherwise]


def test_rfc8461_5_what_is_tested_goes_on_as_if_nothing_were():
    wanted = on_trial(OPPORTUNISTIC)
    assert wanted.policy is Mode.TESTING
    assert wanted.needs_authority
    assert wanted.otherwise is OPPORTUNISTIC


def test_tlsa_records_without_a_usable_one_ask_for_tls_and_no_proof():
    wanted = by_dane("mx.example.com", (), ("example.com",))
    assert wanted.is_demanded
    assert not wanted.needs_authority
    assert (wanted.level, wanted.server_name) == ("unverified", "mx.example.com")


def test_names_matter_only_to_records_of_an_authority():
    names = ("mx.example.com", "mx.example.com", "example.com")
    assert by_dane("mx.example.com", (OF_HOST,), names).names == ()
    both = by_dane("mx.example.com", (OF_HOST, OF_AUTHORITY), names)
    assert both.names == ("mx.example.com", "example.com")
    assert both.level == "dane"


def test_equal_demands_are_one_key_and_different_ones_are_not():
    every = [
        *(NO_TLS, OPPORTUNISTIC, VERIFIED, ENFORCED, on_trial(NO_TLS)),
        *(on_trial(OPPORTUNISTIC), by_setting("implicit"), by_dane("mx", (), ())),
        *(by_dane("mx", (OF_HOST,), ()), by_dane("mx2", (OF_HOST,), ())),
    ]
    assert len(set(every)) == len(every)
    assert on_trial(OPPORTUNISTIC) in set(every)
