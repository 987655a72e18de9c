"""docs/rfcs.md: which part of which RFC is obeyed where."""

import re
from collections import defaultdict
from pathlib import Path

from scripts.docs import tree

DOCUMENT = tree.ROOT / "docs" / "rfcs.md"
SOURCES = ("server/mailbot_server", "clients/python/mailbot", "protos/mailbot")
# `RFC 5321 4.1.2, 6531`: numbers, the sections of each behind it.
CITATION = re.compile(r"\bRFCs? (\d{3,5}\b(?:,? (?:and )?\d+(?:\.\d+)*\b(?!%))*)")
NUMBER = re.compile(r"\d+(?:\.\d+)*")
RFC_NUMBER = re.compile(r"\d{3,5}")
HEAD = """\
# RFCs

Which part of which RFC is obeyed where. Written by `make docs` from citations of the
form `RFC 5321 4.5.3.1` in the code and the protos.

| RFC | about | sections | cited in |
|---|---|---|---|
"""
# A test asks for the title of every RFC that is cited.
TITLES = {
    "822": "Internet text messages, 1982",
    "1034": "DNS: concepts",
    "1035": "DNS: messages",
    "1123": "requirements for hosts",
    "1321": "MD5",
    "1652": "8BITMIME",
    "1847": "multipart/signed and multipart/encrypted",
    "1870": "SIZE",
    "1896": "text/enriched",
    "1912": "common DNS errors",
    "1939": "POP3",
    "2033": "LMTP",
    "2034": "ENHANCEDSTATUSCODES",
    "2045": "MIME: bodies",
    "2046": "MIME: media types",
    "2047": "MIME: encoded words",
    "2049": "MIME: conformance",
    "2104": "HMAC",
    "2142": "mailbox names for common services",
    "2181": "DNS clarifications",
    "2183": "Content-Disposition",
    "2231": "MIME parameters in other languages",
    "2298": "message disposition notifications, of before 8098",
    "2308": "negative DNS answers",
    "2369": "List-* headers",
    "2387": "multipart/related",
    "2392": "Content-ID URLs",
    "2445": "iCalendar, of before 5545",
    "2554": "AUTH, 1999",
    "2557": "HTML in MIME",
    "2595": "PLAIN",
    "2606": "reserved names",
    "2782": "SRV records",
    "2822": "Internet Message Format, 2001",
    "2852": "DELIVERBY",
    "2919": "List-Id",
    "2920": "PIPELINING",
    "3030": "CHUNKING and BINARYMIME",
    "3156": "PGP/MIME",
    "3172": "the arpa domain",
    "3207": "STARTTLS",
    "3339": "timestamps",
    "3461": "DSN extension",
    "3462": "multipart/report, 2003",
    "3463": "enhanced status codes",
    "3464": "delivery status notifications",
    "3490": "IDNA, 2003",
    "3492": "Punycode",
    "3501": "IMAP4rev1",
    "3597": "unknown DNS records",
    "3629": "UTF-8",
    "3676": "format=flowed",
    "3798": "message disposition notifications, 2004",
    "3834": "automatic responses",
    "3848": "ESMTP and LMTP transmission types",
    "3849": "IPv6 addresses for documentation",
    "3885": "message tracking",
    "3886": "message tracking status",
    "3986": "URIs",
    "4021": "registry of header fields",
    "4155": "mbox",
    "4291": "IPv6 addresses",
    "4315": "UIDPLUS",
    "4616": "PLAIN",
    "4648": "base32 and base64",
    "4865": "FUTURERELEASE",
    "4868": "HMAC-SHA-256",
    "4871": "DKIM, 2007",
    "4952": "internationalised mail, overview",
    "4954": "AUTH",
    "5068": "submission operations",
    "5228": "Sieve",
    "5233": "Sieve subaddress (user+detail)",
    "5234": "ABNF",
    "5248": "registry of enhanced status codes",
    "5256": "THREAD",
    "5280": "X.509 certificates",
    "5321": "SMTP",
    "5322": "Internet Message Format",
    "5429": "Sieve reject",
    "5451": "Authentication-Results, 2009",
    "5452": "DNS answers that are harder to forge",
    "5545": "iCalendar",
    "5546": "iTIP: calendar invitations",
    "5598": "Internet mail architecture",
    "5617": "ADSP",
    "5735": "special IPv4 addresses",
    "5737": "IPv4 addresses for documentation",
    "5782": "DNS block lists",
    "5869": "HKDF",
    "5890": "IDNA: definitions",
    "5891": "IDNA: protocol",
    "5892": "IDNA: code points",
    "5965": "complaint reports (ARF)",
    "5966": "DNS over TCP",
    "6008": "telling DKIM signatures apart",
    "6066": "TLS extensions",
    "6068": "mailto:",
    "6125": "names in certificates",
    "6152": "8BITMIME",
    "6186": "SRV records for mail",
    "6266": "Content-Disposition in HTTP",
    "6376": "DKIM",
    "6409": "submission",
    "6430": "feedback that a message is not spam",
    "6522": "multipart/report",
    "6530": "internationalised mail, framework",
    "6531": "SMTPUTF8",
    "6532": "internationalised headers",
    "6533": "internationalised DSNs",
    "6541": "DKIM third-party signatures",
    "6591": "authentication failure reports",
    "6648": "X- headers",
    "6650": "use of complaint reports",
    "6652": "SPF failure reports",
    "6698": "DANE",
    "6710": "MT-PRIORITY",
    "6729": "trace of delayed mail",
    "6761": "special-use domain names",
    "6762": "multicast DNS",
    "6840": "DNSSEC clarifications",
    "6854": "group syntax in From",
    "6890": "special addresses",
    "6891": "EDNS",
    "7001": "Authentication-Results, 2013",
    "7103": "malformed messages",
    "7208": "SPF",
    "7293": "RRVS",
    "7372": "enhanced codes for authentication failures",
    "7435": "opportunistic security",
    "7489": "DMARC, 2015",
    "7504": "521 and 556 replies",
    "7505": "null MX",
    "7616": "HTTP digest",
    "7671": "DANE operation",
    "7672": "DANE for SMTP",
    "7686": "the onion domain",
    "8020": "nothing below a name that does not exist",
    "8058": "one-click unsubscribe",
    "8081": "font/*",
    "8098": "message disposition notifications",
    "8265": "PRECIS user names",
    "8301": "DKIM algorithms",
    "8314": "TLS for submission and access",
    "8446": "TLS 1.3",
    "8460": "TLS reports",
    "8461": "MTA-STS",
    "8463": "Ed25519 for DKIM",
    "8555": "ACME",
    "8601": "Authentication-Results",
    "8616": "internationalised authentication",
    "8617": "ARC",
    "8621": "JMAP for mail",
    "8689": "REQUIRETLS",
    "9051": "IMAP4rev2",
    "9057": "Author",
    "9078": "reactions",
    "9091": "DMARC for public suffixes",
    "9110": "HTTP semantics",
    "9112": "HTTP/1.1",
    "9228": "Delivered-To",
    "9422": "LIMITS",
    "9460": "SVCB records",
    "9525": "names in certificates",
    "9562": "UUIDs",
    "9989": "DMARC",
    "9990": "DMARC aggregate reports",
    "9991": "DMARC failure reports",
}


def citations(text: str) -> set[tuple[str, str]]:
    """(RFC, section) pairs in a source text; the section may be empty."""
    joined = re.sub(r"\s*\n[\s#/*]*", " ", text)
    found: set[tuple[str, str]] = set()
    for numbers in CITATION.findall(joined):
        rfc = ""
        for number in NUMBER.findall(numbers):
            if RFC_NUMBER.fullmatch(number):
                rfc = number
                found.add((rfc, ""))
            else:
                found.add((rfc, number))
    return found


def render() -> dict[Path, str]:
    """The document."""
    sections: dict[str, set[str]] = defaultdict(set)
    files: dict[str, set[str]] = defaultdict(set)
    for source in _sources():
        for number, section in citations(source.read_text()):
            sections[number].add(section)
            files[number].add(source.relative_to(tree.ROOT).as_posix())
    rows = [_row(n, sections[n], files[n]) for n in sorted(sections, key=int)]
    return {DOCUMENT: HEAD + "".join(rows)}


def _sources() -> list[Path]:
    found = [p for source in SOURCES for p in (tree.ROOT / source).rglob("*")]
    return sorted(p for p in found if p.suffix in {".py", ".proto"})


def _row(number: str, sections: set[str], files: set[str]) -> str:
    numbered = sorted(sections - {""}, key=lambda s: [int(n) for n in s.split(".")])
    places = ", ".join(f"`{name}`" for name in sorted(files))
    return (
        f"| {number} | {TITLES.get(number, '')} | {', '.join(numbered)} | {places} |\n"
    )
