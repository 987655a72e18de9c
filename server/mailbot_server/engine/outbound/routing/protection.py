"""
How well one host must be protected before mail goes there.

| asked for | TLS | certificate | where it fails |
|---|---|---|---|
| DANE | must | one that the TLSA records mean | next host, later |
| DANE, no usable record | must | any | next host, later |
| MTA-STS enforce | must | valid for the host's name | next host, later |
| require_tls, smart host | must | valid for the host's name | next host, later |
| MTA-STS testing | try | valid for the host's name | told, then as below |
| nothing | try | any | plaintext |
"""

from dataclasses import dataclass, replace
from typing import Final, Literal

from mailbot_server.core.destination.mta_sts import Mode
from mailbot_server.core.destination.tlsa import Tlsa, Usage

TlsMode = Literal["none", "opportunistic", "starttls", "implicit"]
"""See SmartHost.tls."""

Level = Literal["none", "unverified", "verified", "mta_sts", "dane"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """
    What is asked of a connection; `level` is what TLS is worth once it stands.

    `server_name` is the name that the host is asked for, "" for its own. `tlsa` and
    `names` are what its certificate must fit for the level dane. `otherwise` is what
    does where this fails, None where nothing does. `policy` is the MTA-STS mode that
    asks for it, if one does.
    """

    mode: TlsMode
    level: Level
    server_name: str = ""
    tlsa: tuple[Tlsa, ...] = ()
    names: tuple[str, ...] = ()
    otherwise: "Protection | None" = None
    policy: Mode | None = None

    @property
    def is_demanded(self) -> bool:
        """Whether mail goes over TLS or not at all, as far as this goes."""
        return self.mode in {"starttls", "implicit"}

    @property
    def needs_authority(self) -> bool:
        """Whether somebody whom the system trusts must vouch for the host's name."""
        return self.level in {"verified", "mta_sts"}


NO_TLS: Final = Protection(mode="none", level="none")
OPPORTUNISTIC: Final = Protection(
    mode="opportunistic", level="unverified", otherwise=NO_TLS
)
VERIFIED: Final = Protection(mode="starttls", level="verified")
ENFORCED: Final = Protection(mode="starttls", level="mta_sts", policy=Mode.ENFORCE)


def by_setting(mode: TlsMode) -> Protection:
    """What a smart host's setting `tls` asks for."""
    match mode:
        case "none":
            return NO_TLS
        case "opportunistic":
            return OPPORTUNISTIC
        case "starttls" | "implicit":
            return replace(VERIFIED, mode=mode)


def on_trial(otherwise: Protection) -> Protection:
    """RFC 8461 5: as if enforced, but what fails is only told."""
    return Protection(
        mode="starttls", level="verified", otherwise=otherwise, policy=Mode.TESTING
    )


def by_dane(base: str, records: tuple[Tlsa, ...], names: tuple[str, ...]) -> Protection:
    """
    What usable TLSA records of a name ask for.

    RFC 7672 2.2: records of which none is usable still say that there must be TLS.
    """
    if not records:
        return Protection(mode="starttls", level="unverified", server_name=base)
    needs_name = any(record.usage == Usage.TA for record in records)
    return Protection(
        mode="starttls",
        level="dane",
        server_name=base,
        tlsa=records,
        names=tuple(dict.fromkeys(names)) if needs_name else (),
    )
