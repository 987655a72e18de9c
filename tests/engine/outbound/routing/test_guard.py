"""Who decides how a host must be protected, in order."""

import pytest

from mailbot_server.config import load
from mailbot_server.core.destination.tlsa import Tlsa
from mailbot_server.engine.dns import Status
from mailbot_server.engine.outbound.routing.guard import Guard, Guarded
from mailbot_server.engine.outbound.routing.protection import (
    ENFORCED,
    NO_TLS,
    OPPORTUNISTIC,
    VERIFIED,
    by_setting,
    on_trial,
)
from mailbot_server.engine.outbound.routing.route import Target, Unroutable, choose
from mailbot_server.engine.outbound.routing.site import plan
from mailbot_server.engine.outbound.routing.targets import plan_targets
from tests.fakes.policy_server import policy_text

MX = "mx.example.com"
NAME = f"_25._tcp.{MX}"
OF_HOST = Tlsa(usage=3, selector=1, matching_type=1, data=bytes(32))
OF_AUTHORITY = Tlsa(usage=2, selector=1, matching_type=1, data=bytes(32))
UNUSABLE = Tlsa(usage=1, selector=1, matching_type=1, data=bytes(32))


@pytest.fixture(autouse=True)
def zone(resolver):
    """example.com with one host, and a record of a policy only where a test wants it."""
    del resolver.texts_of["_mta-sts.example.com"]
    resolver.mx_of["example.com"] = [(10, MX)]
    resolver.addresses_of[MX] = ["192.0.2.1"]


@pytest.fixture
def proven(resolver):
    """The same, signed, with TLSA records of the host."""

    def sign(*records: Tlsa, name: str = NAME) -> None:
        resolver.authentic |= {"example.com", MX, name}
        resolver.tlsa_of[name] = list(records)

    return sign


@pytest.fixture
def policy(web, resolver):
    """Gives example.com a policy."""

    def publish(*hosts: str, mode: str = "enforce") -> None:
        resolver.texts_of["_mta-sts.example.com"] = [b"v=STSv1; id=1"]
        web.body = policy_text(*hosts, mode=mode)

    return publish


@pytest.fixture
def decide(db, clock, metrics, resolver, trusting):
    """What is asked of the first host of example.com."""

    async def of(*, require_tls=False, guard=None, domain="example.com", **settings):
        its = load(**(trusting | settings))
        guard = guard or Guard(db, clock, its, metrics, resolver)
        planned = await plan(resolver, its, choose(its, domain))
        guarded = await guard.admit(planned, require_tls=require_tls)
        if isinstance(guarded, Unroutable):
            return guarded
        targets = await plan_targets(resolver, its, guarded.plan, b"seed")
        assert not isinstance(targets, Unroutable)
        return await guard.protection(guarded, targets[0])

    return of


@pytest.fixture
def violations(metrics):
    """How often hosts did not do what a policy asks."""

    def count(mode: str, kind: str) -> float:
        name = "mailbot_mta_sts_violations_total"
        labels = {"mode": mode, "kind": kind}
        return metrics.registry.get_sample_value(name, labels) or 0

    return count


# --- nobody, the message, the settings ---


async def test_where_nobody_asks_tls_is_taken_as_it_comes(decide):
    assert await decide() is OPPORTUNISTIC


async def test_d10_a_host_that_is_remembered_is_not_asked(
    decide, db, clock, metrics, resolver, trusting
):
    guard = Guard(db, clock, load(**trusting), metrics, resolver)
    target = Target(host=MX, address="192.0.2.1", port=25)
    await guard.remember(target, "TLS failed")
    assert await decide(guard=guard) is NO_TLS
    assert await decide(guard=guard, require_tls=True) is VERIFIED
    clock.advance(days=3)
    assert await decide(guard=guard) is OPPORTUNISTIC


async def test_a_message_may_require_it(decide):
    assert await decide(require_tls=True) is VERIFIED


@pytest.mark.parametrize("tls", ["none", "opportunistic", "starttls", "implicit"])
async def test_a_smart_host_is_protected_as_its_setting_says(decide, tls):
    relay = {"host": "127.0.0.1", "tls": tls}
    assert await decide(smart_host=relay) == by_setting(tls)
    required = await decide(smart_host=relay, require_tls=True)
    if tls in {"starttls", "implicit"}:
        assert required == by_setting(tls)
    else:
        assert isinstance(required, Unroutable)
        assert required.enhanced == "4.7.10"
        assert "starttls or implicit" in required.diagnostic


async def test_a_pinned_host_is_the_operators_and_no_policy_is_asked(decide, resolver):
    route = {"domain": "example.com", "host": "127.0.0.1"}
    assert await decide(routes=[route]) is OPPORTUNISTIC
    assert await decide(routes=[route], require_tls=True) is VERIFIED
    assert resolver.questions == []


# --- MTA-STS ---


async def test_a_policy_that_is_enforced_asks_for_a_valid_certificate(decide, policy):
    policy("*.example.com")
    assert await decide() is ENFORCED
    assert await decide(require_tls=True) is ENFORCED


async def test_hosts_that_it_does_not_name_are_not_used(decide, policy, resolver):
    policy("mx2.example.com")
    resolver.mx_of["example.com"] = [(10, MX), (20, "mx2.example.com")]
    resolver.addresses_of["mx2.example.com"] = ["192.0.2.2"]
    assert await decide() is ENFORCED
    assert ("addresses", MX) not in resolver.questions


async def test_a_policy_that_names_none_of_the_hosts_leaves_none(
    decide, policy, violations
):
    policy("mx.example.org")
    refused = await decide()
    assert isinstance(refused, Unroutable)
    assert refused.enhanced == "4.7.10"
    assert "MTA-STS policy does not name any mail host" in refused.diagnostic
    assert violations("enforce", "host") == 1


async def test_a_policy_on_trial_is_tried_and_forgives(decide, policy):
    policy(MX, mode="testing")
    assert await decide() == on_trial(OPPORTUNISTIC)
    assert await decide(require_tls=True) is VERIFIED


async def test_a_policy_on_trial_tells_of_hosts_that_it_does_not_name(
    decide, policy, violations
):
    policy("mx.example.org", mode="testing")
    assert await decide() is OPPORTUNISTIC
    assert violations("testing", "host") == 1


async def test_it_is_the_policy_of_the_domain_and_not_of_its_host(
    decide, policy, resolver
):
    policy(MX)
    resolver.mx_of["example.org"] = [(10, MX)]
    assert await decide(domain="example.org") is OPPORTUNISTIC


async def test_what_fails_is_told_of_the_policy_that_asked(
    db, clock, metrics, resolver, trusting, violations
):
    guard = Guard(db, clock, load(**trusting), metrics, resolver)
    target = Target(host=MX, address="192.0.2.1", port=25)
    for wanted in (ENFORCED, on_trial(NO_TLS), VERIFIED, OPPORTUNISTIC):
        guard.failed(wanted, target, "why")
    assert violations("enforce", "tls") == violations("testing", "tls") == 1


# --- DANE ---


async def test_dane_decides_before_the_policy_and_the_message(decide, policy, proven):
    policy("mx.example.org")
    proven(OF_HOST)
    wanted = await decide(require_tls=True)
    assert (wanted.level, wanted.tlsa) == ("dane", (OF_HOST,))
    assert (wanted.server_name, wanted.names) == (MX, ())


async def test_rfc7672_3_2_2_names_that_an_authority_may_vouch_for(decide, proven):
    proven(OF_AUTHORITY)
    assert (await decide()).names == (MX, "example.com")


@pytest.mark.parametrize("unsigned", ["example.com", MX, NAME])
async def test_rfc7672_2_2_what_is_not_proven_proves_nothing(
    decide, proven, resolver, unsigned
):
    proven(OF_HOST)
    resolver.authentic.remove(unsigned)
    assert await decide() is OPPORTUNISTIC
    if unsigned != NAME:
        assert not [each for each in resolver.questions if each[0] == "tlsa"]


async def test_a_signed_host_without_records_is_as_any_other(decide, proven, policy):
    proven()
    assert await decide() is OPPORTUNISTIC
    policy(MX)
    assert await decide() is ENFORCED


@pytest.mark.parametrize("status", [Status.FAILED, Status.TIMEOUT])
@pytest.mark.parametrize("require_tls", [True, False])
async def test_d11_a_host_whose_tlsa_records_cannot_be_had_is_not_used_now(
    decide, proven, resolver, status, require_tls
):
    proven()
    resolver.tlsa_of[NAME] = status
    refused = await decide(require_tls=require_tls)
    assert isinstance(refused, Unroutable)
    assert refused.enhanced == "4.7.10"
    assert "TLSA" in refused.diagnostic


async def test_rfc7672_2_2_records_of_no_use_ask_for_tls_all_the_same(
    decide, proven, policy
):
    proven(UNUSABLE)
    wanted = await decide()
    assert wanted.is_demanded
    assert (wanted.level, wanted.otherwise) == ("unverified", None)
    assert await decide(require_tls=True) is VERIFIED
    policy(MX)
    assert await decide() is ENFORCED


async def test_rfc7672_2_2_2_records_are_at_the_end_of_the_aliases_or_at_the_name(
    decide, proven, resolver
):
    resolver.alias_of[MX] = "host.example.net"
    proven(OF_HOST)
    assert (await decide()).server_name == MX
    proven(OF_AUTHORITY, name="_25._tcp.host.example.net")
    wanted = await decide()
    assert wanted.server_name == "host.example.net"
    assert wanted.names == ("host.example.net", MX, "example.com")


async def test_of_signed_hosts_only_proven_ones_may_be_missing_in_the_policy(
    decide, policy, proven, resolver, violations
):
    policy("mx.example.org")
    proven()
    refused = await decide()
    assert isinstance(refused, Unroutable)
    assert MX in refused.diagnostic
    assert violations("enforce", "host") == 1


async def test_admitting_asks_nobody_about_mail_that_stays_here(
    db, clock, metrics, resolver, trusting
):
    its = load(**trusting)
    guard = Guard(db, clock, its, metrics, resolver)
    planned = await plan(resolver, its, choose(its, its.sandbox_domain))
    assert not isinstance(planned, Unroutable)
    guarded = await guard.admit(planned, require_tls=True)
    assert isinstance(guarded, Guarded)
    assert guarded.policy is None
    assert resolver.questions == []
