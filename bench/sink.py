"""A mail server that takes everything, forgets it and costs as little as it can.

`python -m bench.sink [EXTENSION ...]` prints its port and runs until it is stopped.
"""

import asyncio
import signal
import sys

END = b"\r\n.\r\n"


class Sink(asyncio.Protocol):
    """One connection."""

    def __init__(self, extensions: list[str]) -> None:
        words = ["sink.example", *extensions]
        lines = [f"250-{word}" for word in words[:-1]] + [f"250 {words[-1]}", ""]
        self._hello = "\r\n".join(lines).encode()
        self._received = bytearray()
        self._in_text = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(b"220 sink.example ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        self._received += data
        answers = bytearray()
        while True:
            if self._in_text:
                end = self._received.find(END)
                if end < 0:
                    break
                del self._received[: end + len(END)]
                self._in_text = False
                answers += b"250 2.0.0 Ok: queued\r\n"
                continue
            end = self._received.find(b"\r\n")
            if end < 0:
                break
            line = bytes(self._received[:end])
            del self._received[: end + 2]
            answers += self._answer(line[:4].upper())
        if answers:
            self._transport.write(bytes(answers))

    def _answer(self, verb: bytes) -> bytes:
        if verb == b"EHLO":
            return self._hello
        if verb == b"DATA":
            self._in_text = True
            return b"354 End data with <CR><LF>.<CR><LF>\r\n"
        if verb == b"QUIT":
            asyncio.get_running_loop().call_soon(self._transport.close)
            return b"221 2.0.0 Bye\r\n"
        return b"250 2.1.0 Ok\r\n"


async def serve(extensions: list[str]) -> None:
    """Until SIGTERM."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Sink(extensions), "127.0.0.1", 0)
    stopping = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stopping.set)
    print(f"port {server.sockets[0].getsockname()[1]}", flush=True)
    print("Stop with SIGTERM", flush=True)
    await stopping.wait()
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1:]))
