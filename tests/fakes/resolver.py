"""DNS as a test writes it down."""

from mailbot_server.engine.dns import (
    AddressAnswer,
    Exchange,
    MxAnswer,
    NameAnswer,
    Status,
    TextAnswer,
    Tlsa,
    TlsaAnswer,
)


class FakeResolver:
    """
    Answers from dictionaries; a name in none of them does not exist.

    `mx_of[domain]` is (preference, host) pairs, `addresses_of[host]` addresses,
    `names_of[address]` PTR records, `texts_of[name]` TXT records, `tlsa_of[name]` TLSA
    records; or a Status. A name that has only other records has none of the kind that
    is asked for. `alias_of[host]` is the canonical name of a host with addresses.
    Answers about the names in `authentic` are.
    """

    def __init__(self) -> None:
        self.mx_of: dict[str, list[tuple[int, str]] | Status] = {}
        self.addresses_of: dict[str, list[str] | Status] = {}
        self.names_of: dict[str, list[str] | Status] = {}
        self.texts_of: dict[str, list[bytes] | Status] = {}
        self.tlsa_of: dict[str, list[Tlsa] | Status] = {}
        self.alias_of: dict[str, str] = {}
        self.authentic: set[str] = set()
        self.questions: list[tuple[str, str]] = []
        """The method's name and what it was asked, of every question in order."""

    async def mx(self, domain: str) -> MxAnswer:
        """The domain's MX records."""
        self.questions.append(("mx", domain))
        authentic = domain in self.authentic
        found = self.mx_of.get(domain, self._missing(domain))
        if isinstance(found, Status):
            return MxAnswer(status=found, authentic=authentic)
        exchanges = tuple(Exchange(preference=p, host=host) for p, host in found)
        return MxAnswer(status=Status.OK, authentic=authentic, exchanges=exchanges)

    async def addresses(self, host: str) -> AddressAnswer:
        """The host's addresses."""
        self.questions.append(("addresses", host))
        authentic = host in self.authentic
        found = self.addresses_of.get(host, self._missing(host))
        if isinstance(found, Status):
            return AddressAnswer(status=found, authentic=authentic)
        return AddressAnswer(
            status=Status.OK,
            authentic=authentic,
            v4=tuple(address for address in found if ":" not in address),
            v6=tuple(address for address in found if ":" in address),
            canonical=self.alias_of.get(host, host),
        )

    async def names(self, address: str) -> NameAnswer:
        """The address's PTR records."""
        self.questions.append(("names", address))
        found = self.names_of.get(address, Status.NXDOMAIN)
        if isinstance(found, Status):
            return NameAnswer(status=found)
        return NameAnswer(status=Status.OK, hosts=tuple(found))

    async def txt(self, name: str) -> TextAnswer:
        """The name's TXT records."""
        self.questions.append(("txt", name))
        authentic = name in self.authentic
        found = self.texts_of.get(name, self._missing(name))
        if isinstance(found, Status):
            return TextAnswer(status=found, authentic=authentic)
        return TextAnswer(status=Status.OK, authentic=authentic, texts=tuple(found))

    def known_txt(self, name: str) -> TextAnswer | None:
        """Nothing: it asks each time."""
        del name
        return None

    async def tlsa(self, name: str) -> TlsaAnswer:
        """The name's TLSA records."""
        self.questions.append(("tlsa", name))
        authentic = name in self.authentic
        found = self.tlsa_of.get(name, self._missing(name))
        if isinstance(found, Status):
            return TlsaAnswer(status=found, authentic=authentic)
        return TlsaAnswer(status=Status.OK, authentic=authentic, records=tuple(found))

    def _missing(self, name: str) -> Status:
        tables = (self.mx_of, self.addresses_of, self.texts_of, self.tlsa_of)
        is_there = any(name in table for table in tables)
        return Status.NODATA if is_there else Status.NXDOMAIN
