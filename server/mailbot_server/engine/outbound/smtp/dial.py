"""Opens the connection to one checked address, and to no other."""

import asyncio
import errno
import os
import socket
import ssl
from typing import Final

from mailbot_server.engine.outbound.routing.route import Target
from mailbot_server.engine.outbound.smtp.plain import Plain
from mailbot_server.engine.outbound.smtp.wire import Wire

_OURS: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})


def is_ours(error: OSError) -> bool:
    """Whether this machine has no room for one more connection, whoever is dialled."""
    return error.errno in _OURS


async def dial(target: Target, seconds: float) -> socket.socket:
    """
    A connected socket that does not block.

    Raises TimeoutError, and OSError for everything that the system says.
    """
    family = socket.AF_INET6 if ":" in target.address else socket.AF_INET
    kind = socket.SOCK_STREAM | socket.SOCK_NONBLOCK
    sock = socket.socket(family, kind, socket.IPPROTO_TCP)
    try:
        # Without it the final dot waits for the host's delayed ACK of the text: 40 ms
        # a message.
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        code = sock.connect_ex((target.address, target.port))
        if code == errno.EINPROGRESS and not _is_there(sock):
            await _connected(sock, seconds)
            code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        elif code == errno.EINPROGRESS:
            code = 0
        _check(code)
    except BaseException:
        sock.close()
        raise
    return sock


def _is_there(sock: socket.socket) -> bool:
    """Whether it is connected already, as to a host of this machine it mostly is."""
    try:
        sock.getpeername()
    except OSError:
        return False
    return True


def _check(code: int) -> None:
    if code:
        raise OSError(code, os.strerror(code))


async def _connected(sock: socket.socket, seconds: float) -> None:
    """Something came of it; a future and a timer cost half of asyncio.timeout."""
    loop = asyncio.get_running_loop()
    done, descriptor = loop.create_future(), sock.fileno()
    loop.add_writer(descriptor, _settle, done)
    timer = loop.call_later(seconds, _expire, done)
    try:
        await done
    finally:
        timer.cancel()
        loop.remove_writer(descriptor)


def _settle(done: "asyncio.Future[None]") -> None:
    if not done.done():
        done.set_result(None)


def _expire(done: "asyncio.Future[None]") -> None:
    if not done.done():
        done.set_exception(TimeoutError())


def plain(sock: socket.socket) -> Wire:
    """The connection as it is."""
    wire = Wire()
    wire.begin(Plain(sock, wire))
    return wire


async def protected(
    sock: socket.socket, context: ssl.SSLContext, name: str, seconds: float
) -> Wire:
    """
    The connection with TLS from its first octet on.

    Raises ssl.SSLError for a handshake that failed, and OSError, which TimeoutError is.
    """
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(seconds):
        _, wire = await loop.create_connection(
            Wire,
            sock=sock,
            ssl=context,
            server_hostname=name,
            ssl_handshake_timeout=2 * seconds,
        )
    return wire


def shown(target: Target) -> str:
    """The address and port as people write them: `[2001:db8::1]:25`."""
    is_v6 = ":" in target.address
    address = f"[{target.address}]" if is_v6 else target.address
    return f"{address}:{target.port}"


def literal(sock: socket.socket) -> str:
    """What our end calls itself when it has no name (RFC 5321 4.1.3)."""
    address = sock.getsockname()[0]
    return f"[IPv6:{address}]" if ":" in address else f"[{address}]"
