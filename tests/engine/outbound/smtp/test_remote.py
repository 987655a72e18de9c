"""One attempt at the hosts of a domain, with real servers on loopback."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest

from mailbot_server.config import load
from mailbot_server.core.delivery import (
    Accepted,
    Deferred,
    Lost,
    Outcome,
    Refused,
    Stage,
)
from mailbot_server.core.mail.reply import Reply
from mailbot_server.engine.dns import Status
from mailbot_server.engine.outbound.routing import route
from mailbot_server.engine.outbound.routing.guard import Guard
from mailbot_server.engine.outbound.smtp import remote
from mailbot_server.engine.outbound.smtp.dialogue import Dialogues, Direction, Line
from mailbot_server.engine.outbound.smtp.progress import Progress
from mailbot_server.engine.outbound.smtp.remote import Remote
from mailbot_server.engine.outbound.smtp.session import Transaction
from tests.fakes.certificate import server_context
from tests.fakes.remote_mta import (
    ALERT,
    CLOSE,
    RESET,
    SILENCE,
    After,
    RemoteMta,
    Then,
)
from tests.fakes.resolver import FakeResolver

TRANSACTION = Transaction(
    reverse_path="user@example.net",
    recipient="customer@example.com",
    raw=b"Subject: hello\r\n\r\nHow are you?\r\n",
)


@pytest.fixture
def resolver() -> FakeResolver:
    made = FakeResolver()
    made.addresses_of["mx.example.com"] = ["127.0.0.1"]
    return made


@pytest.fixture
def database_url(tmp_path, sqlite_template) -> str:
    """One kind of database is enough: what is remembered has its own tests."""
    path = tmp_path / "mailbot.db"
    path.write_bytes(sqlite_template)
    return f"sqlite:///{path}"


@pytest.fixture
def guard_of(db, clock, metrics, resolver):
    """Decides about protection by these settings."""
    return lambda settings: Guard(db, clock, settings, metrics, resolver)


@pytest.fixture
def attempt(clock, metrics, resolver, guard_of):
    """Delivers to example.com with these settings."""

    async def deliver(**settings) -> Outcome:
        made = load(hostname="mail.example.net", **settings)
        way = route.choose(made, "example.com")
        sender = Remote(made, metrics, resolver, Dialogues(clock), guard_of(made))
        progress = Progress(clock, metrics, way.way.value)
        try:
            return await sender.deliver(way, TRANSACTION, progress, b"seed")
        finally:
            sender.close()

    return deliver


@pytest.fixture
def make(clock, metrics, resolver, guard_of):
    """A way out with these settings, for several attempts."""
    made: list[Remote] = []

    def remote_with(**settings):
        its = load(hostname="mail.example.net", **settings)
        sender = Remote(its, metrics, resolver, Dialogues(clock), guard_of(its))
        made.append(sender)

        async def deliver(
            domain: str = "example.com",
            transaction: Transaction = TRANSACTION,
            **keywords,
        ) -> Outcome:
            way = route.choose(its, domain)
            progress = Progress(clock, metrics, way.way.value)
            return await sender.deliver(way, transaction, progress, b"seed", **keywords)

        return sender, deliver

    yield remote_with
    for sender in made:
        sender.close()


def pinned(mta: RemoteMta) -> dict:
    return {"routes": [{"domain": "example.com", "host": mta.host, "port": mta.port}]}


@pytest.fixture
async def hosts(monkeypatch, resolver):
    """
    MX hosts of example.com, each with a server; the first is preferred.

    They differ by address and share one port, which is not 25 in a test.
    """
    async with AsyncExitStack() as stack:

        async def start(*mtas: RemoteMta) -> None:
            resolver.mx_of["example.com"] = []
            port = 0
            for number, mta in enumerate(mtas, start=1):
                mta.host, mta.port = f"127.0.0.{number + 1}", port
                await stack.enter_async_context(mta)
                port = mta.port
                name = f"mx{number}.example.com"
                resolver.mx_of["example.com"].append((number, name))
                resolver.addresses_of[name] = [mta.host]
            monkeypatch.setattr(route, "SMTP_PORT", port)

        yield start


# --- outcomes ---


async def test_a_pinned_host_that_takes_the_message_is_the_end(attempt):
    async with RemoteMta() as mta:
        outcome = await attempt(**pinned(mta))
    assert isinstance(outcome, Accepted)
    assert outcome.is_final
    assert outcome.trace.route == "pinned"
    assert outcome.trace.reply == Reply(code=250, enhanced="2.0.0", text="Queued as 42")
    assert outcome.trace.stage is Stage.EOD
    assert outcome.trace.tls_level == "none"


async def test_a_smart_host_that_takes_the_message_is_not_the_end(attempt):
    async with RemoteMta("AUTH PLAIN") as mta:
        outcome = await attempt(
            smart_host={
                "host": "localhost",
                "port": mta.port,
                "tls": "none",
                "username": "user",
                "password": "secret",
            }
        )
    assert isinstance(outcome, Accepted)
    assert not outcome.is_final
    assert mta.accepted[0].user == "user"


@pytest.mark.parametrize(
    ("records", "kind", "enhanced"),
    [
        pytest.param(Status.NXDOMAIN, Refused, "5.1.2", id="d1-nxdomain"),
        pytest.param([(0, "")], Refused, "5.1.10", id="d1-null-mx"),
        pytest.param(Status.FAILED, Deferred, "4.4.3", id="d2-servfail"),
        pytest.param(Status.TIMEOUT, Deferred, "4.4.3", id="d2-timeout"),
    ],
)
async def test_dns_alone_can_decide(attempt, resolver, records, kind, enhanced):
    resolver.mx_of["example.com"] = records
    outcome = await attempt()
    assert isinstance(outcome, kind)
    assert outcome.trace.stage is Stage.ROUTE
    assert outcome.trace.reply == Reply(code=0, enhanced=enhanced)
    assert outcome.trace.diagnostic


async def test_d3_a_private_mx_host_is_not_connected_to(attempt, hosts):
    mta = RemoteMta()
    await hosts(mta)
    outcome = await attempt()
    assert isinstance(outcome, Refused)
    assert outcome.trace.reply == Reply(code=0, enhanced="5.4.6")
    assert mta.sessions == []


# --- more than one host ---


async def test_d4_a_first_host_that_is_not_there_costs_nothing(
    attempt, hosts, resolver
):
    mta = RemoteMta()
    await hosts(mta)
    resolver.mx_of["example.com"] = [(1, "away.example.com"), (2, "mx1.example.com")]
    resolver.addresses_of["away.example.com"] = ["127.0.0.99", "127.0.0.98"]
    outcome = await attempt(allow_private_destinations=True)
    assert isinstance(outcome, Accepted)
    assert outcome.trace.host == "mx1.example.com"


@pytest.mark.parametrize("answer", [CLOSE, SILENCE, "421 4.3.2 Busy", "554 5.7.1 No"])
async def test_d4_a_first_host_that_does_not_greet_is_passed_by(attempt, hosts, answer):
    first, second = RemoteMta(), RemoteMta()
    first.script["greeting"] = [answer]
    await hosts(first, second)
    outcome = await attempt(allow_private_destinations=True, smtp_greeting_seconds=0.05)
    assert isinstance(outcome, Accepted)
    assert outcome.trace.host == "mx2.example.com"


async def test_a_host_that_says_not_now_leaves_one_more_to_ask(attempt, hosts):
    mtas = [RemoteMta(), RemoteMta(), RemoteMta()]
    for mta in mtas:
        mta.script["RCPT"] = ["450 4.2.0 Greylisted"]
    await hosts(*mtas)
    outcome = await attempt(allow_private_destinations=True)
    assert isinstance(outcome, Deferred)
    assert outcome.trace.reply == Reply(code=450, enhanced="4.2.0", text="Greylisted")
    assert [len(mta.sessions) for mta in mtas] == [1, 1, 0]
    assert remote.SESSIONS_MAX == 2


async def test_a_refusal_of_the_recipient_ends_the_attempt(attempt, hosts):
    first, second = RemoteMta(), RemoteMta()
    first.script["RCPT"] = ["550 5.1.1 No such user"]
    await hosts(first, second)
    assert isinstance(await attempt(allow_private_destinations=True), Refused)
    assert second.sessions == []


async def test_a_loss_ends_the_attempt_so_that_no_copy_is_made_at_once(attempt, hosts):
    first, second = RemoteMta(), RemoteMta()
    first.script["EOD"] = [CLOSE]
    await hosts(first, second)
    assert isinstance(await attempt(allow_private_destinations=True), Lost)
    assert second.sessions == []


async def test_when_every_host_refuses_to_talk_that_is_a_refusal(attempt, hosts):
    first, second = RemoteMta(), RemoteMta()
    for mta in (first, second):
        mta.script["greeting"] = ["521 5.3.2 We take no mail"]
    await hosts(first, second)
    outcome = await attempt(allow_private_destinations=True)
    assert isinstance(outcome, Refused)
    assert outcome.trace.stage is Stage.GREETING


async def test_a_host_that_is_away_outweighs_one_that_refuses_to_talk(
    attempt, hosts, resolver
):
    mta = RemoteMta()
    mta.script["greeting"] = ["521 5.3.2 We take no mail"]
    await hosts(mta)
    resolver.mx_of["example.com"] = [(1, "mx1.example.com"), (2, "away.example.com")]
    resolver.addresses_of["away.example.com"] = ["127.0.0.99"]
    outcome = await attempt(allow_private_destinations=True)
    assert isinstance(outcome, Deferred)
    assert outcome.trace.host == "away.example.com"


# --- opportunistic TLS ---


async def test_d10_a_host_with_a_certificate_that_nobody_trusts_still_gets_tls(
    attempt, pem
):
    async with RemoteMta(tls=server_context(pem)) as mta:
        outcome = await attempt(**pinned(mta))
    assert isinstance(outcome, Accepted)
    assert mta.accepted[0].is_tls
    assert outcome.trace.tls_level == "unverified"


@pytest.mark.parametrize(
    "answer", ["454 4.7.0 Not now", Then("220 Go ahead", b"what?\r\n"), CLOSE]
)
async def test_d10_after_a_broken_handshake_plaintext_goes_over_a_new_connection(
    attempt, answer
):
    async with RemoteMta("STARTTLS") as mta:
        mta.script["STARTTLS"] = [answer]
        outcome = await attempt(**pinned(mta))
    assert isinstance(outcome, Accepted)
    assert outcome.trace.tls_level == "none"
    assert len(mta.sessions) == 2
    assert not [line for line in mta.sessions[1] if line == "STARTTLS"]


async def test_a_smart_host_that_must_be_verified_never_gets_plaintext(attempt, pem):
    async with RemoteMta(tls=server_context(pem)) as mta:
        relay = {"host": "localhost", "port": mta.port, "tls": "starttls"}
        outcome = await attempt(smart_host=relay)
    assert isinstance(outcome, Deferred)
    assert outcome.trace.stage is Stage.TLS
    assert mta.transactions == []


async def test_a_deferral_after_the_handshake_is_no_reason_for_plaintext(attempt, pem):
    async with RemoteMta(tls=server_context(pem)) as mta:
        mta.script["MAIL"] = ["450 4.2.0 Greylisted"]
        outcome = await attempt(**pinned(mta))
    assert isinstance(outcome, Deferred)
    assert len(mta.sessions) == 1


@pytest.mark.parametrize("answer", ["451 4.3.0 Not now", CLOSE])
async def test_d10_an_end_after_the_handshake_says_nothing_against_tls(
    make, pem, answer
):
    async with RemoteMta(tls=server_context(pem)) as mta:
        mta.script["EHLO"] = ["250 mx.example.com\n250 STARTTLS", answer]
        sender, deliver = make(**pinned(mta), smtp_reply_seconds=1.0)
        outcome = await deliver()
        assert isinstance(outcome, Deferred)
        assert outcome.trace.tls_level == "unverified"
        assert len(mta.sessions) == 1
        assert isinstance(await deliver(), Accepted)
        sender.close()
    assert [taken.is_tls for taken in mta.accepted] == [True]


@pytest.mark.parametrize(
    "answer", ["454 4.7.0 Not now", CLOSE, SILENCE, Then("220 Go ahead", CLOSE)]
)
async def test_d10_what_passes_is_followed_by_plaintext_once(make, pem, answer):
    async with RemoteMta(tls=server_context(pem)) as mta:
        mta.script["STARTTLS"] = [answer]
        sender, deliver = make(**pinned(mta), smtp_reply_seconds=1.0)
        outcomes = [await deliver() for _ in range(2)]
        sender.close()
    levels = [outcome.trace.tls_level for outcome in outcomes]
    assert levels == ["none", "unverified"]


async def test_d10_what_was_opened_in_plaintext_is_lent_as_that(make):
    async with RemoteMta("STARTTLS") as mta:
        mta.script["STARTTLS"] = [Then("220 Go ahead", ALERT)]
        sender, deliver = make(**pinned(mta))
        outcomes = [await deliver() for _ in range(3)]
        sender.close()
    assert all(isinstance(outcome, Accepted) for outcome in outcomes)
    assert [verbs(mta, n).count("STARTTLS") for n in (0, 1)] == [1, 0]
    assert len(mta.sessions) == 2


async def test_d11_a_message_that_requires_tls_is_not_lent_an_unproven_connection(
    make, pem
):
    async with RemoteMta(tls=server_context(pem)) as mta:
        way = {"domain": "example.com", "host": "localhost", "port": mta.port}
        sender, deliver = make(routes=[way])
        assert isinstance(await deliver(), Accepted)
        assert mta.open_sessions == 1
        outcome = await deliver(transaction=replace(TRANSACTION, require_tls=True))
        assert isinstance(outcome, Deferred)
        assert outcome.trace.stage is Stage.TLS
        sender.close()
    assert len(mta.accepted) == 1


async def test_proven_connections_are_shared_by_messages_that_ask_for_it(make, pem):
    asking = replace(TRANSACTION, require_tls=True)
    async with RemoteMta(tls=server_context(pem)) as mta:
        way = {"domain": "example.com", "host": "mx.example.com", "port": mta.port}
        sender, deliver = make(routes=[way], tls_ca_file=pem)
        outcomes = [await deliver(transaction=asking) for _ in range(2)]
        sender.close()
    assert [outcome.trace.tls_level for outcome in outcomes] == ["verified"] * 2
    assert len(mta.sessions) == 1


# --- connections that are used again ---


def verbs(mta: RemoteMta, number: int = 0) -> list[str]:
    return [line.split()[0] for line in mta.sessions[number]]


def reuse(metrics, result: str) -> float | None:
    name = "mailbot_smtp_client_connection_reuse_total"
    return metrics.registry.get_sample_value(name, {"result": result})


async def test_messages_to_one_destination_share_a_connection(make, metrics, pem):
    async with RemoteMta("PIPELINING", tls=server_context(pem)) as mta:
        sender, deliver = make(**pinned(mta))
        outcomes = [await deliver() for _ in range(3)]
        sender.close()
    transaction = ["MAIL", "RCPT", "DATA"]
    hello = ["EHLO", "STARTTLS", "EHLO"]
    assert verbs(mta) == [*hello, *transaction * 3, "QUIT"]
    assert all(isinstance(outcome, Accepted) for outcome in outcomes)
    first, _, last = (outcome.trace for outcome in outcomes)
    assert (last.host, last.address) == (first.host, first.address)
    assert (last.tls_level, last.tls_cipher) == (first.tls_level, first.tls_cipher)
    assert last.tls_level == "unverified"
    assert reuse(metrics, "reused") == 2


async def test_messages_at_the_same_time_have_a_connection_each(make):
    async with RemoteMta() as mta:
        sender, deliver = make(**pinned(mta))
        await asyncio.gather(deliver(), deliver())
        await asyncio.gather(deliver(), deliver())
        sender.close()
    assert len(mta.sessions) == 2
    assert len(mta.accepted) == 4


async def test_domains_that_share_a_host_share_its_connections(make, hosts, resolver):
    mta = RemoteMta()
    await hosts(mta)
    resolver.mx_of["example.org"] = resolver.mx_of["example.com"]
    sender, deliver = make(allow_private_destinations=True)
    await deliver()
    await deliver("example.org")
    sender.close()
    assert len(mta.sessions) == 1


async def test_a_call_may_allow_fewer_messages_on_a_connection(make):
    async with RemoteMta() as mta:
        _, deliver = make(**pinned(mta))
        await deliver(messages_max=1)
        await deliver(messages_max=1)
    assert len(mta.sessions) == 2


async def test_a_refused_recipient_leaves_the_connection_to_the_next(make):
    async with RemoteMta() as mta:
        mta.script["RCPT"] = ["550 5.1.1 No such user"]
        sender, deliver = make(**pinned(mta))
        assert isinstance(await deliver(), Refused)
        assert isinstance(await deliver(), Accepted)
        sender.close()
    assert len(mta.sessions) == 1
    assert "RSET" in verbs(mta)


@pytest.mark.parametrize("extensions", [(), ("PIPELINING",)])
@pytest.mark.parametrize("end", [CLOSE, RESET, "421 4.4.2 Idle too long", b"what?\r\n"])
async def test_d13_a_connection_that_went_stale_is_replaced_within_the_attempt(
    make, metrics, end, extensions
):
    async with RemoteMta(*extensions) as mta:
        mta.script["MAIL"] = ["250 OK", end]
        sender, deliver = make(**pinned(mta))
        await deliver()
        outcome = await deliver()
        sender.close()
    assert isinstance(outcome, Accepted)
    assert len(mta.sessions) == 2
    assert len(mta.accepted) == 2
    assert reuse(metrics, "stale") == 1


async def test_d13_a_host_that_forgot_us_is_not_waited_for_twice(make, metrics):
    both = asyncio.Event()
    async with RemoteMta() as mta:
        mta.script["MAIL"] = [After(both, "250 OK"), "250 OK", SILENCE]
        sender, deliver = make(**pinned(mta), smtp_reply_seconds=1.0)
        first = asyncio.create_task(deliver())
        await mta.reached("MAIL")
        second = asyncio.create_task(deliver())
        while len(mta.sessions) < 2:
            await mta.progressed()
        both.set()
        await asyncio.gather(first, second)
        assert isinstance(await deliver(), Accepted)
        sender.close()
    assert len(mta.sessions) == 3
    assert reuse(metrics, "reused") == 1


async def test_a_new_connection_that_is_refused_at_mail_is_not_stale(make, metrics):
    async with RemoteMta() as mta:
        mta.script["MAIL"] = ["421 4.7.0 Slow down"]
        _, deliver = make(**pinned(mta))
        assert isinstance(await deliver(), Deferred)
    assert len(mta.sessions) == 1
    assert reuse(metrics, "stale") == 0


async def test_an_answer_on_an_open_connection_is_an_answer(make, metrics):
    async with RemoteMta() as mta:
        mta.script["MAIL"] = ["250 OK", "451 4.3.0 Not now"]
        sender, deliver = make(**pinned(mta))
        await deliver()
        outcome = await deliver()
        sender.close()
    assert isinstance(outcome, Deferred)
    assert outcome.trace.reply == Reply(code=451, enhanced="4.3.0", text="Not now")
    assert reuse(metrics, "stale") == 0


async def test_what_broke_after_mail_on_an_open_connection_is_no_stale_one(make):
    async with RemoteMta() as mta:
        mta.script["RCPT"] = ["250 OK", CLOSE]
        _, deliver = make(**pinned(mta))
        await deliver()
        outcome = await deliver()
    assert isinstance(outcome, Deferred)
    assert outcome.trace.stage is Stage.RCPT
    assert len(mta.sessions) == 1


async def test_a_loss_on_an_open_connection_stays_a_loss(make):
    async with RemoteMta() as mta:
        mta.script["EOD"] = ["250 OK", CLOSE]
        _, deliver = make(**pinned(mta))
        await deliver()
        assert isinstance(await deliver(), Lost)
    assert len(mta.sessions) == 1


async def test_a_login_is_not_repeated_and_not_lent_to_others(make):
    async with RemoteMta("AUTH PLAIN") as mta:
        relay = {"host": "localhost", "port": mta.port, "tls": "none"}
        login = {"username": "user", "password": "secret"}
        sender, deliver = make(smart_host=relay | login)
        await deliver()
        await deliver()
        sender.close()
    assert verbs(mta).count("AUTH") == 1
    assert [taken.user for taken in mta.accepted] == ["user", "user"]


async def test_an_attempt_that_is_called_off_gives_nothing_back(make):
    never = asyncio.Event()
    async with RemoteMta() as mta:
        mta.script["RCPT"] = [After(never, "250 OK")]
        sender, deliver = make(**pinned(mta))
        sending = asyncio.create_task(deliver())
        await mta.reached("RCPT")
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        never.set()
        assert isinstance(await deliver(), Accepted)
        sender.close()
    assert len(mta.sessions) == 2


async def test_who_watches_a_destination_sees_its_dialogue(
    clock, metrics, resolver, guard_of
):
    async with RemoteMta("AUTH PLAIN", "PIPELINING") as mta:
        relay = {"host": "localhost", "port": mta.port, "tls": "none"}
        login = {"username": "user", "password": "secret"}
        made = load(hostname="mail.example.net", smart_host=relay | login)
        dialogues = Dialogues(clock)
        sender = Remote(made, metrics, resolver, dialogues, guard_of(made))
        way = route.choose(made, "example.com")
        with dialogues.watch("example.com") as watcher:
            progress = Progress(clock, metrics, way.way.value)
            await sender.deliver(way, TRANSACTION, progress, b"seed")
            seen: list[Line] = []
            while not seen or seen[-1].text != "250 2.0.0 Queued as 42":
                seen.append(await anext(watcher))
        sender.close()
    said = [line.text for line in seen if line.direction is Direction.SENT]
    assert said == [
        *("EHLO mail.example.net", "AUTH [hidden]"),
        "MAIL FROM:<user@example.net>",
        "RCPT TO:<customer@example.com>",
        *("DATA", f"[{len(TRANSACTION.raw)} octets]"),
    ]
    heard = [line.text[:3] for line in seen if line.direction is Direction.HEARD]
    assert heard == ["220", "250", "235", "250", "250", "354", "250"]
    assert seen[-1].host == f"localhost (127.0.0.1:{mta.port})"
    notes = [line.text for line in seen if line.direction is Direction.NOTE]
    assert notes == [
        *("connecting", "could not connect: Connection refused", "connecting"),
        "plaintext",
    ]
    assert not any("How are you" in line.text for line in seen)
