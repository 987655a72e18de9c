"""A toy shop where people sign up: it mails a code, and lets in whoever knows it."""

import secrets
import smtplib
import threading
from email.message import EmailMessage
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlencode, urlsplit

SENDER = "Acme Shop <no-reply@shop.example>"


class Shop:
    """The shop on a free port, in a thread; `mail_host` takes what it mails."""

    def __init__(self, mail_host: tuple[str, int]) -> None:
        self._mail_host = mail_host
        self._codes: dict[str, str] = {}
        self._members: set[str] = set()
        site = self

        class Pages(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                url = urlsplit(self.path)
                self._answer(url.path, parse_qs(url.query))

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                self._answer(self.path, parse_qs(self.rfile.read(length).decode()))

            def _answer(self, path: str, form: dict[str, list[str]]) -> None:
                fields = {name: values[0] for name, values in form.items()}
                status, text = site.answer(path, fields)
                self.send_response(status)
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
        self._thread = threading.Thread(target=self._server.serve_forever)

    @property
    def url(self) -> str:
        """Where the site is."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def answer(self, path: str, form: dict[str, str]) -> tuple[HTTPStatus, str]:
        """What a page says to what was filled in."""
        email, code = form.get("email", ""), form.get("code", "")
        if path == "/sign-up":
            self._codes[email] = f"{secrets.randbelow(10**6):06}"
            self._send(email, self._codes[email])
            return HTTPStatus.OK, "We have sent you a code."
        if path == "/confirm" and code and self._codes.get(email) == code:
            self._members.add(email)
            return HTTPStatus.OK, f"Welcome, {email}!"
        return HTTPStatus.FORBIDDEN, "That is not the code that we sent you."

    def _send(self, email: str, code: str) -> None:
        link = f"{self.url}/confirm?{urlencode({'email': email, 'code': code})}"
        message = EmailMessage()
        message["From"] = SENDER
        message["To"] = email
        message["Subject"] = "Confirm your address"
        message.set_content(f"Your code is {code}\n\nOr follow this link:\n{link}\n")
        message.add_alternative(
            f"<p>Your code is <b>{code}</b></p>"
            f'<p><a href="{link.replace("&", "&amp;")}">Confirm my address</a></p>',
            subtype="html",
        )
        with smtplib.SMTP(*self._mail_host) as smtp:
            smtp.send_message(message)
