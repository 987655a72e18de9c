"""Requests: signed for every valid secret; what callers gave is not shown."""

from datetime import UTC, datetime, timedelta

from mailbot_server.core.signed import server_key
from mailbot_server.core.webhook.endpoint import Endpoint
from mailbot_server.engine.signing.sealing import Vault
from mailbot_server.engine.webhooks import letter, sealing
from mailbot_server.engine.webhooks.sealing import Safe
from tests.fakes.entropy import FakeEntropy

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SAFE = Safe(Vault(server_key.keys_for([b"key"], sealing.PURPOSE), FakeEntropy()))
ENDPOINT = Endpoint(
    id="whk_1",
    account_id="acc_1",
    url="https://example.com/",
    sealed_headers=SAFE.seal_headers("whk_1", {"X-Token": "s3cret"}),
    sealed_secret=SAFE.seal_secret("whk_1", b"new"),
    sealed_former_secret=SAFE.seal_secret("whk_1", b"old"),
    former_secret_ends_at=NOW + timedelta(hours=1),
    timeout=timedelta(seconds=3),
)


def test_the_former_secret_signs_until_its_end() -> None:
    opened = letter.opened(SAFE, ENDPOINT)
    assert opened.secrets(NOW) == [b"new", b"old"]
    assert opened.secrets(NOW + timedelta(hours=1)) == [b"new"]


def test_what_is_sent_and_what_is_shown_of_it() -> None:
    opened = letter.opened(SAFE, ENDPOINT)
    request, shown = letter.compose(opened, "evt_1", b"{}", NOW)
    assert (request.url, request.body, request.timeout) == (
        *("https://example.com/", b"{}"),
        timedelta(seconds=3),
    )
    assert request.headers["X-Token"] == "s3cret"
    assert shown["x-token"] == "…"
    assert {name.lower() for name in request.headers} == set(shown)
    assert request.headers["webhook-id"] == "evt_1"
    assert request.headers["webhook-signature"].count("v1,") == 2
    assert request.headers["content-type"] == "application/json"
