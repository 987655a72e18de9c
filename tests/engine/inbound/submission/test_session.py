"""
What the submission port answers, over real sockets and TLS.

Tests of one row of the fault table carry its id.
"""

import asyncio
import smtplib
import ssl
from datetime import timedelta

import pytest

from mailbot_server.core.delivery import State
from mailbot_server.core.errors import Unavailable
from mailbot_server.core.event import EventType
from mailbot_server.core.inbox import InboxState, Suspension
from mailbot_server.core.mail import dsn
from mailbot_server.core.message import Direction, Via
from mailbot_server.core.suppression import Suppression, SuppressionReason
from mailbot_server.engine.outbound.routing.stays import HOSTNAME_UNSET
from mailbot_server.store import deliveries, keys, suppressions
from tests.engine.inbound.submission.conftest import (
    encoded,
    plain,
    presented,
    stored_key,
)
from tests.fakes import tenants
from tests.fakes.smtp_peer import Peer

TO = "carol@example.com"
CONTENT = b"Subject: Hello\r\n\r\nHow are you?"


@pytest.fixture
def database_url(request, database_url: str) -> str:
    """SQLite, and PostgreSQL for a test that says so."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return database_url
    url: str = request.getfixturevalue("postgres_url")
    return url


def sample(metrics, name: str, **labels: str) -> float:
    return metrics.registry.get_sample_value(f"mailbot_{name}", labels) or 0


async def test_dsn_is_offered_at_once_and_auth_once_there_is_tls(client):
    before = await client.ask("EHLO client.example.org")
    assert before == (
        "250-mailbot.localhost\n250-PIPELINING\n250-SIZE 26214400\n250-8BITMIME\n"
        "250-SMTPUTF8\n250-STARTTLS\n250-ENHANCEDSTATUSCODES\n250-DSN\n250 HELP"
    )
    after = await client.secure()
    assert "250-AUTH PLAIN LOGIN\n" in after
    assert "STARTTLS" not in after


async def test_B3_nobody_logs_in_without_tls(client, inbox, metrics):
    await client.ask("EHLO client.example.org")
    answer = await client.log_in(inbox.address)
    assert answer.startswith("538 5.7.11")
    assert (await client.ask("AUTH LOGIN")).startswith("538 5.7.11")
    assert sample(metrics, "auth_attempts_total", surface="smtp", result="ok") == 0


async def test_B2_what_comes_with_starttls_is_never_obeyed(client, inbox):
    await client.ask("EHLO client.example.org")
    await client.send(b"STARTTLS\r\nMAIL FROM:<x@example.org>\r\n")
    assert (await client.reply()).startswith("554 5.5.0")
    assert await client.is_closed()


async def test_a_message_is_queued_before_250_names_it(sender, db, inbox, stored):
    answer = await sender.hand_in(inbox.address, TO, content=CONTENT)
    [message] = await stored.messages()
    assert answer == f"250 2.0.0 Ok: queued as {message.id}"
    assert message.direction is Direction.OUTBOUND
    assert message.via is Via.SMTP
    assert message.envelope_sender == inbox.address
    [delivery] = (await db.read(deliveries.of_messages, [message.id]))[message.id]
    assert delivery.recipient == TO
    first, *_ = await stored.events()
    assert first.type is EventType.MESSAGE_QUEUED


@pytest.mark.parametrize("hostname", ["mail.example.com", ""])
async def test_what_the_settings_let_nowhere_is_held_at_once(
    serve, connect, db, inbox, stored, hostname
):
    client = await connect(await serve(hostname=hostname))
    await client.secure()
    await client.log_in(inbox.address)
    await client.hand_in(inbox.address, TO, content=CONTENT)
    [message] = await stored.messages()
    [delivery] = (await db.read(deliveries.of_messages, [message.id]))[message.id]
    expected = (State.QUEUED, "") if hostname else (State.HELD, HOSTNAME_UNSET)
    assert (delivery.state, delivery.hold_reason) == expected
    held = [] if hostname else [EventType.MESSAGE_HELD]
    kinds = [each.type for each in await stored.events()]
    assert kinds == [EventType.MESSAGE_QUEUED, *held]


async def test_what_is_stored_is_complete_and_tells_of_no_network(
    sender, inbox, stored
):
    await sender.hand_in(inbox.address, TO, content=CONTENT)
    [message] = await stored.messages()
    head, _, body = (await stored.raw(message)).partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert lines[0] == (f"Received: by mailbot.localhost with ESMTPSA id {message.id};")
    names = [line.partition(":")[0] for line in lines if not line.startswith("\t")]
    assert names == [
        *("Received", "Date", "From", "Message-ID", "MIME-Version", "Subject"),
    ]
    assert b"127.0.0.1" not in head
    assert b"client.example.org" not in head
    assert body == b"How are you?\r\n"


@pytest.mark.parametrize("word", ["PLAIN", "plain", "Plain"])
async def test_B4_a_mechanism_is_known_in_any_case(secured, inbox, word):
    response = plain(inbox.address, presented())
    assert (await secured.ask(f"auth {word} {response}")).startswith("235 2.7.0")


async def test_B4_tls_may_come_before_the_first_word(listener, inbox, stored):
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE

    def deliver() -> dict[str, tuple[int, bytes]]:
        number = listener.ports[1]
        with smtplib.SMTP_SSL(
            "127.0.0.1", number, timeout=10, context=context
        ) as client:
            client.login(inbox.address, presented())
            return client.sendmail(inbox.address, [TO], CONTENT)

    assert await asyncio.to_thread(deliver) == {}
    assert len(await stored.messages()) == 1


async def test_a_client_that_speaks_plainly_to_the_tls_port_is_left(listener):
    peer = Peer(*await asyncio.open_connection("127.0.0.1", listener.ports[1]))
    await peer.send(b"EHLO client.example.org\r\n")
    assert await peer.is_closed()
    await peer.close()


async def test_B21_a_proxy_may_stand_before_the_tls_port(serve, inbox):
    listener = await serve(smtp_proxy_networks=["127.0.0.1"])
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    tls = context.wrap_bio(incoming, outgoing)
    reader, writer = await asyncio.open_connection("127.0.0.1", listener.ports[1])

    async def speak(step, *arguments):
        while True:
            try:
                return step(*arguments)
            except ssl.SSLWantReadError:
                writer.write(outgoing.read())
                incoming.write(await reader.read(65536))
            finally:
                writer.write(outgoing.read())

    with pytest.raises(ssl.SSLWantReadError):
        tls.do_handshake()
    # The client's first TLS record comes together with the proxy's words.
    writer.write(b"PROXY TCP4 198.51.100.7 192.0.2.1 1 465\r\n" + outgoing.read())
    await speak(tls.do_handshake)
    assert (await speak(tls.read, 1000)).startswith(b"220 ")
    await speak(tls.write, b"EHLO client.example.org\r\n")
    assert b"250-AUTH PLAIN LOGIN\r\n" in await speak(tls.read, 1000)
    [one] = listener._site.open
    assert one.peer_ip == "198.51.100.7"
    writer.close()
    await writer.wait_closed()


async def test_plain_may_wait_for_the_challenge(secured, inbox):
    assert await secured.ask("AUTH PLAIN") == "334 "
    answer = await secured.ask(plain(inbox.address, presented()))
    assert answer.startswith("235 2.7.0")


@pytest.mark.parametrize("acts_as", [True, False])
async def test_plain_may_name_itself_as_whom_it_acts_for(secured, inbox, acts_as):
    other = inbox.address if acts_as else "bob@example.com"
    response = plain(inbox.address, presented(), other)
    expected = "235 2.7.0" if acts_as else "501 5.5.2"
    assert (await secured.ask(f"AUTH PLAIN {response}")).startswith(expected)


async def test_login_asks_for_the_name_and_then_the_password(secured, inbox):
    assert await secured.ask("AUTH LOGIN") == "334 VXNlcm5hbWU6"
    assert await secured.ask(encoded(inbox.address.upper())) == "334 UGFzc3dvcmQ6"
    assert (await secured.ask(encoded(presented()))).startswith("235 2.7.0")


async def test_login_may_begin_with_the_name(secured, inbox):
    assert (
        await secured.ask(f"AUTH LOGIN {encoded(inbox.address)}") == "334 UGFzc3dvcmQ6"
    )
    assert (await secured.ask(encoded(presented()))).startswith("235 2.7.0")


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN"])
async def test_a_star_cancels(secured, inbox, mechanism):
    assert (await secured.ask(f"AUTH {mechanism}")).startswith("334")
    assert (await secured.ask("*")).startswith("501 5.7.0")
    assert (await secured.log_in(inbox.address)).startswith("235")


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("AUTH", "504 5.5.4"),
        ("AUTH CRAM-MD5", "504 5.5.4"),
        ("AUTH PLAIN =", "501 5.5.2"),
        ("AUTH PLAIN !!!", "501 5.5.2"),
        ("AUTH PLAIN /w==", "501 5.5.2"),
        ("AUTH PLAIN YQ==", "501 5.5.2"),
        ("AUTH PLAIN AAA=", "501 5.5.2"),
        ("AUTH LOGIN =", "501 5.5.2"),
        ("AUTH LOGIN ä", "501 5.5.2"),
    ],
)
async def test_what_cannot_be_read_proves_nothing(secured, command, answer):
    assert (await secured.ask(command)).startswith(answer)
    assert (await secured.ask("NOOP")).startswith("250")


@pytest.mark.parametrize(
    "database_url",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)],
    indirect=True,
)
async def test_no_database_is_asked_for_what_it_cannot_hold(secured, inbox):
    odd = encoded("who\0ami")
    assert (await secured.ask(f"AUTH LOGIN {odd}")).startswith("501 5.5.2")
    await secured.ask(f"AUTH LOGIN {encoded(inbox.address)}")
    assert (await secured.ask(odd)).startswith("501 5.5.2")
    assert (await secured.log_in(inbox.address)).startswith("235")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (b"x" * 20_000 + b"\r\n", "500 5.5.6"),
        (b"\xff\xfe\r\n", "501 5.5.2"),
        (b"YQ==\n", "501 5.5.2"),
        (b"\r\n", "501 5.5.2"),
    ],
)
async def test_an_odd_response_ends_the_exchange(secured, said, answer):
    await secured.ask("AUTH PLAIN")
    await secured.send(said)
    assert (await secured.reply()).startswith(answer)
    assert (await secured.ask("NOOP")).startswith("250")


async def test_auth_has_its_place(sender, client, listener, connect, inbox):
    assert (await sender.log_in(inbox.address)).startswith("503")
    fresh = await connect(listener)
    assert (await fresh.ask("AUTH PLAIN")).startswith("503")


async def test_nothing_is_taken_from_whom_nobody_knows(secured, inbox):
    answer = await secured.ask(f"MAIL FROM:<{inbox.address}>")
    assert answer.startswith("530 5.7.0")
    assert (await secured.ask(f"RCPT TO:<{TO}>")).startswith("503")
    assert (await secured.ask("DATA")).startswith("503")


async def test_every_wrong_login_has_the_same_answer(
    db, listener, connect, inbox, pauses
):
    stranger = await tenants.add_account(db, 2)
    theirs = await tenants.add_inbox(db, 2, stranger)
    narrow = stored_key(2, inbox_ids=("inb_other",))
    await db.write(keys.add, narrow)
    answers = set()
    for user, password in [
        (inbox.address, "wrong"),
        (inbox.address, presented(secret="8" * 52)),
        (inbox.address, presented(9)),
        (inbox.address, presented(2)),
        (theirs.address, presented()),
        ("nobody@mailbot.localhost", presented()),
    ]:
        client = await connect(listener)
        await client.secure()
        answers.add(await client.log_in(user, password))
        await client.close()
    [answer] = answers
    assert answer.startswith("535 5.7.8")
    assert len(pauses) == 6


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"revoked_at": tenants.BEGINNING}, "was revoked"),
        ({"expires_at": tenants.BEGINNING}, "has expired"),
        ({"scopes": frozenset({"messages:read"})}, "lacks the scope messages:send"),
    ],
    ids=["revoked", "expired", "scope"],
)
async def test_who_knows_a_key_is_told_what_is_wrong_with_it(
    db, secured, inbox, pauses, changes, words
):
    await db.write(keys.add, stored_key(2, **changes))
    answer = await secured.log_in(inbox.address, presented(2))
    assert answer.startswith("535 5.7.8")
    assert words in answer
    assert pauses == []


async def test_a_key_that_is_bound_to_the_inbox_may_send_from_it(
    db, secured, inbox, clock
):
    await db.write(keys.add, stored_key(2, inbox_ids=(inbox.id,)))
    clock.advance(minutes=2)
    assert (await secured.log_in(inbox.address, presented(2))).startswith("235")
    used = await db.read(keys.get, inbox.account_id, f"key_{2:026d}")
    assert used is not None
    assert used.last_used_at == clock()


async def test_B19_the_third_failure_of_a_connection_is_its_last(
    secured, inbox, pauses, metrics
):
    for _ in range(3):
        assert (await secured.log_in(inbox.address, "wrong")).startswith("535 5.7.8")
    assert (await secured.reply()).startswith("421 4.7.0")
    assert await secured.is_closed()
    assert pauses == [1, 2, 4]
    labels = {"surface": "smtp", "result": "bad_credentials"}
    assert sample(metrics, "auth_attempts_total", **labels) == 3


async def test_B19_who_guesses_at_a_login_does_not_lock_its_owner_out(
    listener, connect, inbox
):
    for number in range(4):
        guesser = await connect(listener, source=f"127.0.0.{10 + number}")
        await guesser.secure()
        for _ in range(3):
            answer = await guesser.log_in(inbox.address, "wrong")
            assert answer.startswith(("535 5.7.8", "421 4.7.0"))
            if answer.startswith("421"):
                break
    again = await connect(listener, source="127.0.0.10")
    await again.secure()
    # Even with the right password: whoever has guessed is not heard.
    assert (await again.log_in(inbox.address)).startswith("421 4.7.0")
    owner = await connect(listener, source="127.0.0.99")
    await owner.secure()
    assert (await owner.log_in(inbox.address)).startswith("235 2.7.0")


async def test_B19_who_waits_for_an_answer_does_not_delay_the_end(
    listener, connect, inbox, monkeypatch
):
    monkeypatch.undo()  # pauses take their time
    client = await connect(listener)
    await client.secure()
    response = plain(inbox.address, "wrong")
    await client.send(f"AUTH PLAIN {response}\r\n".encode())
    [session] = listener._site.open
    while not session._wire._is_resting:  # noqa: ASYNC110 - nobody tells of it
        await asyncio.sleep(0)
    draining = asyncio.create_task(listener.drain(30))
    assert (await client.reply()).startswith("421 4.3.2")
    await client.close()
    await draining


async def test_B19_an_address_that_failed_too_often_is_not_heard(
    listener, connect, inbox, metrics
):
    for number in range(10):
        client = await connect(listener)
        await client.secure()
        await client.log_in(f"user{number}@example.com", "wrong")
        await client.close()
    last = await connect(listener)
    await last.secure()
    assert (await last.log_in(inbox.address)).startswith("421 4.7.0")
    assert await last.is_closed()
    labels = {"surface": "smtp", "result": "throttled"}
    assert sample(metrics, "auth_attempts_total", **labels) == 1


async def test_a_store_that_is_away_is_no_wrong_password(
    secured, inbox, db, monkeypatch
):
    async def away(*_arguments):
        raise Unavailable("the database is not available; try again")

    monkeypatch.setattr(db, "read", away)
    assert (await secured.log_in(inbox.address)).startswith("454 4.7.0")


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("<>", "550 5.7.1"),
        ("<bob@example.com>", "550 5.7.1"),
        ("<{own}> RET=FULL ENVID=QQ314159+2B", "250 2.1.0"),
        ("<{own}> RET=hdrs AUTH=<>", "250 2.1.0"),
        ("<{own}> AUTH=e+3Dmc2@example.com SIZE=10 BODY=8BITMIME", "250 2.1.0"),
        ("<{own}> RET=SOME", "501 5.5.4"),
        ("<{own}> RET", "501 5.5.4"),
        ("<{own}> ENVID=+zz", "501 5.5.4"),
        ("<{own}> ENVID=", "501"),
        ("<{own}> ENVID=+0A", "501 5.5.4"),
        ("<{own}> NOTIFY=NEVER", "555 5.5.4"),
        ("<{own}> SIZE=26214401", "552 5.3.4"),
        ("{own}", "501 5.5.4"),
    ],
)
async def test_B16_mail_takes_the_inbox_and_what_rfc3461_offers(
    sender, inbox, path, answer
):
    said = await sender.ask(f"MAIL FROM:{path.format(own=inbox.address)}")
    assert said.startswith(answer), said


async def test_the_inbox_may_be_written_in_any_case(sender, inbox):
    assert (await sender.ask(f"MAIL FROM:<{inbox.address.upper()}>")).startswith("250")


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("<bob@example.com>", "250 2.1.5"),
        ("<bob@EXAMPLE.com> NOTIFY=SUCCESS,FAILURE,DELAY", "250 2.1.5"),
        ("<bob@example.com> notify=never ORCPT=rfc822;b+2Bb@example.com", "250 2.1.5"),
        ("<bob@example.com> ORCPT=utf-8;b\\x{E4}b@example.com", "250 2.1.5"),
        ("<bob@example.com> NOTIFY=NEVER,DELAY", "501 5.5.4"),
        ("<bob@example.com> NOTIFY=DELAY,DELAY", "501 5.5.4"),
        ("<bob@example.com> NOTIFY=", "501"),
        ("<bob@example.com> NOTIFY=OFTEN", "501 5.5.4"),
        ("<bob@example.com> ORCPT=bob@example.com", "501 5.5.4"),
        ("<bob@example.com> ORCPT=rfc822;b+2bb", "501 5.5.4"),
        ("<bob@example.com> RET=FULL", "555 5.5.4"),
        ("<Postmaster>", "501 5.1.3"),
        ("<bob@[192.0.2.1]>", "501 5.1.3"),
        ("<bob>", "501"),
    ],
)
async def test_B16_rcpt_takes_anybody_and_what_rfc3461_offers(
    sender, inbox, path, answer
):
    await sender.ask(f"MAIL FROM:<{inbox.address}>")
    said = await sender.ask(f"RCPT TO:{path}")
    assert said.startswith(answer), said


async def test_what_is_asked_of_reports_is_kept(sender, db, inbox, stored):
    await sender.ask(f"MAIL FROM:<{inbox.address}> RET=FULL ENVID=a+2Bb")
    await sender.ask(f"RCPT TO:<{TO}> NOTIFY=DELAY,FAILURE ORCPT=rfc822;x+2By")
    await sender.ask("RCPT TO:<dan@example.com>")
    await sender.ask("DATA")
    await sender.send(CONTENT + b"\r\n.\r\n")
    assert (await sender.reply()).startswith("250")
    [message] = await stored.messages()
    assert (message.dsn_return, message.dsn_envelope_id) == ("full", "a+b")
    its = (await db.read(deliveries.of_messages, [message.id]))[message.id]
    asked = {each.recipient: (each.dsn_notify, each.dsn_original) for each in its}
    assert asked == {
        TO: ("FAILURE,DELAY", "rfc822;x+2By"),
        "dan@example.com": ("", ""),
    }


async def test_fifty_recipients_are_taken_and_no_more(sender, inbox, stored, db):
    await sender.ask(f"MAIL FROM:<{inbox.address}>")
    for number in range(50):
        said = await sender.ask(f"RCPT TO:<u{number}@example.com>")
        assert said.startswith("250")
    assert (await sender.ask(f"RCPT TO:<{TO}>")).startswith("452 4.5.3")
    assert (await sender.ask("RCPT TO:<U7@example.com>")).startswith("250")
    await sender.ask("DATA")
    await sender.send(CONTENT + b"\r\n.\r\n")
    assert (await sender.reply()).startswith("250")
    [message] = await stored.messages()
    its = (await db.read(deliveries.of_messages, [message.id]))[message.id]
    assert len(its) == 50


@pytest.mark.parametrize("field", ["From: bob@example.com", "Sender: bob@example.com"])
async def test_nobody_writes_in_another_name(sender, inbox, stored, field):
    content = field.encode() + b"\r\n" + CONTENT
    answer = await sender.hand_in(inbox.address, TO, content=content)
    assert answer.startswith("550 5.7.1")
    assert inbox.address in answer
    assert await stored.messages() == []


async def test_odd_line_ends_are_put_right_and_end_nothing(sender, inbox, stored):
    content = CONTENT + b"\n.\nMAIL FROM:<x@example.org>\rend"
    assert (await sender.hand_in(inbox.address, TO, content=content))[:3] == "250"
    [message] = await stored.messages()
    raw = await stored.raw(message)
    assert raw.endswith(b"\r\n.\r\nMAIL FROM:<x@example.org>\r\nend\r\n")


async def test_the_same_again_is_the_same_message(sender, inbox, stored):
    content = b"Message-ID: <1@example.com>\r\n" + CONTENT
    first = await sender.hand_in(inbox.address, TO, content=content)
    again = await sender.hand_in(inbox.address, TO, content=content)
    assert first == again
    assert len(await stored.messages()) == 1


async def test_one_message_id_to_others_is_another_message(sender, inbox, stored):
    content = b"Message-ID: <1@example.com>\r\n" + CONTENT
    for recipient in (TO, "dan@example.com"):
        answer = await sender.hand_in(inbox.address, recipient, content=content)
        assert answer.startswith("250")
    assert [m.rfc822_message_id for m in await stored.messages()] == [
        "1@example.com",
        "1@example.com",
    ]


async def test_without_a_message_id_nothing_is_a_repeat(sender, inbox, stored):
    for _ in range(2):
        await sender.hand_in(inbox.address, TO, content=CONTENT)
    assert len(await stored.messages()) == 2


async def test_a_request_id_stands_for_one_message_only(sender, inbox, stored):
    content = b"X-Mailbot-Request-Id: order-7\r\n" + CONTENT
    first = await sender.hand_in(inbox.address, TO, content=content)
    assert first == await sender.hand_in(inbox.address, TO, content=content)
    other = await sender.hand_in(inbox.address, TO, content=content + b"!")
    assert other.startswith("554 5.6.0")
    [message] = await stored.messages()
    assert b"order-7" not in await stored.raw(message)


async def test_a_key_that_ends_ends_the_session(db, sender, inbox, key, stored):
    await sender.ask(f"MAIL FROM:<{inbox.address}>")
    await sender.ask(f"RCPT TO:<{TO}>")
    await sender.ask("DATA")
    await db.write(keys.revoke, inbox.account_id, key.id)
    await sender.send(CONTENT + b"\r\n.\r\n")
    answer = await sender.reply()
    assert answer.startswith("421 4.7.0")
    assert "revoked" in answer
    assert await sender.is_closed()
    assert await stored.messages() == []


async def test_a_key_that_expires_is_noticed_at_the_next_message(
    db, secured, inbox, clock
):
    soon = clock() + timedelta(minutes=1)
    await db.write(keys.add, stored_key(2, expires_at=soon))
    await secured.log_in(inbox.address, presented(2))
    clock.advance(minutes=1)
    answer = await secured.ask(f"MAIL FROM:<{inbox.address}>")
    assert answer.startswith("421 4.7.0")


@pytest.mark.parametrize(
    ("state", "answer"),
    [(InboxState.SUSPENDED, "450 4.7.1"), (InboxState.DISABLED, "550 5.7.1")],
)
async def test_an_inbox_that_may_not_send_is_told_at_mail(
    db, secured, inbox, state, answer
):
    why = Suspension(reason="abuse", by="operator", since=tenants.BEGINNING)
    suspension = why if state is InboxState.SUSPENDED else None
    stopped = await tenants.add_inbox(db, 2, state=state, suspension=suspension)
    assert (await secured.log_in(stopped.address)).startswith("235")
    said = await secured.ask(f"MAIL FROM:<{stopped.address}>")
    assert said.startswith(answer)


async def test_what_is_too_big_is_refused_and_counted(serve, connect, inbox, metrics):
    listener = await serve(smtp_message_bytes_max=65_536)
    client = await connect(listener)
    await client.secure()
    await client.log_in(inbox.address)
    content = b"Subject: x\r\n\r\n" + b"y" * 70 * 1000
    answer = await client.hand_in(inbox.address, TO, content=content)
    assert answer.startswith("552 5.3.4")
    assert (await client.ask("NOOP")).startswith("250")
    labels = {"via": "smtp", "stream": "transactional"}
    refused = {"result": "rejected", "reason": "size"}
    assert sample(metrics, "submissions_total", **labels, **refused) == 1


async def test_who_gets_no_mail_is_reported_back(sender, db, inbox, stored):
    def suppress(tx):
        dead = Suppression(
            id=tx.new_id("sup"),
            account_id=inbox.account_id,
            address=TO,
            reason=SuppressionReason.HARD_BOUNCE,
            created_at=tx.now,
        )
        suppressions.add(tx, [dead])

    await db.write(suppress)
    answer = await sender.hand_in(inbox.address, TO, "dan@example.com", content=CONTENT)
    assert answer.startswith("250")
    _, report = await stored.messages()
    assert report.direction is Direction.INBOUND
    told = dsn.read(await stored.raw(report))
    assert told is not None
    [failed] = told.recipients
    assert (failed.address, failed.action) == (TO, dsn.Action.FAILED)
    assert "suppressed" in failed.reply.text


async def test_of_all_who_get_no_mail_one_report_tells(sender, db, inbox, stored):
    dead = [f"dead{number}@example.com" for number in range(20)]

    def suppress(tx):
        new = [
            Suppression(
                id=tx.new_id("sup"),
                account_id=inbox.account_id,
                address=address,
                reason=SuppressionReason.MANUAL,
                created_at=tx.now,
            )
            for address in dead
        ]
        suppressions.add(tx, new)

    await db.write(suppress)
    assert (await sender.hand_in(inbox.address, TO, *dead, content=CONTENT))[
        :3
    ] == "250"
    reports = [m for m in await stored.messages() if m.direction is Direction.INBOUND]
    [told] = [dsn.read(await stored.raw(each)) for each in reports]
    assert told is not None
    assert [each.address for each in told.recipients] == dead


async def test_a_limit_that_is_used_up_is_a_reason_to_come_again(
    db, secured, inbox, metrics
):
    small = await tenants.add_inbox(db, 2, daily_send_limit=1)
    await secured.log_in(small.address)
    content = b"From: %s\r\n" % small.address.encode() + CONTENT
    both = (TO, "dan@example.com")
    never = await secured.hand_in(small.address, *both, content=content)
    assert never.startswith("550 5.7.1")
    first = await secured.hand_in(small.address, TO, content=content)
    assert first.startswith("250")
    later = await secured.hand_in(small.address, TO, content=content)
    assert later.startswith("450 4.7.1")
    assert "starts again at" in later
    labels = {"via": "smtp", "stream": "transactional", "result": "rejected"}
    refused = sample(metrics, "submissions_total", **labels, reason="limit_daily")
    assert refused == 2


async def test_a_store_that_is_away_at_the_end_is_no_refusal(
    sender, db, inbox, monkeypatch
):
    await sender.ask(f"MAIL FROM:<{inbox.address}>")
    await sender.ask(f"RCPT TO:<{TO}>")
    await sender.ask("DATA")

    async def away(*_arguments):
        raise Unavailable("the database is not available; try again")

    monkeypatch.setattr(db, "write", away)
    await sender.send(CONTENT + b"\r\n.\r\n")
    assert await sender.reply() == "451 4.3.0 Local error, try again later"


async def test_an_answer_is_in_the_conversation(sender, db, inbox, stored):
    await sender.hand_in(
        inbox.address, TO, content=b"Message-ID: <1@x.com>\r\n" + CONTENT
    )
    answer = b"In-Reply-To: <1@x.com>\r\nSubject: Other\r\n\r\nYes."
    await sender.hand_in(inbox.address, TO, content=answer)
    first, second = await stored.messages()
    assert first.thread_id == second.thread_id
