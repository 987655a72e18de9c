"""DomainService over the wire: what to publish, how it stands, whose it is."""

import pytest

from mailbot.v1 import domains_pb2, events_pb2, inboxes_pb2
from mailbot_server.config import Settings

pb = domains_pb2


@pytest.fixture(scope="module")
def api_settings() -> Settings:
    return Settings(grpc_port=0, drain_seconds=1, hostname="mx.mailbot.example")


@pytest.fixture
def calls(stubs, auth, api):
    class Calls:
        """The default account's, unless told."""

        def create(self, name, by=auth, **more):
            api.clock.advance(seconds=1)
            request = pb.CreateDomainRequest(name=name, **more)
            return stubs.domains.CreateDomain(request, metadata=by).domain

        def get(self, name, by=auth):
            request = pb.GetDomainRequest(domain_id=name)
            return stubs.domains.GetDomain(request, metadata=by).domain

        def list(self, by=auth, **more):
            request = pb.ListDomainsRequest(**more)
            return stubs.domains.ListDomains(request, metadata=by)

        def verify(self, name, by=auth):
            request = pb.VerifyDomainRequest(domain_id=name)
            return stubs.domains.VerifyDomain(request, metadata=by).domain

        def rotate(self, name, by=auth):
            request = pb.RotateDomainKeysRequest(domain_id=name)
            return stubs.domains.RotateDomainKeys(request, metadata=by).domain

        def delete(self, name, by=auth):
            request = pb.DeleteDomainRequest(domain_id=name)
            return stubs.domains.DeleteDomain(request, metadata=by)

    return Calls()


@pytest.fixture
def publish(api):
    """Has the DNS say what a domain shows."""

    def paste(domain) -> None:
        for each in domain.records:
            if each.type == "MX":
                preference, host = each.value.split()
                api.resolver.mx_of[each.name] = [(int(preference), host)]
            else:
                api.resolver.texts_of[each.name] = [each.value.encode()]

    return paste


def test_a_domain_comes_with_what_to_publish(calls):
    made = calls.create("Create.Example.COM")
    assert made.id.startswith("dom_")
    assert made.name == "create.example.com"
    assert [made.verified, made.signing, made.return_path_verified] == [False] * 3
    assert made.HasField("create_time")
    assert not made.HasField("verify_time")
    assert not made.HasField("check_time")
    assert {each.state for each in made.records} == {pb.DOMAIN_RECORD_STATE_PENDING}
    assert {each.purpose for each in made.records} == set(range(1, 8))
    assert sorted(key.algorithm for key in made.keys) == [
        "ed25519-sha256",
        "rsa-sha256",
    ]
    assert {key.state for key in made.keys} == {pb.DomainKey.STATE_PENDING}
    assert calls.get("create.example.com") == calls.get(made.id) == made


def test_what_is_published_is_verified_and_inboxes_follow(calls, publish, stubs, auth):
    made = calls.create("verify.example.com")
    publish(made)
    seen = calls.verify(made.id)
    assert seen.verified
    assert seen.signing
    assert seen.return_path_verified
    assert {each.state for each in seen.records} == {pb.DOMAIN_RECORD_STATE_OK}
    assert all(key.HasField("activate_time") for key in seen.keys)
    wanted = inboxes_pb2.Inbox(
        domain="Verify.example.com", username="Sales--EU", daily_send_limit=9000
    )
    request = inboxes_pb2.CreateInboxRequest(inbox=wanted)
    inbox = stubs.inboxes.CreateInbox(request, metadata=auth).inbox
    assert inbox.address == "sales--eu@verify.example.com"
    assert inbox.daily_send_limit == 9000


def test_an_spf_record_of_others_is_merged_into_the_proposal(calls, publish, api):
    made = calls.create("spf.example.com")
    publish(made)
    api.resolver.texts_of["spf.example.com"] = [b"v=spf1 include:_spf.google.com -all"]
    [spf] = [
        each
        for each in calls.verify(made.id).records
        if each.purpose == pb.DOMAIN_RECORD_PURPOSE_SPF
    ]
    assert spf.state == pb.DOMAIN_RECORD_STATE_WRONG
    assert spf.value == "v=spf1 a:mx.mailbot.example include:_spf.google.com -all"
    assert list(spf.found) == ["v=spf1 include:_spf.google.com -all"]
    assert "does not name us" in spf.problem


def test_new_keys_wait_beside_those_that_sign(calls, publish, api):
    made = calls.create("rotate.example.com")
    publish(made)
    calls.verify(made.id)
    api.clock.advance(hours=1)
    rotated = calls.rotate("rotate.example.com")
    pending, active = pb.DomainKey.STATE_PENDING, pb.DomainKey.STATE_ACTIVE
    assert [key.state for key in rotated.keys] == [pending] * 2 + [active] * 2
    hosts = [each.name for each in rotated.records if "_domainkey" in each.name]
    assert len(hosts) == 4


def test_a_domain_in_use_is_kept_and_told_why(calls, publish, stubs, auth, refused):
    made = calls.create("used.example.com")
    publish(made)
    calls.verify(made.id)
    wanted = inboxes_pb2.Inbox(domain=made.name)
    request = inboxes_pb2.CreateInboxRequest(inbox=wanted)
    inbox = stubs.inboxes.CreateInbox(request, metadata=auth).inbox
    refusal = refused(lambda: calls.delete(made.id))
    assert refusal.reason == "DOMAIN_IN_USE"
    assert refusal.metadata == {"domain": made.name, "inboxes": "1"}
    violation = refusal.details["PreconditionFailure"].violations[0]
    assert violation.type == "DOMAIN_STATE"
    disable = inboxes_pb2.DisableInboxRequest(inbox_id=inbox.id)
    stubs.inboxes.DisableInbox(disable, metadata=auth)
    calls.delete(made.id)
    assert refused(lambda: calls.get(made.id)).reason == "NOT_FOUND"


@pytest.mark.parametrize(
    "name", ["", "com", "a b.example", "rp.example.com", "mx.mailbot.example", "x\x00"]
)
def test_a_bad_name_is_refused(calls, refused, name):
    refusal = refused(lambda: calls.create(name))
    assert refusal.reason == "FIELD_INVALID"
    assert refusal.fields == ["name"]


def test_a_repeated_request_answers_the_same(calls, refused):
    made = calls.create("again.example.com", request_id="one")
    assert calls.create("again.example.com", request_id="one") == made
    refusal = refused(lambda: calls.create("other.example.com", request_id="one"))
    assert refusal.reason == "REQUEST_ID_REUSED"
    refusal = refused(lambda: calls.create("again.example.com"))
    assert refusal.reason == "ALREADY_EXISTS"


def test_lists_are_paged_newest_first(calls, stranger):
    names = [f"page{number}.example.com" for number in range(3)]
    for name in names:
        calls.create(name, by=stranger)
    first = calls.list(by=stranger, page_size=2)
    assert [each.name for each in first.domains] == names[:0:-1]
    rest = calls.list(by=stranger, page_size=2, page_token=first.next_page_token)
    assert [each.name for each in rest.domains] == names[:1]
    assert rest.next_page_token == ""


def test_each_call_needs_its_scope(calls, make_key, refused):
    reader = make_key(scopes=["domains:read"])
    calls.list(by=reader)
    refusal = refused(lambda: calls.create("scope.example.com", by=reader))
    assert refusal.metadata["scope"] == "domains:write"


def test_a_key_for_some_inboxes_sees_no_domains(calls, make_key, refused, new_inbox):
    few = make_key(scopes=["domains:read"], inbox_ids=[new_inbox().id])
    refusal = refused(lambda: calls.list(by=few))
    assert "restricted to inboxes" in refusal.text


def test_what_happened_is_in_the_log(calls, publish, stubs, auth):
    made = calls.create("log.example.com")
    publish(made)
    calls.verify(made.id)
    calls.delete(made.id)
    request = events_pb2.ListEventsRequest(newest_first=True, page_size=4)
    found = stubs.events.ListEvents(request, metadata=auth).events
    assert {event.domain.name for event in found} == {"log.example.com"}
    assert {event.domain.domain_id for event in found} == {made.id}
