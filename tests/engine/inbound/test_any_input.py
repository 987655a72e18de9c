"""Whatever clients send, in whatever pieces: nothing breaks, and 250 means stored."""

import asyncio
from random import Random

import pytest

from tests.fakes.smtp_peer import Peer

SESSIONS = 25
"""Of one seed."""

WORDS = [
    *(b"EHLO a\r\n", b"HELO a\r\n", b"MAIL FROM:<ann@example.org>\r\n", b"DATA\r\n"),
    *(b"RCPT TO:<{}>\r\n", b"RCPT TO:<{}>\r\n", b"RCPT TO:<no@example.net>\r\n"),
    *(b"MAIL FROM:<>\r\n", b"RSET\r\n", b"NOOP\r\n", b"BDAT 5 LAST\r\n", b"VRFY a\r\n"),
    *(b"MAIL FROM:<a@b> SIZE=99999999999\r\n", b"AUTH PLAIN AA==\r\n", b"STARTTLS\r\n"),
    *(
        b"Subject: x\r\n\r\n",
        b"\r\n.\r\n",
        b"\r\n.\r\n",
        b".\r\n",
        b"..\r\n",
        b"x" * 70,
    ),
    *(b"\r\n", b"\n", b"\r", b"\x00", b"\xff\xfe", b"\x16\x03\x01", b"x" * 3000),
]
SENSIBLE = [
    *(b"EHLO a\r\n", b"MAIL FROM:<ann@example.org>\r\n", b"RCPT TO:<{}>\r\n"),
    *(b"DATA\r\n", b"Subject: x\r\n\r\nHello", b"\r\n.\r\n"),
]


def script(random: Random, address: bytes) -> bytes:
    """A session, mostly sensible."""
    said = b""
    for _ in range(random.randint(1, 4)):
        for word in SENSIBLE:
            if random.random() < 0.1:
                said += random.choice(WORDS)
            if random.random() < 0.95:
                said += word
    said += b"".join(random.choices(WORDS, k=random.randint(0, 10)))
    return said.replace(b"{}", address)


async def talk(port: int, random: Random, address: bytes) -> list[str]:
    """Says it in pieces; everything that was answered."""
    peer = await Peer.connect(port)
    said = script(random, address)
    try:
        while said:
            cut = random.choice([1, 7, 100, 5000])
            await peer.send(said[:cut])
            said = said[cut:]
            await asyncio.sleep(0)
        peer.half_close()
    except OSError:
        pass  # we have been left
    answers = []
    while line := await peer.line():
        answers.append(line)
    await peer.close()
    return answers


@pytest.mark.parametrize("seed", range(8))
async def test_nothing_breaks_and_250_means_stored(
    listener, inbox, stored, metrics, budget, pauses, seed
):
    del pauses
    random = Random(seed)
    address = inbox.address.encode()
    dialogues = [await talk(listener.port, random, address) for _ in range(SESSIONS)]
    queued = [
        line for lines in dialogues for line in lines if " Ok: queued as " in line
    ]
    assert len(await stored.messages()) == len(queued) > 0
    for lines in dialogues:
        assert all(line[:3].isdigit() and line[3:4] in {" ", "-"} for line in lines)
        assert not any(line.startswith("451") for line in lines)
    labels = {"component": "smtp"}
    name = "mailbot_unhandled_exceptions_total"
    assert not metrics.registry.get_sample_value(name, labels)
    assert (budget._coming, budget._files, budget._loaded) == (0, 0, 0)
