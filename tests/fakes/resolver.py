"""DNS as a test writes it down."""

from mailbot_server.engine.dns import AddressAnswer, Exchange, MxAnswer, Status


class FakeResolver:
    """
    Answers from two dictionaries; a name in neither does not exist.

    `mx_of[domain]` is (preference, host) pairs or a Status, `addresses_of[host]` is
    addresses or a Status. A domain that has only addresses has no MX records.
    """

    def __init__(self) -> None:
        self.mx_of: dict[str, list[tuple[int, str]] | Status] = {}
        self.addresses_of: dict[str, list[str] | Status] = {}
        self.questions: list[tuple[str, str]] = []
        """("mx" or "addresses", name) of every question, in order."""

    async def mx(self, domain: str) -> MxAnswer:
        """The domain's MX records."""
        self.questions.append(("mx", domain))
        missing = Status.NODATA if domain in self.addresses_of else Status.NXDOMAIN
        found = self.mx_of.get(domain, missing)
        if isinstance(found, Status):
            return MxAnswer(status=found)
        exchanges = [Exchange(preference=p, host=host) for p, host in found]
        return MxAnswer(status=Status.OK, exchanges=tuple(exchanges))

    async def addresses(self, host: str) -> AddressAnswer:
        """The host's addresses."""
        self.questions.append(("addresses", host))
        found = self.addresses_of.get(host, Status.NXDOMAIN)
        if isinstance(found, Status):
            return AddressAnswer(status=found)
        return AddressAnswer(
            status=Status.OK,
            v4=tuple(address for address in found if ":" not in address),
            v6=tuple(address for address in found if ":" in address),
        )
