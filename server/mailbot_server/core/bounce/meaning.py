"""What a refusal can mean, and the shape of a line of the table (RFC 3463)."""

from dataclasses import dataclass
from typing import Final, NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """
    What a refusal means.

    `scope` is whom it is about: recipient, content, reputation, policy or
    infrastructure. Only a permanent one about the recipient may suppress the address.
    `rule_id` names the line of the table that said so.
    """

    bounce_class: str
    scope: str
    permanent: bool
    rule_id: str


class Meaning(NamedTuple):
    """Class and scope; `passes` when even a 5xx of this kind is worth another try."""

    bounce_class: str
    scope: str
    passes: bool = False


class Rule(NamedTuple):
    """
    One line of the table; what is empty fits everything.

    `words` is searched in what `classify` makes of the text: lower case, accents off,
    `@` for each mail address and `ip` for each IP address. `code` is how the code
    begins; `detail` is all of the enhanced code but its class, `1.1` for 5.1.1 and
    4.1.1. All three are regular expressions without unbounded repeats. `stage` is a
    `delivery.Stage`.
    """

    id: str
    meaning: Meaning
    words: str = ""
    code: str = ""
    detail: str = ""
    stage: str = ""


NOBODY: Final = Meaning("invalid_recipient", "recipient")
INVALID_DOMAIN: Final = Meaning("invalid_domain", "recipient")
INACTIVE: Final = Meaning("inactive_mailbox", "recipient")
# RFC 3463 3.3: "should be used as a persistent transient failure".
FULL: Final = Meaning("mailbox_full", "recipient", passes=True)
SPAM: Final = Meaning("spam_content", "content")
FORM: Final = Meaning("protocol_error", "content")
TOO_LARGE: Final = Meaning("too_large", "content")
IP: Final = Meaning("ip_reputation", "reputation")
DOMAIN: Final = Meaning("domain_reputation", "reputation")
AUTH: Final = Meaning("auth_failed", "policy")
RATE: Final = Meaning("rate_limited", "policy", passes=True)
GREY: Final = Meaning("greylisted", "policy", passes=True)
RELAY: Final = Meaning("relay_denied", "policy")
POLICY: Final = Meaning("policy", "policy")
PROTOCOL: Final = Meaning("protocol_error", "infrastructure")
# How a report (DSN) tells of a road that was closed for too long, with a 5xx.
LOOKUP: Final = Meaning("dns", "infrastructure", passes=True)
LOST: Final = Meaning("connection", "infrastructure", passes=True)
EXPIRED: Final = Meaning("other", "infrastructure", passes=True)
DNS: Final = Meaning("dns", "infrastructure")
CONNECTION: Final = Meaning("connection", "infrastructure")
TLS: Final = Meaning("tls", "infrastructure")
OTHER_FAULT: Final = Meaning("other", "infrastructure")
OTHER: Final = Meaning("other", "policy")
