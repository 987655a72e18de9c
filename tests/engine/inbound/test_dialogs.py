r"""
Scripts of whole sessions: our own, and those of another server where they apply.

In tests/dialogs: `C:` sends a line, `C!` octets with escapes, `S:` expects a line that
begins so, `S: 250-*` the rest of a reply in several lines, `S: closed` the end.
`{inbox}` is an address that receives. A # begins a comment.
"""

import ast
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.smtp_peer import Peer

DIALOGS = Path(__file__).parents[2] / "dialogs"
CORPORA = Path(
    os.environ.get("MAILBOT_CORPORA")
    or Path(__file__).parents[4] / "shared" / "corpora"
)
FOREIGN = CORPORA / "smtp-dialogs"
FOREIGN_LIMIT = 1024 * 1024

# Where that server decides otherwise, on purpose, than we do.
OTHERWISE = {
    "bad_data": "it refuses what it cannot read; we keep it, and say so in its events",
}


def steps(script: Path) -> Iterator[tuple[int, str, str]]:
    for number, line in enumerate(script.read_text().splitlines(), 1):
        if line and not line.startswith("#"):
            yield number, line[:2], line[2:].removeprefix(" ")


@pytest.mark.parametrize("script", sorted(DIALOGS.glob("*.smtp")), ids=lambda p: p.stem)
async def test_a_dialog_goes_as_written(script, listener, connect, inbox):
    peer = await connect(listener, greeted=False)
    for number, kind, text in steps(script):
        place = f"{script.name}:{number}"
        words = text.replace("{inbox}", inbox.address)
        match kind:
            case "C:":
                await peer.send(words.encode() + b"\r\n")
            case "C!":
                await peer.send(unescape(words))
            case "S:" if words == "closed":
                assert await peer.is_closed(), place
            case "S:" if words == "250-*":
                assert (await peer.reply()).startswith("250-"), place
            case "S:":
                line = await peer.line()
                assert line.startswith(words), f"{place}: {line}"
            case _:
                pytest.fail(f"{place} is neither sent nor expected")


def test_there_are_dialogs():
    assert len(list(DIALOGS.glob("*.smtp"))) > 5


def unescape(text: str) -> bytes:
    octets = ast.literal_eval('b"' + text.replace('"', '\\"') + '"')
    assert isinstance(octets, bytes)
    return octets


@pytest.mark.parametrize(
    "script", sorted(FOREIGN.glob("*.cmy")) or [FOREIGN], ids=lambda path: path.stem
)
async def test_another_servers_dialog_goes_alike(script, serve, connect, inbox, stored):
    if not script.is_file():
        pytest.skip(f"{FOREIGN} is not there")
    if script.stem in OTHERWISE:
        pytest.skip(OTHERWISE[script.stem])
    listener = await serve(smtp_message_bytes_max=FOREIGN_LIMIT)
    peer: Peer | None = None
    for line in script.read_text().splitlines():
        if not line.startswith("c "):
            continue
        verb, _, words = line[2:].partition(" ")
        words = words.replace("RCPT TO: user@testserver", f"RCPT TO:<{inbox.address}>")
        if verb == "tcp_connect":
            peer = await connect(listener, greeted=False)
        elif verb == "close":
            peer = None
        else:
            assert peer is not None
            await foreign_step(peer, verb, words)
    if (verify := script.with_suffix(".cmy.verify")).exists():
        expected = verify.read_bytes().replace(b"\n", b"\r\n")
        assert await stored.contents() == [expected]


async def foreign_step(peer: Peer, verb: str, words: str) -> None:
    if verb == "->":
        await peer.send(words.encode() + b"\r\n")
    elif verb == "~>":
        text = eval(words, {"__builtins__": {}})
        await peer.send(text.encode())
    elif verb == "<...":
        assert (await peer.reply()).endswith(words)
    else:
        # Which of several codes of a class a server takes is its own affair.
        answer = await peer.reply()
        assert answer[:1] == words[:1], (answer, words)
