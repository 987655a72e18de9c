"""What codes mean: those that hosts give with care, and those that say little."""

from typing import Final

from mailbot_server.core.bounce.meaning import (
    AUTH,
    CONNECTION,
    DNS,
    FORM,
    FULL,
    GREY,
    INACTIVE,
    INVALID_DOMAIN,
    NOBODY,
    OTHER_FAULT,
    POLICY,
    PROTOCOL,
    RATE,
    TLS,
    TOO_LARGE,
    Rule,
)
from mailbot_server.core.bounce.rules.words import LATER

_ROOM: Final = (
    r"stor|spa(ce|zio|cio|co)|espa|quota|[ck]uota|kvot|квот|limit|allocat|mailbox|user|"
    r"account|recipient|boite|bo(s|z)|buzon|caixa|casella|postfach|konto|ящик|satur"
)
_NOT_ROOM: Final = (
    r"\b(messages? (is|was|re)|loop|mime|html|virus|content|attachment|mail from|spam)"
)

TELLING: Final = (
    Rule("rate-code", RATE, detail=r"4\.5|5\.3|7\.28|7\.38|7\.500"),
    Rule("rate-code-thread", RATE, code="432"),
    Rule("code-edge", NOBODY, r"access denied", "5", r"[14]\.1"),  # Exchange
    Rule(
        "access-denied",
        POLICY,
        r"access denied|unauthorized|zugriff verweig|acces refuse|"
        r"ac(ces[so]|esso) (den|neg)|"
        r"toegang gew|доступ зап",
    ),
    Rule(
        "code-syntax-arg", PROTOCOL, r"syntax|bad sequence|unrecogni|not recogni", "50"
    ),
    Rule("code-recipient", NOBODY, detail=r"1\.[134]|7\.17"),
    Rule("code-domain", INVALID_DOMAIN, detail=r"1\.2|1\.10|7\.18"),
    Rule("code-inactive", INACTIVE, detail=r"2\.1|1\.6"),
    Rule("code-sender", AUTH, detail=r"1\.8|7\.(8|9|2[0-79]|30|60|515)"),
    Rule("code-tls", TLS, detail=r"7\.1[01]|7\.32[0-9]"),
    Rule("code-auth", AUTH, code="530"),
    Rule("code-message", FORM, detail=r"7\.7"),
    Rule("code-no-route", INVALID_DOMAIN, code="5", detail=r"4\.4", stage="rcpt"),
    Rule("code-dns", DNS, detail=r"4\.[34]|4\.312"),
    Rule("code-nowhere", INVALID_DOMAIN, detail=r"4\.310"),
    Rule("code-connection", CONNECTION, detail=r"4\.[12]|4\.31[5-9]"),
    Rule("code-closing", CONNECTION, r"\bclosing|channel", code="421"),
)
"""Codes that hosts give with care: words about something else do not count."""

ROUGH: Final = (
    Rule(
        "unknown-word",
        NOBODY,
        r"(@|address:? [^ ]{1,30}|:) unknown\b|unknown$",
        "5",
        stage="rcpt",
    ),
    Rule(
        "code-later",
        GREY,
        rf"again|later|{LATER}|\b[0-9]{{1,4}} ?(min|sec|seg|sek|мин)",
        "45[01]",
        r"7\.1",
    ),
    Rule("code-again", GREY, r"^(please )?try again later\.?$|- gl\b", "45[012]"),
    Rule("code-busy", RATE, code="421", detail=r"7\.0"),
    Rule("code-policy", POLICY, detail=r"7\.[0-9]{1,3}"),
    Rule(
        "address-rejected",
        NOBODY,
        r"(recipient|address)\b.{0,30} (rejected|denied|not allowed|not accepted)",
        "5",
    ),
    Rule("code-loop", OTHER_FAULT, detail=r"4\.(6|14)"),
    Rule("code-protocol", PROTOCOL, detail=r"[56]\.[0-9]{1,3}"),
    Rule("dns-words", DNS, r"\bdns\b|no mx\b|lookup fail|could not resolve", "4"),
    Rule(
        "code-storage",  # RFC 5321 4.2.2
        FULL,
        rf"^$|^(?!.{{0,200}}{_NOT_ROOM})(?=.{{0,200}}({_ROOM}))",
        code="552",
    ),
    Rule("code-syntax", PROTOCOL, code="50[0-4]|555"),
    Rule("code-no-mail", CONNECTION, code="521"),  # RFC 7504 3
    Rule("code-null-mx", INVALID_DOMAIN, r"^$|domain", code="556"),  # RFC 7504 4
    Rule("size-word", TOO_LARGE, r"\b(size|taille|grosse|tamano|dimension)"),
    Rule(
        "refused",
        POLICY,
        r"denied|forbidden|no permi|block(ed)?\b|not allowed|banned|disallow|refus|"
        r"declin",
    ),
    Rule("rejected", POLICY, r"\breject", code="5[2-7]"),
    Rule("code-421", CONNECTION, r"^$", code="421"),
)
