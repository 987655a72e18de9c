"""All settings in one, from where they come, and what is said of bad ones."""

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, Self

from pydantic import ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from mailbot_server.config.keeping import Keeping
from mailbot_server.config.owner import Owner
from mailbot_server.config.ports import Ports
from mailbot_server.config.posting import Posting
from mailbot_server.config.public import Public
from mailbot_server.config.receiving import Receiving
from mailbot_server.config.sending import Sending
from mailbot_server.config.serving import ROLES, Serving

FILE: Final = "mailbot.toml"
# Variables of the clients and of the settings' own place.
_OTHERS: Final = (
    *("MAILBOT_CONFIG", "MAILBOT_API_KEY", "MAILBOT_TARGET", "MAILBOT_CA_FILE"),
)
# What Kubernetes sets for a service that is named mailbot.
_KUBERNETES: Final = ("MAILBOT_PORT", "MAILBOT_SERVICE_")


class BadSettings(Exception):
    """The settings cannot be used; the message names each bad one."""


# Fields come in the order of the bases, the last one first.
class Settings(
    Serving, Keeping, Sending, Posting, Public, Receiving, Ports, Owner, BaseSettings
):
    """All settings of a server."""

    model_config = SettingsConfigDict(
        env_prefix="MAILBOT_", env_nested_delimiter="__", extra="forbid", frozen=True
    )

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

    @property
    def uses_sqlite(self) -> bool:
        """Whether one process owns an embedded database."""
        return not self.database_url

    @property
    def shares_ports(self) -> bool:
        """Whether other processes of this machine listen on the same ports."""
        return self.workers > 1

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
        if 0 < self.retention_metadata < self.retention_content:
            message = "retention_metadata must not be shorter than retention_content"
            raise BadSettings(message)
        if self.uses_sqlite:
            self._check_alone()
        if self.database_url and not self.server_key:
            message = (
                "server_key must be set when database_url is:"
                " every machine signs with it"
            )
            raise BadSettings(message)
        return self

    def _check_alone(self) -> None:
        """Raises BadSettings for what only several processes can do."""
        if self.workers > 1:
            message = (
                "workers must be 1 while database_url is empty: SQLite belongs to one"
                " process; set database_url to a PostgreSQL to run several"
            )
            raise BadSettings(message)
        if missing := sorted({*ROLES} - {*self.roles}):
            message = (
                f"roles must name {', '.join(missing)} too while database_url is empty:"
                " with SQLite one process does everything"
            )
            raise BadSettings(message)


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
