from datetime import UTC, datetime

import pytest

from mailbot_server.cli.which import HELP, filter_of

AT = datetime(2030, 1, 31, 12, tzinfo=UTC)


def test_ids_and_conditions_become_options():
    words = [
        *("dlv_1", "dlv_2", "msg_1", "inb_1", "state=held", "state=queued"),
        *("domain=example.com", "to=carol@example.com", "hold=hostname_unset"),
        *("class=rate_limited", "stream=bulk"),
        *("after=2030-01-31T12:00", "before=2030-01-31T13:00+01:00"),
    ]
    assert filter_of(words, own=True) == {
        "ids": ["dlv_1", "dlv_2"],
        "message_id": "msg_1",
        "inbox_id": "inb_1",
        "states": ["held", "queued"],
        "recipient_domain": "example.com",
        "recipient": "carol@example.com",
        "hold_reason": "hostname_unset",
        "bounce_class": "rate_limited",
        "stream": "bulk",
        "after_time": AT,
        "before_time": AT,
    }


def test_an_address_is_that_of_an_inbox():
    found = filter_of(["support@example.com"], own=False)
    assert found == {"inbox_id": "support@example.com", "all_accounts": True}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["held"], "'held' is no id and no condition"),
        (["colour=red"], "'colour=red' is no id and no condition"),
        (["after=yesterday"], "'yesterday' is no instant"),
        (["domain=a.example", "domain=b.example"], "both cannot hold"),
        (["inb_1", "support@example.com"], "both cannot hold"),
    ],
)
def test_what_cannot_be_read_is_named(words, said):
    with pytest.raises(ValueError, match=said):
        filter_of(words, own=True)


def test_the_help_names_every_condition():
    for name in ("state", "domain", "to", "hold", "class", "stream", "after", "before"):
        assert f"{name}=" in HELP
