import dataclasses

import pytest

from mailbot_server.core.mail.envelope import Envelope

ENVELOPE = Envelope(
    reverse_path="ann@example.com",
    forward_paths=("bob@example.org",),
    helo="mail.example.com",
    peer_ip="192.0.2.1",
)


def test_an_envelope_is_a_fact_that_does_not_change():
    with pytest.raises(dataclasses.FrozenInstanceError):
        ENVELOPE.reverse_path = None  # type: ignore[misc]


def test_null_reverse_path_is_not_an_empty_address():
    bounce = dataclasses.replace(ENVELOPE, reverse_path=None)
    assert bounce.reverse_path is None
    assert bounce != dataclasses.replace(ENVELOPE, reverse_path="")


def test_an_ordinary_session_is_plain_esmtp():
    assert (ENVELOPE.tls, ENVELOPE.smtputf8, ENVELOPE.protocol) == (
        False,
        False,
        "ESMTP",
    )
