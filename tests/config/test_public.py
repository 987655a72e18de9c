"""The public port: what it may be called, and whose word about clients is taken."""

import os

import pytest

from mailbot_server import config
from mailbot_server.config import BadSettings


@pytest.fixture(autouse=True)
def clean(monkeypatch, tmp_path):
    """No settings of whoever runs the tests."""
    for name in list(os.environ):
        if name.startswith("MAILBOT_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("https://m.example.com/", "https://m.example.com"),
        ("https://m.example.com:8443/links", "https://m.example.com:8443/links"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("http://mailbot.localhost", "http://mailbot.localhost"),
    ],
)
def test_where_the_public_port_is_reached(text, kept):
    assert config.load(public_url=text).public_url == kept


@pytest.mark.parametrize(
    "text",
    [
        "http://m.example.com",
        "http://localhost.example.com",
        "m.example.com",
        "ftp://m.example.com",
        "https://u:p@m.example.com",
        "https://m.example.com/?a=b",
        "https://m.example.com/#a",
        'https://m.example.com/"',
    ],
)
def test_no_link_leads_over_what_is_not_protected_or_no_plain_url(text):
    with pytest.raises(BadSettings, match="public_url"):
        config.load(public_url=text)


def test_proxies_of_the_public_port_are_networks():
    settings = config.load(public_proxy_networks=["10.1.2.3", "fd00::/8"])
    assert settings.public_proxy_networks == ("10.1.2.3/32", "fd00::/8")
    with pytest.raises(BadSettings, match="public_proxy_networks"):
        config.load(public_proxy_networks=["example.com"])
