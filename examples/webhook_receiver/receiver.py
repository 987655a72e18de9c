"""
Receives webhooks in Python: verifies each request, and takes each event once.

    MAILBOT_WEBHOOK_SECRET=whsec_... python receiver.py 8000

While the secret is being replaced, name both of them with a space between.
"""

import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from mailbot import WebhookVerificationError, webhooks

BODY_BYTES_MAX = 1024 * 1024
SECRETS = os.environ["MAILBOT_WEBHOOK_SECRET"].split()

# A real program keeps these in its database, beside what it makes of the events.
seen: set[str] = set()


class Receiver(BaseHTTPRequestHandler):
    """Answers the server's requests."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", 0))
        if length > BODY_BYTES_MAX:
            self.close_connection = True
            self.answer(413)
            return
        body = self.rfile.read(length)
        try:
            told = webhooks.verify(dict(self.headers), body, SECRETS)
        except WebhookVerificationError as error:
            print(f"refused: {error}", flush=True)  # noqa: T201
            self.answer(400)
            return
        # The same event may come again: an answer may have been lost on its way.
        if told.id not in seen:
            seen.add(told.id)
            print(told.id, told.type, flush=True)  # noqa: T201
        self.answer(204)

    def answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing of each request."""


def main() -> None:
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8000
    server = ThreadingHTTPServer(("127.0.0.1", port), Receiver)
    print(f"listening on {server.server_port}", flush=True)  # noqa: T201
    server.serve_forever()


if __name__ == "__main__":
    main()
