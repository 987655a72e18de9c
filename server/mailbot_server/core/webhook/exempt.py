"""Which hosts an operator has exempted from what strangers may not have called."""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from mailbot_server.core.destination.networks import is_private, unmapped


@dataclass(frozen=True, slots=True, kw_only=True)
class Exempt:
    """Names in lower case, and networks; both may be private and spoken to by http."""

    names: frozenset[str] = frozenset()
    networks: tuple[IPv4Network | IPv6Network, ...] = ()

    def has_host(self, host: str) -> bool:
        """Whether the operator named this host: a name or an address."""
        return host.lower() in self.names or self._has_address(host)

    def may_call(self, host: str, address: str) -> bool:
        """Whether a request for this host may go to this address."""
        return (
            not is_private(address)
            or host.lower() in self.names
            or self._has_address(address)
        )

    def _has_address(self, text: str) -> bool:
        try:
            address = ip_address(unmapped(text))
        except ValueError:
            return False
        return any(
            address in network
            for network in self.networks
            if network.version == address.version
        )


def read(entries: Iterable[str]) -> Exempt:
    """Names, addresses and networks as an operator writes them; raises ValueError."""
    names, networks = set[str](), list[IPv4Network | IPv6Network]()
    for entry in entries:
        said = entry.strip().lower().strip("[]")
        if not said:
            message = "an entry is empty"
            raise ValueError(message)
        try:
            networks.append(ip_network(said, strict=False))
        except ValueError as error:
            if "/" in said or ":" in said:
                message = f"{entry!r} is neither a name, an address nor a network"
                raise ValueError(message) from error
            names.add(said.rstrip("."))
    return Exempt(names=frozenset(names), networks=tuple(networks))
