"""How events are posted to webhooks, and where they may be posted to."""

from pydantic import BaseModel, Field, field_validator

from mailbot_server.core.webhook import exempt
from mailbot_server.core.webhook.exempt import Exempt


class Posting(BaseModel):
    """What webhooks go by."""

    webhook_allowed_hosts: tuple[str, ...] = Field(
        (),
        description=(
            "Names, addresses and networks of your own that webhooks may call although "
            "they are private, also by http and on any port. For all accounts."
        ),
    )
    webhook_allow_http: bool = Field(
        False,
        description="Webhooks may be http:// everywhere: whoever listens reads events.",
    )
    webhook_concurrency: int = Field(
        200,
        ge=1,
        le=10_000,
        description="Requests to webhooks at the same time, of this process.",
    )

    @field_validator("webhook_allowed_hosts")
    @classmethod
    def _check_hosts(cls, entries: tuple[str, ...]) -> tuple[str, ...]:
        exempt.read(entries)
        return entries

    @property
    def webhook_exempt(self) -> Exempt:
        """What `webhook_allowed_hosts` says, read."""
        return exempt.read(self.webhook_allowed_hosts)
