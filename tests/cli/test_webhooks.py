"""`mailbot webhooks`: made, shown, tested, stopped; the secret is printed once."""

import http.server
import threading
from datetime import UTC, datetime
from typing import ClassVar

import pytest

from mailbot import webhooks

TODAY = datetime.now(tz=UTC).strftime("%Y-%m-%d")


class Receiver(http.server.BaseHTTPRequestHandler):
    """Answers 200 and keeps what came."""

    seen: ClassVar[list[tuple[dict[str, str], bytes]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.seen.append((dict(self.headers.items()), body))
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def receiver():
    Receiver.seen.clear()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hook"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_webhook_from_its_creation_to_its_end(command, receiver):
    made = command("webhooks", "create", receiver, "--type", "inbox.created").stdout
    webhook_id, secret = made.split()
    assert secret.startswith("whsec_")
    shown = command("webhooks", "show", webhook_id).stdout
    assert receiver in shown
    assert "inbox.created" in shown
    assert secret not in shown
    assert webhook_id in command("webhooks", "list").stdout
    tested = command("webhooks", "test", webhook_id).stdout
    attempt_id = tested.split()[0]
    headers, body = Receiver.seen[0]
    assert webhooks.verify(headers, body, secret).type == "message.received"
    assert attempt_id in command("webhooks", "attempts", webhook_id).stdout
    assert command("webhooks", "attempts", webhook_id, "--failed").stdout == ""
    whole = command("webhooks", "attempt", attempt_id).stdout
    assert body.decode() in whole
    again = command("webhooks", "test", webhook_id).stdout.split()[0]
    compared = command("webhooks", "attempt", attempt_id, "--compare", again).stdout
    assert "event_id" in compared
    assert command("webhooks", "deliveries", webhook_id).stdout == ""
    assert "disabled" in command("webhooks", "disable", webhook_id).stdout
    assert "active" in command("webhooks", "enable", webhook_id).stdout
    assert command("webhooks", "rotate", webhook_id).stdout.strip() != secret
    assert "rpl_" in command("webhooks", "recover", webhook_id, TODAY).stdout
    command("webhooks", "redeliver", webhook_id, "evt_x", code=1)
    assert "deleted" in command("webhooks", "delete", webhook_id).stdout
    command("webhooks", "show", webhook_id, code=1)


def test_a_url_that_leads_inside_is_a_sentence(command):
    refused = command("webhooks", "create", "https://10.0.0.1/", code=1)
    assert "webhook.url" in refused.stderr
