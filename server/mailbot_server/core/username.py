"""The usernames of inboxes: their rules, their addresses, and random ones."""

import re
from typing import Final

from mailbot_server.core.ids import base32

LENGTH_MAX: Final = 40
"""With `--` and the account's 8 characters a local part of at most 50 octets, below the
64 of RFC 5321 4.5.3.1.1 and with room for a `+tag`."""

OWN_LENGTH_MAX: Final = 64
"""A whole local part (RFC 5321 4.5.3.1.1)."""

ENTROPY_BYTES: Final = 8

_ALLOWED: Final = re.compile(r"[a-zA-Z0-9._-]+")
_ADJECTIVES: Final = (
    "amber bold brave brisk bright calm clear clever coral crisp deft eager early "
    "fair fine fleet fresh gentle glad gold grand green happy hazel indigo ivory "
    "jade jolly keen kind lemon light lilac lively loyal lucid lunar magic mellow "
    "merry misty mint neat noble olive open opal pearl plain prime proud quick "
    "quiet rapid royal ruby sage silver solar steady sunny swift tidy vivid"
)
_NOUNS: Final = (
    "acorn anchor aspen badger bay beacon birch bison brook canyon cedar cliff "
    "cloud comet cove crane creek dale delta dune eagle elm falcon fern field finch "
    "fjord fox garden glade grove harbor hare hawk heron hill island juniper lake "
    "lark leaf lynx maple marsh meadow moon otter owl peak pine pond prairie quail "
    "raven reef ridge river robin sparrow spruce stone thistle tide trail"
)


def check(username: str) -> str | None:
    """What is wrong with a sandbox username, in any case; None when nothing is."""
    wrong = _check(username, LENGTH_MAX)
    if wrong is None and "--" in username:
        return "must not contain '--', which separates the account in sandbox addresses"
    return wrong


def check_own(username: str) -> str | None:
    """The same for a username in a domain of the account's own."""
    return _check(username, OWN_LENGTH_MAX)


def _check(username: str, longest: int) -> str | None:
    if not 1 <= len(username) <= longest:
        return f"must be 1 to {longest} characters long"
    if not _ALLOWED.fullmatch(username):
        return "may contain only letters a-z, digits, '.', '_' and '-'"
    if not (username[0].isalnum() and username[-1].isalnum()):
        return "must start and end with a letter or digit"
    if ".." in username:
        return "must not contain '..'"
    return None


def sandbox_address(username: str, suffix: str, domain: str) -> str:
    """
    The address of a sandbox inbox, lower case.

    `suffix` is the account's 8 characters: one sandbox domain serves all accounts, and
    two of them may choose the same username.
    """
    return f"{username}--{suffix}@{domain}".lower()


def random_username(entropy: bytes) -> str:
    """
    A username for an inbox whose owner named none, from at least 8 random bytes.

    Two words, so that people can tell inboxes apart in a log and read one out, and
    eight characters without i, l, o and u, so that a million inboxes of one account
    meet no collision and nobody guesses an address: 52 bits in all.
    """
    value = int.from_bytes(entropy[:ENTROPY_BYTES], "big")
    adjective = _ADJECTIVES.split()[value >> 58]
    noun = _NOUNS.split()[value >> 52 & 63]
    return f"{adjective}-{noun}-{base32(value, 8)}"
