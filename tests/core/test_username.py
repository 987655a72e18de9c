import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core import username
from mailbot_server.core.mail import address


@pytest.mark.parametrize(
    "name", ["a", "0", "support", "a.b_c-d", "Support", "a" * 40, "x-1", "a._b"]
)
def test_usernames_that_can_be_had(name):
    assert username.check(name) is None


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("", "1 to 40"),
        ("a" * 41, "1 to 40"),
        ("a b", "only letters"),
        ("a+tag", "only letters"),
        ("a@b", "only letters"),
        ("käse", "only letters"),
        pytest.param("\u212aelvin", "only letters", id="kelvin-sign-folds-to-k"),
        ("a\n", "only letters"),
        (".a", "start and end"),
        ("a-", "start and end"),
        ("_", "start and end"),
        ("a..b", "'..'"),
        ("a--b", "'--'"),
    ],
)
def test_problem_is_a_sentence(name, problem):
    assert problem in (username.check(name) or "")


def test_sandbox_address_separates_name_and_account():
    found = username.sandbox_address("Support", "k3v9q2pd", "mailbot.localhost")
    assert found == "support--k3v9q2pd@mailbot.localhost"


@given(st.binary(min_size=8, max_size=16))
def test_random_usernames_can_be_had(entropy):
    name = username.random_username(entropy)
    assert username.check(name) is None
    sandbox = username.sandbox_address(name, "k3v9q2pd", "mailbot.localhost")
    assert address.normalise(sandbox) == sandbox


def test_random_usernames_use_52_bits():
    assert username.random_username(bytes(8)) == "amber-acorn-00000000"
    assert username.random_username(b"\xff" * 8) == "vivid-trail-zzzzzzzz"
    names = {
        username.random_username((1 << bit).to_bytes(8, "big")) for bit in range(64)
    }
    # The 12 bits between the words and the tail are not used.
    assert len(names) == 53


@given(st.binary(min_size=8, max_size=8))
def test_same_entropy_gives_the_same_name(entropy):
    assert username.random_username(entropy) == username.random_username(
        entropy + b"more"
    )


@pytest.mark.parametrize("name", ["a--b", "a" * 64, "sales.eu", "x"])
def test_usernames_in_a_domain_of_ones_own_may_be_more(name):
    assert username.check_own(name) is None


@pytest.mark.parametrize("name", ["", "a" * 65, "a+b", "a..b", "-a", "ä", "a b"])
def test_but_not_everything(name):
    assert username.check_own(name)
