"""Only a verified domain whose `rp.` record was seen takes bounces."""

import pytest

from mailbot_server.store.domains import return_paths
from tests.fakes.return_paths import add_domain


@pytest.mark.parametrize(
    ("verified", "seen", "deleted", "ready"),
    [
        (True, True, False, True),
        (True, False, False, False),
        (False, True, False, False),
        (True, True, True, False),
    ],
)
async def test_a_domain_is_ready_once_all_of_it_was_seen(
    db, verified, seen, deleted, ready
):
    await add_domain(
        db, "example.com", verified=verified, return_path=seen, deleted=deleted
    )

    assert await db.read(return_paths.is_ready, "example.com") is ready
    assert not await db.read(return_paths.is_ready, "example.org")
