from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mailbot_server.core.explanation.restraint import Circumstances, restraints
from mailbot_server.core.inbox import InboxState
from mailbot_server.core.shaping import Scope, SiteStatus, Suspension

NOW = datetime(2026, 11, 21, 13, 53, tzinfo=UTC)
SOON = NOW + timedelta(minutes=9)
SITE: dict[str, Any] = {"name": "mx.example.com", "attempts": 0, "attempts_max": 3}


def suspension(scope: Scope, name: str, reason: str = "") -> Suspension:
    return Suspension(
        id="sus_1",
        scope=scope,
        name=name,
        reason=reason,
        by="key_1",
        created_at=NOW,
        until=SOON,
    )


def texts(**known) -> list[str]:
    return [r.text for r in restraints(Circumstances(now=NOW, **known))]


def test_nothing_holds_a_delivery_back_that_nothing_holds_back():
    assert texts(site=SiteStatus(**SITE)) == []


@pytest.mark.parametrize(
    ("scope", "name", "text"),
    [
        (
            Scope.ACCOUNT,
            "acc_1",
            "the account's deliveries are suspended until 14:02 UTC",
        ),
        (Scope.INBOX, "inb_1", "the inbox's deliveries are suspended until 14:02 UTC"),
        (
            *(Scope.DESTINATION, "mx.example.com"),
            "destination mx.example.com is suspended until 14:02 UTC",
        ),
    ],
)
def test_a_suspension_names_what_it_stops(scope, name, text):
    assert texts(suspensions=(suspension(scope, name),)) == [text]


def test_an_inbox_that_is_gone_is_one_that_is_disabled():
    words = ["the inbox is disabled; its mail is cancelled"]
    assert texts(inbox_state=None) == texts(inbox_state=InboxState.DISABLED) == words


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param(
            {"messages_per_minute": 60, "reason": "slowed"},
            ["destination limited to 3 connections and 60 messages a minute (slowed)"],
            id="rate",
        ),
        pytest.param(
            {"attempts_max": 1, "reason": "slowed", "until": SOON},
            ["destination limited to 1 connection until 14:02 UTC (slowed)"],
            id="one",
        ),
        pytest.param(
            {"suspended": True, "reason": "it does not answer", "until": SOON},
            [
                "destination mx.example.com is left alone until 14:02 UTC (it does not answer)"
            ],
            id="dead",
        ),
        pytest.param(
            {"attempts": 3},
            ["3 attempts are all that mx.example.com gets at a time"],
            id="busy",
        ),
        pytest.param(
            {"attempts": 1, "attempts_max": 1},
            ["1 attempt is all that mx.example.com gets at a time"],
            id="busy-with-one",
        ),
    ],
)
def test_a_destination_says_what_it_bears(changes, said):
    assert texts(site=SiteStatus(**(SITE | changes))) == said


def test_a_suspended_destination_is_said_once():
    site = SiteStatus(**SITE, suspended=True, reason="by hand", until=SOON)
    by_site = suspension(Scope.DESTINATION, "mx.example.com", "by hand")
    by_domain = suspension(Scope.DESTINATION, "example.com", "by hand")
    assert len(texts(site=site, suspensions=(by_site,))) == 1
    # The site is left alone for what it did itself; the domain would wait anyway.
    assert len(texts(site=site, suspensions=(by_domain,))) == 2
