"""What the outside may reach over HTTP: links in mail, unsubscribing, downloads."""

import re
from ipaddress import ip_network
from typing import Final

from pydantic import BaseModel, Field, field_validator

from mailbot_server.config.values import Port
from mailbot_server.ways import Host

_URL: Final = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?"
    r"(?:/[a-z0-9._~-]+)*",
    re.IGNORECASE | re.ASCII,
)
_OWN: Final = re.compile(
    r"(?:.+\.)?localhost|127\.[0-9.]+|\[::1\]", re.IGNORECASE | re.ASCII
)


class Public(BaseModel):
    """The port that recipients of mail reach, over a proxy that speaks HTTPS."""

    public_host: Host = Field("127.0.0.1", description="Address of the public port.")
    public_port: Port = Field(
        8080,
        description=(
            "The port of what links in mail lead to; HTTP, for a proxy that speaks "
            "HTTPS. Closed while public_url is empty."
        ),
    )
    public_url: str = Field(
        "",
        description=(
            "How the outside reaches that port, for example https://m.example.com; a "
            "path may follow. http:// only for this machine's own name. Empty: opens "
            "and clicks cannot be tracked, and nobody can unsubscribe by a link."
        ),
    )
    public_proxy_networks: tuple[str, ...] = Field(
        (),
        description=(
            "Addresses or networks of proxies in front of the public port, whose "
            "X-Forwarded-For is believed."
        ),
    )
    machine_seconds: float = Field(
        0,
        ge=0,
        le=60,
        description=(
            "Whoever opens a message or follows a link so soon after its delivery is "
            "taken for a machine. 2 is good where recipients have scanners in front "
            "of them. 0: nobody is a machine for being quick."
        ),
    )

    @field_validator("public_url")
    @classmethod
    def _check_url(cls, text: str) -> str:
        url = text.strip().rstrip("/")
        if not url:
            return ""
        found = _URL.fullmatch(url)
        if found is None:
            message = f"{text!r} is not a URL such as https://m.example.com"
            raise ValueError(message)
        is_https = found["scheme"].lower() == "https"
        if not is_https and not _OWN.fullmatch(found["host"]):
            message = "must begin with https://: links in mail go over strange networks"
            raise ValueError(message)
        return url

    @field_validator("public_proxy_networks")
    @classmethod
    def _check_proxies(cls, texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(str(ip_network(text)) for text in texts)
