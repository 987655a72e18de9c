"""Who is a machine, by what it says, how it asks and where it is."""

from ipaddress import ip_address

import pytest

from mailbot_server.core.tracking import machines
from mailbot_server.core.tracking.machines import Sighting

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0.0.0 Safari/537.36"
)


def seen(user_agent=CHROME, method="GET", address="192.0.2.1", **fields):
    names = {name.replace("_", "-"): value for name, value in fields.items()}
    return Sighting(
        method=method,
        fields={"user-agent": user_agent, **names},
        address=ip_address(address) if address else None,
    )


@pytest.mark.parametrize(
    "user_agent",
    [
        CHROME,
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
        "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.4.0",
        "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; WOW64; Trident/8.0; Microsoft Outlook 16.0.17928)",
        "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.5134; Pro)",
        "Mozilla/5.0 (X11; CUBOT) AppleWebKit/537.36",
        "Dalvik/2.1.0 (Linux; U; Android 14; Pixel 8 Build/AP1A)",
        "Outlook-iOS/727.5203.prod.iphone (4.2443.0)",
    ],
)
def test_people_are_no_machines(user_agent):
    assert machines.reason(seen(user_agent)) == ""


@pytest.mark.parametrize(
    ("user_agent", "reason"),
    [
        ("Mozilla/5.0", "apple_proxy"),
        (
            "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
            "gmail_proxy",
        ),
        (
            "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html",
            "yahoo_proxy",
        ),
        ("Mail.Ru image proxy", "image_proxy"),
        ("Microsoft Office Existence Discovery", "scanner"),
        ("Mozilla/5.0 (compatible; Google-Safety)", "scanner"),
        ("Mozilla/5.0 (compatible; Google-InspectionTool/1.0)", "program"),
        ("BarracudaCentral", "scanner"),
        ("Mozilla/5.0 (compatible; Mimecast URL Scanner)", "scanner"),
        ("Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", "preview"),
        ("facebookexternalhit/1.1", "preview"),
        ("Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5", "preview"),
        (
            "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
            "program",
        ),
        ("python-requests/2.32", "program"),
        ("Python/3.11 aiohttp/3.14", "program"),
        ("curl/8.5.0", "program"),
        ("Go-http-client/1.1", "program"),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/120",
            "program",
        ),
        ("", "no_user_agent"),
        ("\x00\x01", "no_user_agent"),
    ],
)
def test_machines_say_what_they_are(user_agent, reason):
    assert machines.reason(seen(user_agent)) == reason


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("purpose", "prefetch"),
        ("sec_purpose", "prefetch;prerender"),
        ("x_moz", "prefetch"),
        ("x_purpose", "preview"),
    ],
)
def test_what_is_loaded_beforehand_is_seen_by_nobody(field, value):
    assert machines.reason(seen(**{field: value})) == "prefetch"


def test_nobody_reads_heads():
    assert machines.reason(seen(method="HEAD")) == "head"


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("17.58.1.2", "apple_proxy"),
        ("67.231.150.1", "scanner"),
        ("192.0.2.1", ""),
        ("2001:db8::1", ""),
        ("", ""),
    ],
)
def test_some_networks_are_all_machines(address, reason):
    assert machines.reason(seen(address=address)) == reason


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("", ""),
    ],
)
def test_of_an_address_only_the_network_is_kept(address, network):
    assert seen(address=address).network == network


def test_a_user_agent_is_one_short_line():
    given = seen("a\r\nb" + "c" * 1000).user_agent
    assert len(given) == machines.USER_AGENT_MAX
    assert "\n" not in given


def test_no_hand_follows_five_links_at_once():
    assert [machines.is_burst(n) for n in range(6)] == [False] * 4 + [True] * 2
