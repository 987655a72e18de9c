"""Opens the connection to one checked address, and to no other."""

import asyncio
import socket
import ssl

from mailbot_server.engine.outbound.routing.route import Target
from mailbot_server.engine.outbound.smtp.wire import Wire


async def dial(target: Target, seconds: float) -> socket.socket:
    """
    A connected socket that does not block.

    Raises TimeoutError, and OSError for everything that the system says.
    """
    family = socket.AF_INET6 if ":" in target.address else socket.AF_INET
    # The protocol is named because asyncio sets TCP_NODELAY only then; without it, the
    # final dot waits for the host's delayed ACK of the text: 40 ms a message.
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        sock.setblocking(False)  # noqa: FBT003 - it takes no keyword
        async with asyncio.timeout(seconds):
            loop = asyncio.get_running_loop()
            await loop.sock_connect(sock, (target.address, target.port))
    except BaseException:
        sock.close()
        raise
    return sock


async def plain(sock: socket.socket) -> Wire:
    """The connection as it is."""
    loop = asyncio.get_running_loop()
    _, wire = await loop.create_connection(Wire, sock=sock)
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
