"""Domains as tests need them: example.com, nothing known of it."""

from dataclasses import replace
from typing import Any

from mailbot_server.core.domain.domain import Domain
from tests.fakes.tenants import BEGINNING, account


def domain(number: int = 1, of: int = 1, **changes: Any) -> Domain:
    """The domain of that number: example.com, of the account of the other number."""
    plain = Domain(
        id=f"dom_{number:026d}",
        account_id=account(of).id,
        name="example.com",
        token="abc",
        created_at=BEGINNING,
        urgent_at=BEGINNING,
        checks_at=BEGINNING,
    )
    return replace(plain, **changes)
