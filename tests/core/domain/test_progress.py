"""What a look at the DNS changes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from mailbot_server.core.domain import progress, publish, record
from mailbot_server.core.domain.domain import LOST_AFTER, Domain
from mailbot_server.core.domain.key import KeyState
from mailbot_server.core.domain.progress import Look, advance
from mailbot_server.core.domain.record import Purpose, RecordState
from mailbot_server.core.domain.spf import Sender
from tests.fakes.domain_keys import ED25519, RSA, stored_key

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NEW = stored_key(RSA, state=KeyState.PENDING, activated_at=None, created_at=NOW)
SENDER = Sender(hostname="mx.mailbot.example")
DOMAIN = Domain(
    id="dom_1",
    account_id=NEW.account_id,
    name="example.com",
    token="abc",
    created_at=NOW,
    urgent_at=NOW,
    checks_at=NOW,
)
OK = record.ok(["x"])


def look(*keys, published=(), **found) -> Look:
    """All is right but what `found` says by purpose."""
    records = publish.wanted(DOMAIN.name, DOMAIN.token, keys, SENDER)
    findings = {each.key: found.get(each.purpose.value, OK) for each in records}
    return Look(records=records, findings=findings, published=frozenset(published))


def test_the_first_look_verifies_signs_and_moves_the_return_path():
    after = advance(DOMAIN, [NEW], look(NEW, published=[NEW.id]), NOW)
    assert after.is_new_owner
    assert after.domain.verified_at == after.domain.return_path_at == NOW
    assert [(k.state, k.activated_at) for k in after.keys] == [(KeyState.ACTIVE, NOW)]
    assert after.missing == ()
    told = "; ".join(after.changes)
    assert f"key {NEW.selector} (rsa-sha256) signs now" in told
    assert "bounces come back to rp.example.com" in told
    assert "ownership" not in told


def test_the_second_look_at_the_same_tells_nothing():
    first = advance(DOMAIN, [NEW], look(NEW, published=[NEW.id]), NOW)
    later = NOW + timedelta(hours=6)
    second = advance(first.domain, first.keys, look(*first.keys), later)
    assert second.changes == ()
    assert not second.is_new_owner
    assert second.domain.verified_at == NOW
    assert second.domain.checked_at == later


def test_nothing_published_yet_is_no_news():
    gone = record.missing("publish it")
    found = {purpose.value: gone for purpose in Purpose}
    after = advance(DOMAIN, [NEW], look(NEW, **found), NOW)
    assert after.changes == ()
    assert after.domain.verified_at is None
    assert after.keys == (NEW,)
    assert {each.purpose for each in after.missing} == set(Purpose) - {Purpose.MX}
    assert after.domain.checks_at == NOW + timedelta(minutes=5)


def test_an_outage_changes_nothing():
    first = advance(DOMAIN, [NEW], look(NEW, published=[NEW.id]), NOW)
    away = {purpose.value: record.UNREACHABLE for purpose in Purpose}
    later = NOW + timedelta(days=30)
    after = advance(first.domain, first.keys, look(*first.keys, **away), later)
    assert after.changes == ()
    assert after.keys == first.keys
    assert after.domain.verified_at == after.domain.return_path_at == NOW
    states = {each.state for each in after.domain.findings.values()}
    assert states == {RecordState.UNREACHABLE}


def test_a_key_record_that_vanished_is_told_and_the_key_goes_on_signing():
    first = advance(DOMAIN, [NEW], look(NEW, published=[NEW.id]), NOW)
    gone = look(*first.keys, dkim=record.missing("publish it"))
    after = advance(first.domain, first.keys, gone, NOW + timedelta(hours=6))
    assert after.changes == (f"dkim record {NEW.host} is gone",)
    assert [key.state for key in after.keys] == [KeyState.ACTIVE]


def test_the_return_path_goes_home_when_a_record_of_it_is_gone():
    first = advance(DOMAIN, [], look(), NOW)
    for purpose in ("return_path_mx", "return_path_spf"):
        gone = look(**{purpose: record.missing("gone")})
        after = advance(first.domain, [], gone, NOW + timedelta(hours=6))
        assert after.domain.return_path_at is None
        assert "bounces come back to this server's own domain" in after.changes


def test_ownership_that_is_gone_for_days_is_lost_and_not_before():
    first = advance(DOMAIN, [], look(), NOW)
    gone = look(ownership=record.missing("gone"))
    at = NOW + timedelta(hours=6)
    second = advance(first.domain, [], gone, at)
    assert second.domain.verified_at == NOW
    assert second.domain.lost_at == at
    third = advance(second.domain, [], gone, at + LOST_AFTER - timedelta(hours=1))
    assert third.domain.verified_at == NOW
    back = advance(third.domain, [], look(), at + timedelta(days=2))
    assert (back.domain.verified_at, back.domain.lost_at) == (NOW, None)
    fourth = advance(third.domain, [], gone, at + LOST_AFTER)
    assert fourth.domain.verified_at is None
    assert any("no new inboxes" in each for each in fourth.changes)


def test_a_new_key_signs_once_seen_and_the_old_one_retires_then():
    old = stored_key(RSA, 2)
    new = replace(NEW, id="dky_9")
    waiting = advance(DOMAIN, [old, new], look(old, new), NOW)
    assert [key.state for key in waiting.keys] == [KeyState.ACTIVE, KeyState.PENDING]
    seen = advance(
        waiting.domain, waiting.keys, look(old, new, published=["dky_9"]), NOW
    )
    assert [key.state for key in seen.keys] == [KeyState.RETIRED, KeyState.ACTIVE]
    assert seen.keys[0].retired_at == NOW
    assert f"key {old.selector} (rsa-sha256) signs no more" in seen.changes


def test_a_key_retires_only_for_one_of_its_own_kind():
    old, other = stored_key(RSA, 2), stored_key(ED25519, 3, state=KeyState.PENDING)
    seen = advance(DOMAIN, [old, other], look(old, other, published=[other.id]), NOW)
    assert [key.state for key in seen.keys] == [KeyState.ACTIVE, KeyState.ACTIVE]


def test_a_retired_key_is_destroyed_after_a_week_and_listed_for_a_season():
    old = stored_key(RSA, 2, state=KeyState.RETIRED, retired_at=NOW)
    for age, is_kept in [
        (timedelta(days=6, hours=23), True),
        (timedelta(days=7), False),
    ]:
        after = advance(DOMAIN, [old], look(), NOW + age)
        assert bool(after.keys[0].sealed_private) is is_kept
    after = advance(DOMAIN, [old], look(), NOW + progress.LISTED_FOR)
    assert after.keys == ()
    assert [key.id for key in after.dropped] == [old.id]


def test_a_domain_that_another_account_has_stays_unverified():
    after = advance(DOMAIN, [], look(), NOW, is_anothers=True)
    assert after.domain.verified_at is None
    assert not after.is_new_owner
    [its] = [f for key, f in after.domain.findings.items() if key.startswith("owner")]
    assert its.state is RecordState.WRONG
    assert "another account" in its.problem


def test_keys_that_never_signed_give_way_to_newer_ones():
    active = stored_key(RSA, 2)
    assert progress.replaced([active, NEW]) == (NEW,)
