"""Machines that are none: network namespaces with a cable to this one each."""

import asyncio
import itertools
import os
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """A namespace: its name, its address, and this machine's at the other end."""

    name: str
    address: str
    neighbour: str

    @property
    def within(self) -> tuple[str, ...]:
        """What a command begins with to run there."""
        return ("ip", "netns", "exec", self.name)

    def cut_off(self) -> None:
        """Pulls the cable."""
        _run("ip", "link", "set", self.name, "down")

    def connect(self) -> None:
        """Puts it back."""
        _run("ip", "link", "set", self.name, "up")


def may_be_made() -> bool:
    """Whether this process may make network namespaces."""
    if os.geteuid() or not shutil.which("ip"):
        return False
    name = f"mb{os.getpid() % 100_000}try"
    if subprocess.run(("ip", "netns", "add", name), check=False).returncode:
        return False
    try:
        cable = ("ip", "link", "add", name, "type", "veth", "peer", "name", f"{name}p")
        is_made = subprocess.run(cable, check=False).returncode == 0
        if is_made:
            _run("ip", "link", "del", name)
    finally:
        _run("ip", "netns", "del", name)
    return is_made


def make() -> Machine:
    """A machine that is connected to this one, and to no other."""
    number = next(_numbers)
    name, net = f"mb{os.getpid() % 100_000}x{number}", f"10.{os.getpid() % 200 + 40}"
    ours, its = f"{net}.{number}.1", f"{net}.{number}.2"
    _run("ip", "netns", "add", name)
    _run(
        *("ip", "link", "add", name, "type", "veth"),
        *("peer", "name", "eth0", "netns", name),
    )
    _run("ip", "addr", "add", f"{ours}/30", "dev", name)
    _run("ip", "link", "set", name, "up")
    machine = Machine(name=name, address=its, neighbour=ours)
    for command in (
        ("addr", "add", f"{its}/30", "dev", "eth0"),
        ("link", "set", "eth0", "up"),
        ("link", "set", "lo", "up"),
    ):
        _run(*machine.within, "ip", *command)
    return machine


def unmake(machine: Machine) -> None:
    """Takes it away; its cable goes with it."""
    _run("ip", "netns", "del", machine.name)


@asynccontextmanager
async def forwarding(host: str, port: int) -> AsyncIterator[int]:
    """Lets machines reach a port of our loopback; under this number, at `host`."""
    joined: set[asyncio.Task[None]] = set()

    async def join(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        joined.add(task)
        there, back = await asyncio.open_connection("127.0.0.1", port)
        try:
            # Cancelled at the end, which asyncio's own callback would tell as an error.
            with suppress(asyncio.CancelledError):
                await asyncio.gather(_carry(reader, back), _carry(there, writer))
        finally:
            for each in (writer, back):
                each.close()
            for each in (writer, back):
                with suppress(OSError):
                    await each.wait_closed()

    server = await asyncio.start_server(join, host, 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in joined:
            task.cancel()
        if joined:
            await asyncio.wait(joined)


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while octets := await reader.read(65536):
            writer.write(octets)
            await writer.drain()
    writer.close()


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
