"""
A mail server somewhere else, on loopback, that answers as a test scripts it.

`script["RCPT"] = ["450 4.2.0 Later", "250 OK"]` gives the answers to the first and the
second RCPT; `script["RCPT ann@example.com"]` those to that recipient. What is not
scripted succeeds. Stages are "greeting", the verbs, and "EOD" for the final dot.

| an answer | what the server does |
|---|---|
| text | says it, as one reply |
| bytes | sends them as they are |
| CLOSE, RESET | ends the connection, with FIN or with RST |
| HALF_CLOSE | will say nothing more, and listens until the client goes |
| SILENCE | neither answers nor reads |
| ALERT | hears the client begin TLS, and says that it cannot agree with it |
| Then(first, next) | one thing after the other |
| After(event, answer) | answers once the test sets the event |
| Endless(octets) | sends them again and again until the client goes |
| Sip(permits) | reads on as slowly as the test releases permits: one octet each |

What surrounds the script are attributes of RemoteMta: `extensions`, `tls` and
`offers_tls`, `greylisting`, `receive_buffer_bytes`; `hang_up` and `shout` act on
connections that wait for their client's next command. It judges the client, too:
`violations` says what it should not have sent.
"""

from tests.fakes.remote_mta.answers import (
    ALERT,
    CLOSE,
    HALF_CLOSE,
    RESET,
    SILENCE,
    After,
    Answer,
    Endless,
    Sip,
    Then,
)
from tests.fakes.remote_mta.server import RemoteMta
from tests.fakes.remote_mta.session import Transaction

__all__ = [
    "ALERT",
    "CLOSE",
    "HALF_CLOSE",
    "RESET",
    "SILENCE",
    "After",
    "Answer",
    "Endless",
    "RemoteMta",
    "Sip",
    "Then",
    "Transaction",
]
