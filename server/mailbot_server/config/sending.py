"""How mail leaves: its ways, DNS, TLS, pace and patience."""

import ssl
import tomllib
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, FilePath, field_validator

from mailbot_server.config.values import Seconds
from mailbot_server.core.shaping import rule_file
from mailbot_server.core.shaping.known_rules import KNOWN
from mailbot_server.core.shaping.reply_rule import ReplyRule
from mailbot_server.ways import Route, SenderRoute, SmartHost


class Sending(BaseModel):
    """What the outbound engine goes by."""

    routes: tuple[Route, ...] = Field(
        (),
        description=(
            "Ways for recipients' domains: partners, tests, your own servers. Inboxes "
            "of this server come first, then these, sender_routes, smart_host, MX; "
            "domain `*` with way hold lets nothing leave the server."
        ),
    )
    sender_routes: tuple[SenderRoute, ...] = Field(
        (), description="Relays by the domain of the sender."
    )
    smart_host: SmartHost | None = Field(
        None,
        description="Relay for what no route names. Empty: direct to MX.",
    )
    allow_private_destinations: bool = Field(
        False,
        description=(
            "Deliver to MX hosts on loopback, private and link-local addresses and "
            "on this server's own. Hosts that routes, sender_routes and smart_host "
            "name are always allowed."
        ),
    )
    own_addresses: tuple[str, ...] = Field(
        (),
        description=(
            "Addresses under which others reach this server and which it does not have "
            "itself, behind NAT: mail for a domain whose MX is there is not sent round "
            "in a circle."
        ),
    )
    dns_servers: tuple[str, ...] = Field(
        (), description="Resolvers as address or address:port. Empty: the system's."
    )
    dns_seconds: Seconds = Field(5, description="Wait for one DNS answer.")
    dns_validates: bool = Field(
        False,
        description=(
            "The resolvers validate DNSSEC, and nobody can change what passes between "
            "them and this server (best: one on this machine). DANE needs it."
        ),
    )
    mta_sts: bool = Field(
        True,
        description=(
            "Look up, fetch and obey the MTA-STS policies of domains that mail goes to "
            "by MX (RFC 8461)."
        ),
    )
    tls_ca_file: FilePath | None = Field(
        None,
        description=(
            "PEM file of authorities that are trusted besides the system's, for smart "
            "hosts, pinned hosts and MTA-STS."
        ),
    )
    delivery_concurrency: int = Field(
        50, ge=1, le=1000, description="Attempts at the same time."
    )
    delivery_per_destination: int = Field(
        5,
        ge=1,
        le=100,
        description=(
            "Attempts at the same time to one destination, to begin with. It grows "
            "while the destination answers and shrinks while it does not."
        ),
    )
    delivery_per_destination_max: int = Field(
        20,
        ge=1,
        le=1000,
        description=(
            "What it grows to at most; large providers have limits of their own."
        ),
    )
    reply_rules: FilePath | None = Field(
        None,
        description=(
            "TOML file with rules for what hosts answer: slow down, suspend, limit or "
            "bounce. They come before the built-in ones; docs/deliverability.md says "
            "how they look."
        ),
    )
    delivery_lease_seconds: Seconds = Field(
        900, description="A worker that says nothing for so long loses its deliveries."
    )
    smtp_connect_seconds: Seconds = Field(30, description="Connecting to one address.")
    smtp_greeting_seconds: Seconds = Field(
        60,
        description=(
            "A remote host's greeting. RFC 5321 4.5.3.2.1 proposes 300, but the next "
            "host and the next attempt are better than a long wait for this one."
        ),
    )
    smtp_reply_seconds: Seconds = Field(
        120,
        description=(
            "A remote host's answer to a command. RFC 5321 4.5.3.2 proposes 300 for "
            "MAIL and RCPT and 120 for DATA."
        ),
    )
    smtp_connection_idle_seconds: Seconds = Field(
        5, description="How long an open connection waits for the next message."
    )
    smtp_connection_messages_max: int = Field(
        100, ge=1, le=10_000, description="Messages handed over on one connection."
    )
    smtp_connection_seconds: Seconds = Field(
        300, description="Age from which a connection takes no further message."
    )
    smtp_final_reply_seconds: Seconds = Field(
        600,
        description="A remote host's answer after the final dot (RFC 5321 4.5.3.2.6).",
    )

    @field_validator("tls_ca_file")
    @classmethod
    def _check_authorities(cls, path: FilePath | None) -> FilePath | None:
        if path is not None:
            try:
                ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(path)
            except OSError as error:
                message = f"{path} holds no PEM certificates"
                raise ValueError(message) from error
        return path

    @field_validator("own_addresses")
    @classmethod
    def _check_addresses(cls, texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(str(ip_address(text)) for text in texts)

    @field_validator("routes", "sender_routes")
    @classmethod
    def _check_routes(cls, routes: tuple[Any, ...]) -> tuple[Any, ...]:
        domains = [route.domain for route in routes]
        twice = sorted({name for name in domains if domains.count(name) > 1})
        if twice:
            message = f"{', '.join(twice)} has more than one way"
            raise ValueError(message)
        return routes

    @field_validator("reply_rules")
    @classmethod
    def _check_rules(cls, path: FilePath | None) -> FilePath | None:
        read_rules(path)
        return path


def read_rules(path: Path | None) -> tuple[ReplyRule, ...]:
    """A file's reply rules, the built-in ones after them; ValueError for bad ones."""
    if path is None:
        return KNOWN
    try:
        return rule_file.read(tomllib.loads(path.read_text()))
    except (OSError, ValueError, rule_file.BadRules) as error:
        message = f"{path}: {error}"
        raise ValueError(message) from error
