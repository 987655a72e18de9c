"""
Every setting: default, unit, reason; read and checked once.

Sources, the first that says something wins: `MAILBOT_*` environment variables (nested
names with `__`, lists as JSON), the file named by `MAILBOT_CONFIG` or `mailbot.toml`
in the working directory, the defaults below.
"""

import os
import re
import ssl
import tomllib
from collections.abc import Iterable
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self

from pydantic import (
    Field,
    FilePath,
    ValidationError,
    field_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from mailbot_server.core.shaping import rule_file
from mailbot_server.core.shaping.known_rules import KNOWN
from mailbot_server.core.shaping.reply_rule import ReplyRule
from mailbot_server.ways import (
    Host,
    Route,
    SenderRoute,
    SmartHost,
    domain_name,
    record_name,
)

FILE: Final = "mailbot.toml"
# Variables of the clients and of the settings' own place.
_OTHERS: Final = (
    *("MAILBOT_CONFIG", "MAILBOT_API_KEY", "MAILBOT_TARGET", "MAILBOT_CA_FILE"),
)
# What Kubernetes sets for a service that is named mailbot.
_KUBERNETES: Final = ("MAILBOT_PORT", "MAILBOT_SERVICE_")
_KEY_LENGTH_MIN: Final = 32
WEEK_SECONDS: Final = 604_800
Port = Annotated[int, Field(ge=0, le=65535)]
Seconds = Annotated[float, Field(gt=0, le=WEEK_SECONDS)]


class BadSettings(Exception):
    """The settings cannot be used; the message names each bad one."""


class Settings(BaseSettings):
    """All settings of a server."""

    model_config = SettingsConfigDict(
        env_prefix="MAILBOT_", env_nested_delimiter="__", extra="forbid", frozen=True
    )

    hostname: str = Field(
        "",
        description=(
            "This server's name in EHLO and Received. It must resolve to the server "
            "and its address back to it. While it is empty, mail to outside domains "
            "is held; pinned, smart-host and local routes work."
        ),
    )
    spf_include: str = Field(
        "",
        description=(
            "Name of an SPF record that lists this server's addresses; domains are "
            "told to include it. Empty: they are told to name hostname."
        ),
    )
    sandbox_domain: str = Field(
        "mailbot.localhost",
        description=(
            "Domain of inboxes that are created without one. Point its MX here to "
            "receive mail from outside."
        ),
    )
    domains_per_account_max: int = Field(
        1000, ge=1, description="Domains that an account can have."
    )
    data_dir: Path = Field(
        Path("data"),
        description="Folder of the SQLite database, the keys and the lock.",
    )
    database_url: str = Field(
        "",
        description=(
            "Empty: SQLite in data_dir. Otherwise postgresql://user:password@host/name "
            "(PostgreSQL 15 or newer)."
        ),
        repr=False,
    )
    server_key: str = Field(
        "",
        description=(
            "Secret from which cursor and page tokens are signed, at least 32 "
            "characters. Several, with commas between them: the first signs, all are "
            "accepted. Empty: made once in data_dir/server.key; must be set on "
            "PostgreSQL, the same on every machine."
        ),
        repr=False,
    )

    grpc_host: Host = Field("127.0.0.1", description="Address of the gRPC API.")
    grpc_port: Port = Field(50051, description="Its port; 0 takes a free one.")
    grpc_tls_cert: FilePath | None = Field(
        None, description="PEM chain; empty: plaintext."
    )
    grpc_tls_key: FilePath | None = Field(None, description="PEM key of grpc_tls_cert.")
    grpc_reflection: bool = Field(True, description="Lets grpcurl list the services.")
    mx_host: Host = Field("127.0.0.1", description="Address of the SMTP port for mail.")
    mx_port: Port = Field(2525, description="Its port; 25 to receive from outside.")
    submission_host: Host = Field(
        "127.0.0.1", description="Address of the SMTP ports where mail is handed in."
    )
    submission_port: Port = Field(
        2587,
        description="The one with STARTTLS; 587 is where programs look for it.",
    )
    submissions_port: Port | None = Field(
        None,
        description=(
            "The one that begins with TLS; 465 is where programs look for it. Unset: "
            "there is none; 0 takes a free one."
        ),
    )
    operator_host: Host = Field(
        "127.0.0.1", description="Address of /metrics, /healthz and /readyz."
    )
    operator_port: Port = Field(8081, description="Its port; keep it private.")

    smtp_tls_cert: FilePath | None = Field(
        None,
        description=(
            "PEM chain for TLS on the SMTP ports. Empty: the MX port does not offer "
            "it, the submission ports have a certificate of their own making."
        ),
    )
    smtp_tls_key: FilePath | None = Field(None, description="PEM key of smtp_tls_cert.")
    smtp_message_bytes_max: int = Field(
        26_214_400, ge=65_536, le=268_435_456, description="Bytes; SIZE of RFC 1870."
    )
    smtp_recipients_max: int = Field(
        100, ge=100, le=1000, description="RCPT a transaction (RFC 5321 4.5.3.1.8)."
    )
    smtp_connections_max: int = Field(
        1000, ge=1, le=100_000, description="Open connections; more get 421."
    )
    smtp_connections_per_ip_max: int = Field(
        100,
        ge=1,
        le=100_000,
        description="Open connections of one address; more get 421.",
    )
    smtp_command_seconds: Seconds = Field(
        300, description="Wait for the next command (RFC 5321 4.5.3.2.7)."
    )
    smtp_data_block_seconds: Seconds = Field(
        180,
        description=(
            "Wait for the next piece of data, and for a remote host to take one of "
            "ours (RFC 5321 4.5.3.2.5)."
        ),
    )
    smtp_data_seconds: Seconds = Field(
        600, description="Whole transfer of one message."
    )
    smtp_session_seconds: Seconds = Field(3600, description="Whole connection.")
    smtp_parse_seconds: Seconds = Field(
        5, description="Parsing before 250; what takes longer is finished after it."
    )

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

    stream_seconds: Seconds = Field(
        600, description="Age at which a Subscribe stream is recycled, ±20 %."
    )
    streams_per_key_max: int = Field(
        32, ge=1, description="Open streams of one API key."
    )
    streams_max: int = Field(1000, ge=1, description="Open streams of this process.")
    drain_seconds: Seconds = Field(
        20, description="How long a stopping server waits for what is under way."
    )

    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Lines below it are left out."
    )
    log_json: bool = Field(False, description="JSON lines instead of readable ones.")

    @field_validator("hostname")
    @classmethod
    def _check_hostname(cls, text: str) -> str:
        return domain_name(text) if text else ""

    @field_validator("spf_include")
    @classmethod
    def _check_include(cls, text: str) -> str:
        return record_name(text) if text else ""

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

    @field_validator("sandbox_domain")
    @classmethod
    def _check_sandbox(cls, text: str) -> str:
        return domain_name(text)

    @field_validator("database_url")
    @classmethod
    def _check_database(cls, url: str) -> str:
        if url and not url.startswith(("postgresql://", "postgres://")):
            message = "must be empty (SQLite) or begin with postgresql://"
            raise ValueError(message)
        return url

    @field_validator("server_key")
    @classmethod
    def _check_key(cls, key: str) -> str:
        parts = [part.strip() for part in key.split(",")] if key else []
        if any(len(part) < _KEY_LENGTH_MIN for part in parts):
            message = f"must have at least {_KEY_LENGTH_MIN} characters"
            raise ValueError(message)
        return key

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

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The order in which sources are asked."""
        del dotenv_settings, file_secret_settings
        path = Path(os.environ.get("MAILBOT_CONFIG", FILE))
        file = TomlConfigSettingsSource(settings_cls, toml_file=path)
        return init_settings, env_settings, file

    @field_validator("reply_rules")
    @classmethod
    def _check_rules(cls, path: FilePath | None) -> FilePath | None:
        read_rules(path)
        return path

    @property
    def uses_sqlite(self) -> bool:
        """Whether one process owns an embedded database."""
        return not self.database_url

    @property
    def store_url(self) -> str:
        """The database in the form that `Database` takes."""
        if self.database_url:
            return self.database_url
        return f"sqlite:///{(self.data_dir / 'mailbot.db').resolve()}"

    def checked(self) -> Self:
        """Itself, if settings that depend on each other agree; raises BadSettings."""
        pairs = (
            ("grpc_tls_cert", "grpc_tls_key"),
            ("smtp_tls_cert", "smtp_tls_key"),
        )
        for cert, key in pairs:
            if bool(getattr(self, cert)) != bool(getattr(self, key)):
                message = f"{cert} and {key} must be set together"
                raise BadSettings(message)
        if self.database_url and not self.server_key:
            message = (
                "server_key must be set when database_url is:"
                " every machine signs with it"
            )
            raise BadSettings(message)
        return self


def load(**overrides: Any) -> Settings:
    """The settings of this process; raises BadSettings, a sentence for each fault."""
    path = os.environ.get("MAILBOT_CONFIG")
    if path and not Path(path).is_file():
        message = f"MAILBOT_CONFIG names {path!r}, which is not a file"
        raise BadSettings(message)
    try:
        return Settings(**overrides).checked()
    except ValidationError as error:
        raise BadSettings("\n".join(_sentences(error))) from error
    except SettingsError as error:
        raise BadSettings(_not_json(str(error))) from error
    except (OSError, ValueError) as error:
        message = f"{path or FILE} cannot be read: {error}"
        raise BadSettings(message) from error


def host_port(host: str, port: int) -> str:
    """The two in one, with brackets around an IPv6 address."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def unknown_variables(environment: Iterable[str]) -> list[str]:
    """Names that look like settings and are none: misspelt, and without effect."""
    known = {*(f"MAILBOT_{name.upper()}" for name in Settings.model_fields), *_OTHERS}
    return sorted(
        name
        for name in environment
        if name.startswith("MAILBOT_")
        and name.partition("__")[0] not in known
        and not name.startswith(_KUBERNETES)
    )


def read_rules(path: Path | None) -> tuple[ReplyRule, ...]:
    """A file's reply rules, the built-in ones after them; ValueError for bad ones."""
    if path is None:
        return KNOWN
    try:
        return rule_file.read(tomllib.loads(path.read_text()))
    except (OSError, ValueError, rule_file.BadRules) as error:
        message = f"{path}: {error}"
        raise ValueError(message) from error


def _sentences(error: ValidationError) -> list[str]:
    lines = []
    for fault in error.errors(include_url=False, include_input=False):
        name = ".".join(str(part) for part in fault["loc"])
        if fault["type"] == "extra_forbidden":
            lines.append(f"{name}: there is no such setting")
        elif fault["type"] == "missing":
            lines.append(f"{name}: is required")
        else:
            words = fault["msg"].removeprefix("Value error, ")
            words = f"{words[:1].lower()}{words[1:]}"
            lines.append(f"{name}: {words.replace('input should be', 'must be')}")
    return lines


def _not_json(text: str) -> str:
    found = re.search(r'field "(\w+)"', text)
    name = found[1].upper() if found else "*"
    return f"MAILBOT_{name}: must be JSON"
