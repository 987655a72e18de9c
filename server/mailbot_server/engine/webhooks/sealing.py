"""What endpoints are told in confidence, at rest: secrets and header fields, sealed."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from mailbot_server.core.webhook.endpoint import Endpoint
from mailbot_server.engine.signing.sealing import SealBroken, Vault

PURPOSE: Final = "webhooks-at-rest"
"""What `core.signed.server_key` derives the secrets for."""

_SIGNING: Final = "signing"
_HEADERS: Final = "headers"


class Safe:
    """Seals for one webhook, and opens for no other; opening raises SealBroken."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def seal_secret(self, webhook_id: str, secret: bytes) -> bytes:
        """A secret as it is stored."""
        return self._vault.seal(secret, webhook_id, _SIGNING)

    def seal_headers(self, webhook_id: str, headers: Mapping[str, str]) -> bytes:
        """Header fields as they are stored."""
        return self._vault.seal(
            json.dumps(dict(headers)).encode(), webhook_id, _HEADERS
        )

    def secret(self, webhook_id: str, sealed: bytes) -> bytes:
        """What `seal_secret` has sealed."""
        return self._vault.open(sealed, webhook_id, _SIGNING)

    def former_secret(self, endpoint: Endpoint) -> bytes | None:
        """The secret that signs beside; None where there is none that can be read."""
        if endpoint.sealed_former_secret is None:
            return None
        try:
            return self.secret(endpoint.id, endpoint.sealed_former_secret)
        except SealBroken:
            # A new secret is what mends a seal: the old one must not stand in its way.
            return None

    def resealed(self, endpoint: Endpoint) -> Endpoint:
        """The endpoint in the seal of the newest server key; raises SealBroken."""
        sealed = endpoint.sealed_headers, endpoint.sealed_secret
        if all(self._vault.is_current(each) for each in sealed):
            return endpoint
        secret = self.secret(endpoint.id, endpoint.sealed_secret)
        former = self.former_secret(endpoint)
        return replace(
            endpoint,
            sealed_headers=self.seal_headers(endpoint.id, self.headers(endpoint)),
            sealed_secret=self.seal_secret(endpoint.id, secret),
            sealed_former_secret=former and self.seal_secret(endpoint.id, former),
        )

    def headers(self, endpoint: Endpoint) -> dict[str, str]:
        """The fields that requests to the endpoint carry."""
        opened = self._vault.open(endpoint.sealed_headers, endpoint.id, _HEADERS)
        fields: dict[str, str] = json.loads(opened)
        return fields
