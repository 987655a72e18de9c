"""Whose server this is: its names, its folder, its database and its secret."""

from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, Field, field_validator

from mailbot_server.ways import domain_name, record_name

_KEY_LENGTH_MIN: Final = 32


class Owner(BaseModel):
    """What makes a server this one and no other."""

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
    sqlite_writer: Literal["process", "thread"] = Field(
        "process",
        description=(
            "Who writes to SQLite: a process beside the server, which may use a second "
            "core, or a thread of it, which needs less memory."
        ),
    )
    server_key: str = Field(
        "",
        description=(
            "Secret that signs cursors, links and reverse-paths and seals DKIM keys "
            "and webhooks' secrets, at least 32 characters. Several, with commas "
            "between them: the first signs and seals, all are accepted; the text of a "
            "server.key may be one of them. Empty: made once in data_dir/server.key; "
            "must be set on PostgreSQL, the same on every machine."
        ),
        repr=False,
    )

    @field_validator("hostname")
    @classmethod
    def _check_hostname(cls, text: str) -> str:
        return domain_name(text) if text else ""

    @field_validator("spf_include")
    @classmethod
    def _check_include(cls, text: str) -> str:
        return record_name(text) if text else ""

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
