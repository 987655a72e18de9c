"""Sites are known by the names of their providers."""

import pytest

from mailbot_server.core.destination.provider import PROVIDERS
from mailbot_server.core.shaping.limit import CAPS, cap_of, provider_at


@pytest.mark.parametrize(
    ("site", "provider"),
    [
        ("google", "google"),
        ("microsoft-consumer", "microsoft"),
        ("(mx1|mx2).comcast.net", "comcast"),
        ("mx.example.net", "other"),
        ("other", "other"),
        ("127.0.0.1:25", "other"),
        ("", "other"),
    ],
)
def test_a_site_has_the_label_of_its_provider(site, provider):
    assert provider_at(site) == provider


def test_caps_are_of_known_providers_and_positive():
    assert set(CAPS) <= PROVIDERS
    for cap in CAPS.values():
        assert cap.attempts > 0
        assert cap.messages_per_connection > 0
    assert cap_of("yahoo") == CAPS["yahoo"]
    assert cap_of("mx.example.net") is None
