"""The tables of the settings that say which way mail goes."""

import re
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

_NAME: Final = re.compile(
    r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
    r"(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*"
)
Host = Annotated[str, Field(min_length=1)]
RemotePort = Annotated[int, Field(ge=1, le=65535)]


def domain_name(text: str) -> str:
    """A domain in lower-case A-labels; raises ValueError for what is none."""
    name = text.strip().rstrip(".").lower()
    if not _NAME.fullmatch(name):
        message = (
            f"{text!r} is not a domain name (A-labels, for example mail.example.com)"
        )
        raise ValueError(message)
    return name


def record_name(text: str) -> str:
    """A name that only records have, such as _spf.example.com; raises ValueError."""
    name = text.strip().rstrip(".").lower()
    if not _NAME.fullmatch(name.replace("_", "x")):
        message = f"{text!r} is not the name of a DNS record (as _spf.example.com)"
        raise ValueError(message)
    return name


def _pattern(text: str) -> str:
    if text == "*":
        return text
    below = text.startswith("*.")
    return f"*.{domain_name(text[2:])}" if below else domain_name(text)


Pattern = Annotated[str, AfterValidator(_pattern)]


class SmartHost(BaseModel):
    """A relay that takes mail for other domains."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: Host = Field(description="Name or address of the relay.")
    port: RemotePort = Field(587, description="Its port.")
    username: str = Field("", description="Empty: no AUTH.")
    password: str = Field("", description="For AUTH; never logged.", repr=False)
    tls: Literal["none", "opportunistic", "starttls", "implicit"] = Field(
        "starttls",
        description=(
            "none: plaintext; opportunistic: STARTTLS if offered, unverified; "
            "starttls: required and verified; implicit: TLS from the first byte, "
            "verified."
        ),
    )


class Route(BaseModel):
    """Where mail for one domain goes instead of its MX."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    domain: Pattern = Field(
        description=(
            "The recipients' domain; `*.example.com` for all below it, `*` for all. "
            "The most exact one counts."
        )
    )
    way: Literal["pinned", "smart_host", "mx", "hold", "local"] = Field(
        "pinned",
        description=(
            "pinned: to host and port, which count as the domain's own; smart_host: to "
            "that relay; mx: to its MX hosts; hold: nowhere, such mail waits as held; "
            "local: to an inbox of this server."
        ),
    )
    host: str = Field(
        "", description="For pinned: name or address of that domain's own host."
    )
    port: RemotePort = Field(25, description="For pinned: its port.")
    smart_host: SmartHost | None = Field(
        None,
        description="For smart_host: the relay, as in the table [smart_host].",
        examples=[{"host": "...", "username": "...", "password": "..."}],
    )

    @model_validator(mode="after")
    def _check_way(self) -> Self:
        for name in ("host", "smart_host"):
            wanted = self.way == ("pinned" if name == "host" else name)
            if wanted and not getattr(self, name):
                message = f"the way {self.way} of {self.domain} needs {name}"
                raise ValueError(message)
            if getattr(self, name) and not wanted:
                message = f"the way {self.way} of {self.domain} takes no {name}"
                raise ValueError(message)
        return self


class SenderRoute(BaseModel):
    """The relay for what one domain sends."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    domain: Pattern = Field(
        description="The sender's domain; `*.example.com` for all below it."
    )
    smart_host: SmartHost = Field(
        description="The relay, as in the table [smart_host].",
        examples=[{"host": "...", "username": "...", "password": "..."}],
    )
