"""
Who opens messages and follows links without being a person, and how that is known.

What machines do is told, and counted nowhere: a provider's proxy loads a picture for
everybody, whether or not somebody looks, and a scanner follows every link. The tables
are what these programs say of themselves; where a source is known it stands beside it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv4Address, IPv6Address, ip_network
from typing import Final

USER_AGENT_MAX: Final = 300
BURST: Final = timedelta(seconds=2)
BURST_LINKS: Final = 5
"""So many different links within BURST are followed by no hand."""

Address = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A request for a link; `fields` are header fields with lower-case names."""

    method: str
    fields: Mapping[str, str]
    address: Address | None

    @property
    def user_agent(self) -> str:
        """As it was given, printable, at most USER_AGENT_MAX characters."""
        given = self.fields.get("user-agent", "")
        return _UNPRINTABLE.sub(" ", given)[:USER_AGENT_MAX].strip()

    @property
    def network(self) -> str:
        """The /24 or /48 that the address is in: whose it is, nobody is told."""
        if self.address is None:
            return ""
        length = 24 if self.address.version == 4 else 48
        return str(ip_network((self.address, length), strict=False))


_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

# Whole User-Agents, without which nobody browses.
_EXACT: Final = {
    "": "no_user_agent",
    # Mail Privacy Protection loads pictures over relays that say no more than this.
    "mozilla/5.0": "apple_proxy",
    "mozilla/4.0": "scanner",
}

# Words in a User-Agent, in lower case; the first that is found counts.
_WORDS: Final[tuple[tuple[str, str], ...]] = (
    ("googleimageproxy", "gmail_proxy"),
    ("ggpht.com", "gmail_proxy"),
    ("yahoomailproxy", "yahoo_proxy"),
    ("yahoocachesystem", "yahoo_proxy"),
    ("yandexmail", "yandex_proxy"),
    ("mail.ru_bot", "mailru_proxy"),
    ("imageproxy", "image_proxy"),
    ("image proxy", "image_proxy"),
    ("duckduckgo-favicons", "preview"),
    # Scanners of mail.
    ("barracuda", "scanner"),
    ("mimecast", "scanner"),
    ("proofpoint", "scanner"),
    ("safelinks", "scanner"),
    ("microsoft office existence discovery", "scanner"),
    ("microsoft-office-link-scanner", "scanner"),
    ("forcepoint", "scanner"),
    ("websense", "scanner"),
    ("trendmicro", "scanner"),
    ("trend micro", "scanner"),
    ("symantec", "scanner"),
    ("messagelabs", "scanner"),
    ("fireeye", "scanner"),
    ("trellix", "scanner"),
    ("sophos", "scanner"),
    ("cloudmark", "scanner"),
    ("ironport", "scanner"),
    ("cisco-umbrella", "scanner"),
    ("zscaler", "scanner"),
    ("bitdefender", "scanner"),
    ("kaspersky", "scanner"),
    ("virustotal", "scanner"),
    ("urlscan", "scanner"),
    ("phishtank", "scanner"),
    ("netcraft", "scanner"),
    ("checkpoint", "scanner"),
    ("check point", "scanner"),
    ("avanan", "scanner"),
    ("fortiguard", "scanner"),
    ("fortinet", "scanner"),
    ("google-safety", "scanner"),
    ("vade", "scanner"),
    ("spamassassin", "scanner"),
    ("rspamd", "scanner"),
    ("cloudflare-emailsecurity", "scanner"),
    ("area1", "scanner"),
    # Previews of links in chats and on pages.
    ("skypeuripreview", "preview"),
    ("slackbot", "preview"),
    ("slack-imgproxy", "preview"),
    ("twitterbot", "preview"),
    ("facebookexternalhit", "preview"),
    ("facebot", "preview"),
    ("meta-externalagent", "preview"),
    ("linkedinbot", "preview"),
    ("discordbot", "preview"),
    ("telegrambot", "preview"),
    ("whatsapp/", "preview"),
    ("viber", "preview"),
    ("embedly", "preview"),
    ("iframely", "preview"),
    ("pinterestbot", "preview"),
    ("redditbot", "preview"),
    ("msteams-link-unfurl", "preview"),
    ("link preview", "preview"),
    ("linkpreview", "preview"),
    # Programs that say which library they are made with.
    ("googleother", "program"),
    ("google-inspectiontool", "program"),
    ("chrome-lighthouse", "program"),
    ("amazon cloudfront", "program"),
    ("headlesschrome", "program"),
    ("phantomjs", "program"),
    ("puppeteer", "program"),
    ("playwright", "program"),
    ("selenium", "program"),
)

# In order of the programs' own names; what says "bot" is one.
_PROGRAM: Final = re.compile(
    r"^(?:python|aiohttp|httpx|urllib|curl|wget|go-http-client|java/|okhttp|axios"
    r"|node(?:-fetch)?|undici|got |ruby|faraday|php|guzzle|perl|libwww|lwp|apache-"
    r"|scrapy|httpie|postmanruntime|powershell|winhttp|dart|reqwest|rust)|mj12"
    r"|(?:(?<!cu)bot|crawler|spider|scanner|monitor|preview|fetcher)(?:[/;) _.:-]|$)",
    re.IGNORECASE,
)
_PREFETCH: Final = ("purpose", "sec-purpose", "x-purpose", "x-moz")
_PREFETCHING: Final = re.compile(r"prefetch|preview|prerender", re.IGNORECASE)

# Whose machines these are: nobody reads mail on them. Apple: the network that is its
# own (ARIN NET-17-0-0-0-1). Barracuda, Mimecast, Proofpoint: what they tell customers
# to let in as coming from them.
_NETWORKS: Final = tuple(
    (ip_network(network), reason)
    for network, reason in (
        ("17.0.0.0/8", "apple_proxy"),
        ("64.235.144.0/20", "scanner"),
        ("209.222.80.0/21", "scanner"),
        ("205.139.110.0/23", "scanner"),
        ("207.211.30.0/23", "scanner"),
        ("67.231.144.0/20", "scanner"),
        ("148.163.128.0/19", "scanner"),
    )
)


def reason(sighting: Sighting) -> str:
    """Why the request is a machine's, in a word; "" where nothing says so."""
    if sighting.method == "HEAD":
        return "head"
    for name in _PREFETCH:
        if _PREFETCHING.search(sighting.fields.get(name, "")[:USER_AGENT_MAX]):
            return "prefetch"
    return _by_user_agent(sighting.user_agent) or _by_address(sighting.address)


def is_burst(others: int) -> bool:
    """Whether it is a machine that follows one more link than `others` within BURST."""
    return others + 1 >= BURST_LINKS


def _by_user_agent(user_agent: str) -> str:
    text = user_agent.lower()
    if text in _EXACT:
        return _EXACT[text]
    for word, found in _WORDS:
        if word in text:
            return found
    return "program" if _PROGRAM.search(text) else ""


def _by_address(address: Address | None) -> str:
    if address is None:
        return ""
    for network, found in _NETWORKS:
        if address.version == network.version and address in network:
            return found
    return ""
