"""Gives each delivery its reverse-path, and knows one of ours when it is written to."""

from dataclasses import dataclass

from mailbot_server.core.mail.address import domain_of
from mailbot_server.core.signed import reverse_path
from mailbot_server.core.signed.cursor import SigningKeys
from mailbot_server.store.database import Transaction
from mailbot_server.store.domains import return_paths


@dataclass(frozen=True, slots=True, kw_only=True)
class ReversePaths:
    """The keys that sign reverse-paths, and the domain of those that have no other."""

    keys: SigningKeys
    sandbox_domain: str

    def of(self, tx: Transaction, delivery_id: str, sender_domain: str) -> str:
        """
        The reverse-path of a new delivery.

        At the sender's own domain once its `rp.` record was seen, else the sandbox's:
        mail whose reverse-path nothing answers for is refused by many.
        """
        domain = self.sandbox_domain
        if sender_domain != domain and return_paths.is_ready(tx, sender_domain):
            domain = sender_domain
        return reverse_path.make(self.keys, delivery_id, domain)

    def is_ours(self, tx: Transaction, address: str) -> bool:
        """
        Whether an address is at an `rp.` domain for which we answer.

        One that we signed is ours, whatever became of the domain since.
        """
        label, _, domain = domain_of(address).partition(".")
        if f"{label}." != reverse_path.LABEL:
            return False
        return (
            domain == self.sandbox_domain
            or self.delivery_of(address) is not None
            or return_paths.is_ready(tx, domain)
        )

    def delivery_of(self, address: str) -> str | None:
        """The id in a reverse-path of ours; None when it is forged."""
        return reverse_path.read(self.keys, address)
