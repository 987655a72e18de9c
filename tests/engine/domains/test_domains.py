"""From a name to signed mail, against a real name server and a real remote host."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import dkim
import pytest

from mailbot_server.config import Settings
from mailbot_server.core.account import OPERATOR
from mailbot_server.core.delivery import Delivery, State
from mailbot_server.core.domain.key import KeyState
from mailbot_server.core.domain.record import Purpose, RecordState
from mailbot_server.core.errors import (
    AlreadyExists,
    InvalidInput,
    LimitExceeded,
    NotAllowed,
    NotFound,
    WrongState,
)
from mailbot_server.core.inbox import Inbox
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.engine import inboxes
from mailbot_server.engine.inboxes import NewInbox
from mailbot_server.engine.outbound.queue.attempt import Attempts
from mailbot_server.engine.outbound.queue.queue import Queue
from mailbot_server.engine.outbound.submission.submit import Submission, submit
from mailbot_server.store import deliveries
from mailbot_server.store.domains import keys as domain_keys
from tests.fakes import zone
from tests.fakes.copies import copies
from tests.fakes.domain_keys import answering, vault
from tests.fakes.drafts import DRAFT
from tests.fakes.remote_mta import RemoteMta
from tests.fakes.resolver import FakeResolver
from tests.fakes.reverse_paths import PATHS
from tests.fakes.tenants import account, principal

NODE = "nod_00000000000000000000000001"
ME = principal()


@pytest.fixture
def published(domains, server):
    """Pastes what a domain shows into its zone and has it verified."""

    async def paste(known, who=ME):
        zone.publish(server, *domains.records(*known))
        return await domains.verify(who, known[0].id)

    return paste


class Post:
    """Inboxes in domains, what they send, and the queue that takes it away."""

    def __init__(self, db, settings, metrics, attempts) -> None:
        self.db = db
        self._settings = settings
        self._metrics = metrics
        self._attempts = attempts

    async def inbox(self, domain="example.com", who=ME, **wishes) -> Inbox:
        new = NewInbox(username="support", domain=domain, **wishes)
        return (await inboxes.create(self.db, self._settings, who, new))[0]

    async def send(self, inbox: Inbox, to: str = "carol@example.org") -> Delivery:
        draft = replace(DRAFT, to=(Mailbox(address=to),), cc=(), bcc=())
        submission = Submission(inbox_id=inbox.id, draft=draft)
        done = await submit(self.db, PATHS, self._metrics, ME, submission)
        return done.deliveries[0]

    def queue(self, mta: RemoteMta) -> Queue:
        """To which all ways lead to this host."""
        way = {"domain": "*", "host": mta.host, "port": mta.port}
        made = Settings.model_validate(self._settings.model_dump() | {"routes": [way]})
        return self._attempts(made)

    async def state(self, delivery: Delivery) -> Delivery:
        found = await self.db.read(deliveries.find, delivery.id)
        assert found is not None
        return found


@pytest.fixture
def post(db, clock, metrics, entropy, signer, its_settings) -> Post:
    def queue(made: Settings) -> Queue:
        attempts = Attempts(db, made, FakeResolver(), signer, copies(db))
        return Queue(db, made, attempts, NODE)

    return Post(db, its_settings, metrics, queue)


def states(domains, known) -> dict[str, RecordState]:
    domain, keys = known
    found = domains.records(domain, keys)
    return {each.purpose.value: domain.finding(each).state for each in found}


async def test_what_was_shown_is_published_and_mail_leaves_signed_with_its_own_path(
    create, published, domains, post, clock, told
):
    clock.now = datetime.now(tz=UTC)  # which dkimpy asks for itself
    known = await create("Example.COM.")
    assert set(states(domains, known).values()) == {RecordState.PENDING}
    domain, keys = verified = await published(known)
    assert set(states(domains, verified).values()) == {RecordState.OK}
    assert domain.verified_at == domain.return_path_at == clock()
    assert {key.state for key in keys} == {KeyState.ACTIVE}
    inbox = await post.inbox(daily_send_limit=10_000)
    assert inbox.address == "support@example.com"
    await post.send(inbox)
    async with RemoteMta() as mta:
        await post.queue(mta).step()
    [taken] = mta.accepted
    assert taken.sender.endswith("@rp.example.com")
    assert b"\r\nFrom: " in taken.data
    for number in range(2):
        answer = answering(*keys)
        assert dkim.DKIM(taken.data).verify(idx=number, dnsfunc=answer)
    kinds = [kind for kind, _ in await told()]
    assert kinds[:3] == ["domain.created", "domain.verified", "domain.changed"]


async def test_until_ownership_is_seen_there_are_no_inboxes(create, domains, post):
    await create()
    with pytest.raises(WrongState) as caught:
        await post.inbox()
    assert caught.value.reason == "DOMAIN_UNVERIFIED"
    domain, _ = await domains.verify(ME, "example.com")
    assert domain.verified_at is None
    assert domain.checked_at is not None


async def test_mail_waits_for_its_key_and_goes_once_the_record_is_seen(
    create, domains, server, published, post
):
    known = await create()
    ownership = domains.records(*known)[0]
    zone.publish(server, ownership)
    await domains.verify(ME, known[0].id)
    delivery = await post.send(await post.inbox())
    assert delivery.reverse_path.endswith("@rp.mailbot.localhost")
    assert delivery.sender_domain == "example.com"
    async with RemoteMta() as mta:
        queue = post.queue(mta)
        await queue.step()
        held = await post.state(delivery)
        assert (held.state, held.hold_reason) == (State.HELD, "dkim_unavailable")
        await published(known)
        await queue.step()
    assert mta.accepted[0].data.startswith(b"DKIM-Signature:")


async def test_a_new_selector_signs_only_after_its_record_was_seen(
    create, published, domains, post, clock
):
    clock.now = datetime.now(tz=UTC)
    _, old = await published(await create())
    inbox = await post.inbox()
    clock.advance(days=1)
    rotated = await domains.rotate(ME, "example.com")
    assert [key.state.value for key in rotated[1]] == ["active"] * 2 + ["pending"] * 2
    new = rotated[1][2:]
    async with RemoteMta() as mta:
        queue = post.queue(mta)
        await domains.verify(ME, "example.com")
        await post.send(inbox)
        await queue.step()
        _, keys = await published(rotated)
        await post.send(inbox)
        await queue.step()
    before, after = (taken.data for taken in mta.accepted)
    assert all(f"s={key.selector};".encode() in before for key in old)
    assert not any(f"s={key.selector};".encode() in before for key in new)
    assert all(f"s={key.selector};".encode() in after for key in new)
    assert not any(f"s={key.selector};".encode() in after for key in old)
    assert [key.state.value for key in keys] == ["retired"] * 2 + ["active"] * 2
    clock.advance(days=7)
    _, keys = await domains.verify(ME, "example.com")
    assert [bool(key.sealed_private) for key in keys] == [False] * 2 + [True] * 2


async def test_keys_that_nobody_published_give_way_to_the_next(create, domains):
    _, first = await create()
    _, second = await domains.rotate(ME, "example.com")
    assert len(second) == len(first) == 2
    assert not {key.id for key in first} & {key.id for key in second}


async def test_mail_between_domains_of_ours_goes_over_no_wire(create, published, post):
    for name in ("example.com", "example.net"):
        await published(await create(name))
    sender, receiver = await post.inbox(), await post.inbox("example.net")
    delivery = await post.send(sender, to="support+x@example.net")
    async with RemoteMta() as mta:
        await post.queue(mta).step()
    assert mta.sessions == []
    assert (await post.state(delivery)).state is State.DELIVERED
    assert receiver.domain == "example.net"


async def test_the_second_account_with_the_proof_waits_for_the_first_to_give_up(
    create, published, domains, told
):
    other = principal(account(2))
    theirs = await create(of=2)
    await published(await create())
    with pytest.raises(NotFound):
        await domains.get(ME, theirs[0].id)
    domain, _ = found = await published(theirs, other)
    assert domain.verified_at is None
    assert states(domains, found)["ownership"] is RecordState.WRONG
    await domains.delete(other, domain.id)
    with pytest.raises(AlreadyExists, match="another account"):
        await create(of=2)
    await domains.delete(ME, "example.com")
    await create(of=2)
    domain, _ = await published(await domains.get(other, "example.com"), other)
    assert domain.verified_at is not None
    assert ("domain.deleted", "its keys are destroyed") in await told()


async def test_mail_waits_while_its_domain_is_another_accounts(
    create, published, domains, post, server, clock
):
    other, theirs = principal(account(2)), await create(of=2)
    known = await published(await create())
    inbox, ownership = await post.inbox(), domains.records(*known)[0]
    zone.withdraw(server, ownership)
    for _ in range(2):
        await domains.verify(ME, "example.com")
        clock.advance(days=3)
    delivery = await post.send(inbox)
    await published(theirs, other)
    async with RemoteMta() as mta:
        queue = post.queue(mta)
        await queue.step()
        assert (await post.state(delivery)).hold_reason == "domain_lost"
        assert mta.sessions == []
        await domains.delete(other, "example.com")
        zone.publish(server, ownership)
        await domains.verify(ME, "example.com")
        await queue.step()
        assert len(mta.accepted) == 1


async def test_a_domain_with_inboxes_is_not_given_up(
    create, published, domains, post, db
):
    await published(await create())
    inbox = await post.inbox()
    with pytest.raises(WrongState) as caught:
        await domains.delete(ME, "example.com")
    assert caught.value.reason == "DOMAIN_IN_USE"
    assert caught.value.details == {"domain": "example.com", "inboxes": "1"}
    await inboxes.disable(db, ME, inbox.id)
    await domains.delete(ME, "example.com")
    with pytest.raises(NotFound):
        await domains.get(ME, "example.com")
    with pytest.raises(WrongState) as caught:
        await inboxes.activate(db, ME, inbox.id)
    assert caught.value.reason == "DOMAIN_UNVERIFIED"


async def test_a_repeated_request_makes_no_second_domain(create):
    first, keys = await create(request_id="r1", digest=b"a")
    assert await create(request_id="r1", digest=b"a") == (first, keys)
    with pytest.raises(WrongState) as caught:
        await create("example.net", request_id="r1", digest=b"b")
    assert caught.value.reason == "REQUEST_ID_REUSED"
    with pytest.raises(AlreadyExists):
        await create()


async def test_a_domain_that_is_given_up_while_it_is_created_again_has_keys(
    create, domains, monkeypatch
):
    first, old = await create()
    remember = domains._remembering

    async def late(*given):
        if (await domains.list_newest(ME, "", 1))[0][0].id == first.id:
            await domains.delete(ME, first.id)
            monkeypatch.undo()
        return await remember(*given)

    monkeypatch.setattr(domains, "_remembering", late)
    again, keys = await create()
    assert again.id != first.id
    assert len(keys) == len(old) == 2
    assert not {key.id for key in keys} & {key.id for key in old}


async def test_an_account_has_no_more_domains_than_the_setting_allows(
    create, domains, looker, its_settings
):
    few = its_settings.model_copy(update={"domains_per_account_max": 2})
    domains._looker = replace(looker, settings=few)
    await create("a.example", of=2)
    first, _ = await create("a.example", request_id="r1", digest=b"a")
    await create("b.example")
    with pytest.raises(LimitExceeded, match="delete one") as caught:
        await create("c.example")
    assert caught.value.reason == "TOO_MANY_DOMAINS"
    assert caught.value.details == {"limit": "2"}
    again, _ = await create("a.example", request_id="r1", digest=b"a")
    assert again == first
    with pytest.raises(AlreadyExists):
        await create("b.example")
    await domains.delete(ME, "b.example")
    await create("c.example")


async def test_domains_are_listed_newest_first(create, domains, clock):
    made = []
    for name in ("a.example", "b.example", "c.example"):
        clock.advance(seconds=1)
        made.append(await create(name))
    assert await domains.list_newest(ME, "", 2) == made[:0:-1]
    assert await domains.list_newest(ME, made[1][0].id, 2) == [made[0]]
    assert await domains.list_newest(principal(account(2)), "", 2) == []


async def test_names_of_the_server_are_the_operators(create, its_settings):
    for name in (its_settings.hostname, "mailbot.example"):
        with pytest.raises(InvalidInput, match="its operator"):
            await create(name)
    domain, _ = await create("mailbot.example", scopes=frozenset({OPERATOR}))
    assert domain.name == "mailbot.example"


async def test_a_key_for_some_inboxes_sees_no_domains(create, domains):
    await create()
    few = principal(inbox_ids=("inb_1",))
    for call in (
        domains.get(few, "example.com"),
        domains.list_newest(few, "", 1),
        domains.verify(few, "example.com"),
        domains.rotate(few, "example.com"),
        domains.delete(few, "example.com"),
        domains.create(few, "example.net", "", b""),
    ):
        with pytest.raises(NotAllowed):
            await call


async def test_private_keys_are_nowhere_in_the_database_as_they_are(
    create, db, tmp_path
):
    _, keys = await create()
    plain = [vault().open(key.sealed_private, key.id, key.domain) for key in keys]
    assert [len(each) > 40 for each in plain] == [True, True]
    stored = await db.read(domain_keys.of_domain, keys[0].account_id, keys[0].domain_id)
    kept = b"".join(key.sealed_private for key in stored)
    kept += b"".join(file.read_bytes() for file in tmp_path.rglob("*.db*"))
    assert db.is_postgres or keys[0].id.encode() in kept
    for each in plain:
        # The numbers that make it private are at its end.
        assert each[-32:] not in kept
    assert b"PRIVATE KEY" not in kept


async def test_a_record_that_vanishes_is_told_and_signing_goes_on(
    create, published, domains, server, told, clock
):
    domain, keys = known = await published(await create())
    gone = [r for r in domains.records(*known) if r.purpose is Purpose.DKIM]
    zone.withdraw(server, *gone)
    clock.advance(hours=6)
    after, keys = await domains.verify(ME, domain.id)
    assert {key.state for key in keys} == {KeyState.ACTIVE}
    assert states(domains, (after, keys))["dkim"] is RecordState.MISSING
    kind, words = (await told())[-1]
    assert kind == "domain.changed"
    assert f"dkim record {keys[0].host} is gone" in words
    count = len(await told())
    zone.fail(server, *domains.records(*known))
    clock.advance(hours=6)
    after, _ = await domains.verify(ME, domain.id)
    assert after.verified_at == domain.verified_at
    assert len(await told()) == count


async def test_ownership_that_is_gone_for_three_days_allows_no_new_inboxes(
    create, published, domains, server, post, clock
):
    domain, keys = await published(await create())
    zone.withdraw(server, domains.records(domain, keys)[0])
    await domains.verify(ME, domain.id)
    clock.advance(days=2)
    after, _ = await domains.verify(ME, domain.id)
    assert after.verified_at is not None
    clock.advance(days=1)
    after, _ = await domains.verify(ME, domain.id)
    assert after.verified_at is None
    with pytest.raises(WrongState):
        await post.inbox()
    assert after.checks_at <= clock() + timedelta(hours=1)
