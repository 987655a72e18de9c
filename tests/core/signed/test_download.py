"""Tokens of downloads: they name an attachment for a day, and nobody can make one."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.signed import download, server_key

OLD, NEW = b"an old key of this server .......", b"a new key of this server ........"
KEYS = server_key.keys_for([NEW, OLD], download.PURPOSE)
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ID = "att_01hzy3v8k5qf7e2mtd0n4cwxab-1-2"


def test_a_token_names_its_attachment_for_a_day() -> None:
    token = download.write(KEYS, ID, NOW)
    almost = NOW + download.VALID - timedelta(seconds=1)
    assert download.read(KEYS, token, NOW) == ID
    assert download.read(KEYS, token, almost) == ID
    assert download.read(KEYS, token, NOW + download.VALID) is None


def test_an_older_key_is_read_and_one_that_is_gone_is_not() -> None:
    older = server_key.keys_for([OLD], download.PURPOSE)
    assert download.read(KEYS, download.write(older, ID, NOW), NOW) == ID
    assert download.read(older, download.write(KEYS, ID, NOW), NOW) is None


def test_a_key_for_something_else_makes_no_token() -> None:
    other = server_key.keys_for([NEW], "links")
    assert download.read(KEYS, download.write(other, ID, NOW), NOW) is None


@pytest.mark.parametrize("at", range(0, len(download.write(KEYS, ID, NOW)), 3))
def test_a_token_with_another_character_is_none(at: int) -> None:
    token = download.write(KEYS, ID, NOW)
    other = "A" if token[at] != "A" else "B"
    assert download.read(KEYS, token[:at] + other + token[at + 1 :], NOW) is None


@given(st.text(max_size=600))
def test_reading_never_raises(text: str) -> None:
    assert download.read(KEYS, text, NOW) is None


def test_what_is_too_deep_to_be_named_has_no_token() -> None:
    assert download.write(KEYS, ID + "-1" * 200, NOW) == ""
