"""Where bounces of a delivery go, and what of it is ours."""

from mailbot_server.core.signed import reverse_path
from tests.fakes.return_paths import add_domain
from tests.fakes.reverse_paths import PATHS

DELIVERY = f"dlv_{1:026d}"


async def test_a_sandbox_inbox_has_the_sandboxs(db):
    path = await db.read(PATHS.of, DELIVERY, "mailbot.localhost")

    assert path.endswith("@rp.mailbot.localhost")
    assert PATHS.delivery_of(path) == DELIVERY
    assert await db.read(PATHS.is_ours, path)


async def test_a_custom_domain_has_its_own_once_its_record_was_seen(db):
    before = await db.read(PATHS.of, DELIVERY, "example.com")
    await add_domain(db, "example.com")
    after = await db.read(PATHS.of, DELIVERY, "example.com")

    assert before.endswith("@rp.mailbot.localhost")
    assert after.endswith("@rp.example.com")
    assert await db.read(PATHS.is_ours, after)


async def test_other_domains_are_not_ours(db):
    assert not await db.read(PATHS.is_ours, "x@mailbot.localhost")
    assert not await db.read(PATHS.is_ours, "x@rp.example.net")


def test_a_forged_path_names_nothing():
    assert PATHS.delivery_of("x@rp.mailbot.localhost") is None


async def test_what_we_signed_is_ours_whatever_became_of_its_domain(db):
    path = reverse_path.make(PATHS.keys, DELIVERY, "gone.example")
    assert await db.read(PATHS.is_ours, path)
    assert not await db.read(PATHS.is_ours, f"x{path}")
