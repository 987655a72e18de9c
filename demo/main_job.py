"""
The main job, shown on real sockets: a message goes out, an answer comes back.

Starts a server on SQLite in a temporary folder and a real SMTP receiver that plays
the customer's mail host, walks through the whole story, prints every event as it
happens, and ends by itself.
"""

import http.client
import json
import os
import re
import signal
import smtplib
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from mailbot import Event, Inbox, MailBot, Message

WAIT_SECONDS = 30
CUSTOMER = "customer@example.com"
REPLY = """\
Hi,

thanks, that was quick. Could you send the invoice to our accounting as well?

Best regards
Kim

On Mon, support wrote:
> Dear customer,
>
> please find your invoice attached.
"""
SHOWN_METRICS = (
    "mailbot_submissions_total",
    "mailbot_deliveries_total",
    "mailbot_delivery_attempts_total",
    "mailbot_inbound_messages_total",
    "mailbot_events_appended_total",
)


class Receiver:
    """The customer's mail host: a real SMTP server that keeps what it gets."""

    def __init__(self) -> None:
        self.received: list[bytes] = []

    async def handle_DATA(self, _: Any, __: Any, envelope: Any) -> str:  # noqa: N802
        """Takes every message."""
        self.received.append(envelope.original_content or envelope.content)
        return "250 2.0.0 Thank you, queued as DEMO1"


class Server:
    """`mailbot serve` in a folder of its own."""

    def __init__(self, folder: Path, partner_port: int) -> None:
        self.folder = folder
        environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("MAILBOT_")},
            "MAILBOT_DATA_DIR": str(folder),
            "MAILBOT_GRPC_PORT": "0",
            "MAILBOT_MX_PORT": "0",
            "MAILBOT_SUBMISSION_PORT": "0",
            "MAILBOT_OPERATOR_PORT": "0",
            "MAILBOT_LOG_LEVEL": "warning",
            # Its people are in nobody's DNS, and it has to work without any.
            "MAILBOT_AUTHENTICATION": "false",
            "MAILBOT_ROUTES": json.dumps(
                [{"domain": "example.com", "host": "127.0.0.1", "port": partner_port}]
            ),
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "mailbot_server", "serve"],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        banner = self._banner()
        self.target = _find(r"gRPC API +(\S+)", banner)
        self.mx_port = int(_find(r"SMTP \(MX\) +\S+:(\d+)", banner))
        self.metrics_url = _find(r"metrics +(\S+)", banner)
        self.api_key = (folder / "default.key").read_text().strip()

    def stop(self) -> int:
        """Asks the server to stop and waits; its exit code."""
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(WAIT_SECONDS)

    def _banner(self) -> str:
        lines = []
        assert self._process.stdout is not None
        for line in self._process.stdout:
            lines.append(line)
            if "Stop with" in line:
                return "".join(lines)
        sys.exit("the server did not start; its messages are above")


class Watcher(threading.Thread):
    """Prints every event as it happens and lets the story wait for one."""

    def __init__(self, mailbot: MailBot) -> None:
        super().__init__(daemon=True)
        self._events = mailbot.events.subscribe()
        self._events.ready()
        self._seen: dict[str, Event] = {}
        self._changed = threading.Condition()

    def run(self) -> None:
        """Follows the stream until it is closed."""
        for event in self._events:
            print(f"   event {event.position}: {_line(event)}")
            with self._changed:
                self._seen.setdefault(event.type, event)
                self._changed.notify_all()

    def wait_for(self, kind: str) -> Event:
        """The first event of this type; ends the demo if it does not come."""
        with self._changed:
            if self._changed.wait_for(lambda: kind in self._seen, WAIT_SECONDS):
                return self._seen[kind]
        sys.exit(f"no {kind} event within {WAIT_SECONDS} s")

    def close(self) -> None:
        """Ends the stream."""
        self._events.close()


def main() -> None:
    """Tells the story."""
    receiver = Receiver()
    partner_port = _free_port()
    controller = Controller(receiver, hostname="127.0.0.1", port=partner_port)
    controller.start()
    try:
        with tempfile.TemporaryDirectory(prefix="mailbot-demo-") as folder:
            server = Server(Path(folder), partner_port)
            try:
                _tell(server, receiver)
            finally:
                code = server.stop()
    finally:
        controller.stop()
    if code != 0:
        sys.exit(f"the server ended with {code}")
    _say_next()


def _tell(server: Server, receiver: Receiver) -> None:
    with MailBot(api_key=server.api_key, target=server.target) as mailbot:
        _step("1. An inbox is created with one call")
        inbox = mailbot.inboxes.create(
            username="support", permissions=["send", "receive", "search"]
        )
        print(f"   {inbox.address}  ({inbox.id})")
        with _watching(mailbot) as watcher:
            _step(f"2. It sends to {CUSTOMER}, whose host is a real SMTP server")
            sent = _send(mailbot, inbox)
            watcher.wait_for("message.delivered")
            print(f"   that host now has {len(receiver.received)} message")
            _step("3. The customer answers, from an ordinary mail program")
            _answer(server, inbox, sent)
            watcher.wait_for("message.replied")
        _step("4. The thread has both messages in order")
        _show_thread(mailbot, sent)
    _step("5. /metrics has counted")
    _show_metrics(server)


def _send(mailbot: MailBot, inbox: Inbox) -> Message:
    return mailbot.messages.send(
        inbox_id=inbox.id,
        to=CUSTOMER,
        subject="Invoice #4521",
        text="Dear customer,\n\nplease find your invoice attached.\n",
        attachments=[("invoice-4521.txt", b"Total: 120.00 EUR\n")],
    )


def _answer(server: Server, inbox: Inbox, sent: Message) -> None:
    reply = EmailMessage()
    reply["From"] = f"Kim Customer <{CUSTOMER}>"
    reply["To"] = inbox.address
    reply["Subject"] = "Re: Invoice #4521"
    reply["Message-ID"] = "<answer-1@example.com>"
    reply["In-Reply-To"] = f"<{sent.rfc822_message_id}>"
    reply["References"] = f"<{sent.rfc822_message_id}>"
    reply.set_content(REPLY)
    with smtplib.SMTP("127.0.0.1", server.mx_port, timeout=WAIT_SECONDS) as client:
        client.send_message(reply)


def _show_thread(mailbot: MailBot, sent: Message) -> None:
    for message in mailbot.messages.list(thread_id=sent.thread_id, oldest_first=True):
        full = mailbot.messages.get(message.id)
        sender = full.sender.address if full.sender else "?"
        print(f"   {full.direction:<8} {sender}: {full.subject}")
        for line in (full.extracted_text or full.text_body).strip().splitlines():
            print(f"            | {line}")


def _show_metrics(server: Server) -> None:
    port = server.metrics_url.rsplit(":", 1)[1].split("/")[0]
    connection = http.client.HTTPConnection(
        "127.0.0.1", int(port), timeout=WAIT_SECONDS
    )
    connection.request("GET", "/metrics")
    text = connection.getresponse().read().decode()
    connection.close()
    for line in text.splitlines():
        if line.startswith(SHOWN_METRICS) and not line.endswith(" 0.0"):
            print(f"   {line}")


@contextmanager
def _watching(mailbot: MailBot) -> Iterator[Watcher]:
    watcher = Watcher(mailbot)
    watcher.start()
    try:
        yield watcher
    finally:
        watcher.close()
        watcher.join(WAIT_SECONDS)


def _line(event: Event) -> str:
    words = event.type
    if event.attempt and event.attempt.reply and event.attempt.reply.code:
        reply = event.attempt.reply
        words += f"  {reply.code} {reply.text}  [{event.attempt.route}]"
    elif event.content:
        words += f"  {event.content.subject!r}"
    elif event.inbox:
        words += f"  {event.inbox.address}"
    return words


def _find(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if match is None:
        sys.exit(f"the server's first lines lack {pattern}")
    return match[1]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _step(title: str) -> None:
    print(f"\n{title}")


def _say_next() -> None:
    print(
        "\nThat was the main job. Next:\n"
        "  make run        start it for real; it prints a first program to paste\n"
        "  README.md       send for real through a smart host, call it with grpcurl\n"
        "  .venv/bin/mailbot tail   follow the events of a running server"
    )


if __name__ == "__main__":
    main()
