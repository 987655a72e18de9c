from datetime import UTC, datetime, timedelta

import pytest

from mailbot.v1 import events_pb2, messages_pb2, webhooks_pb2

WEBHOOK = webhooks_pb2.Webhook(
    id="whk_1",
    url="https://example.com/",
    headers={"x": "s3cret"},
    state=webhooks_pb2.Webhook.STATE_FAILING,
    consecutive_failures=5,
    etag="3",
)
ATTEMPT = webhooks_pb2.WebhookAttempt(
    id="wat_1",
    event_type="message.received",
    result=webhooks_pb2.WEBHOOK_RESULT_BLOCKED_ADDRESS,
    request_body=b"{}",
    request_headers={"webhook-id": "evt_1"},
)


def test_a_webhook_is_created_from_plain_words(server, bot):
    server.answer(
        "CreateWebhook",
        webhooks_pb2.CreateWebhookResponse(webhook=WEBHOOK, secret="whsec_a"),
    )
    made = bot.webhooks.create(
        "https://example.com/",
        types="message.received",
        inbox_ids="inb_1",
        message_view="full",
        ordered_by_thread=True,
        max_concurrency=3,
        timeout=timedelta(seconds=7),
        headers={"x": "s3cret"},
        start="earliest",
        request_id="r1",
    )
    assert (made.webhook.state, made.secret, made.replayed) == (
        *("failing", "whsec_a"),
        False,
    )
    assert "whsec_a" not in repr(made)
    assert "s3cret" not in repr(made)
    [request] = server.requests("CreateWebhook")
    wanted = request.webhook
    assert (wanted.url, wanted.max_concurrency, wanted.timeout.seconds) == (
        *("https://example.com/", 3),
        7,
    )
    assert list(wanted.filter.types) == [events_pb2.EVENT_TYPE_MESSAGE_RECEIVED]
    assert wanted.message_view == messages_pb2.MESSAGE_VIEW_FULL
    assert request.start.anchor == events_pb2.StartPosition.ANCHOR_EARLIEST


def test_an_update_names_what_it_changes(server, bot):
    answer = webhooks_pb2.UpdateWebhookResponse(webhook=WEBHOOK)
    server.answer("UpdateWebhook", answer, answer)
    known = bot.webhooks.update("whk_1", url="https://b.example/", types=())
    bot.webhooks.update(known, max_concurrency=1)
    first, second = server.requests("UpdateWebhook")
    assert list(first.update_mask.paths) == ["filter", "url"]
    assert (first.webhook.url, first.webhook.etag) == ("https://b.example/", "")
    assert list(second.update_mask.paths) == ["max_concurrency"]
    assert (second.webhook.id, second.webhook.etag) == ("whk_1", "3")


def test_what_was_posted_is_shown(server, bot):
    server.answer(
        "GetWebhookAttempt", webhooks_pb2.GetWebhookAttemptResponse(attempt=ATTEMPT)
    )
    shown = bot.webhooks.attempt("wat_1")
    assert (shown.result, shown.request_body) == ("blocked_address", b"{}")
    server.answer(
        "CompareWebhookAttempts",
        webhooks_pb2.CompareWebhookAttemptsResponse(
            differences=[
                webhooks_pb2.WebhookDifference(path="status", first="500", second="200")
            ]
        ),
    )
    (one,) = bot.webhooks.compare("wat_1", "wat_2")
    assert (one.path, one.first, one.second) == ("status", "500", "200")


def test_lists_come_page_by_page(server, bot):
    server.answer(
        "ListWebhookAttempts",
        webhooks_pb2.ListWebhookAttemptsResponse(
            attempts=[ATTEMPT], next_page_token="t"
        ),
        webhooks_pb2.ListWebhookAttemptsResponse(attempts=[ATTEMPT]),
    )
    found = list(bot.webhooks.attempts("whk_1", event_id="evt_1", failed_only=True))
    assert len(found) == 2
    first, second = server.requests("ListWebhookAttempts")
    assert (first.event_id, first.failed_only, second.page_token) == (
        *("evt_1", True),
        "t",
    )
    server.answer(
        "ListWebhookDeliveries",
        webhooks_pb2.ListWebhookDeliveriesResponse(
            deliveries=[
                webhooks_pb2.WebhookDelivery(
                    event_id="evt_1", state=webhooks_pb2.WebhookDelivery.STATE_PARKED
                )
            ]
        ),
    )
    (waiting,) = bot.webhooks.deliveries("whk_1", state="parked")
    assert waiting.state == "parked"


def test_the_rest_is_asked_for_by_id(server, bot):
    server.answer("GetWebhook", webhooks_pb2.GetWebhookResponse(webhook=WEBHOOK))
    known = bot.webhooks.get("whk_1")
    shown = webhooks_pb2.EnableWebhookResponse(webhook=WEBHOOK)
    server.answer("EnableWebhook", shown)
    assert bot.webhooks.enable(known, skip_backlog=True).id == "whk_1"
    [request] = server.requests("EnableWebhook")
    assert request.skip_backlog
    server.answer(
        "DisableWebhook", webhooks_pb2.DisableWebhookResponse(webhook=WEBHOOK)
    )
    assert bot.webhooks.disable("whk_1").id == "whk_1"
    server.answer(
        "RotateWebhookSecret",
        webhooks_pb2.RotateWebhookSecretResponse(webhook=WEBHOOK, secret="whsec_b"),
    )
    rotated = bot.webhooks.rotate_secret(known, overlap=timedelta(hours=1))
    assert rotated.secret == "whsec_b"
    server.answer("TestWebhook", webhooks_pb2.TestWebhookResponse(attempt=ATTEMPT))
    assert bot.webhooks.test(known, "message.bounced").id == "wat_1"
    server.answer(
        "RedeliverWebhook", webhooks_pb2.RedeliverWebhookResponse(replay_id="rpl_1")
    )
    assert bot.webhooks.redeliver(known, "evt_1") == "rpl_1"
    server.answer(
        "RecoverWebhook", webhooks_pb2.RecoverWebhookResponse(replay_id="rpl_2")
    )
    since = datetime(2026, 3, 1, tzinfo=UTC)
    assert bot.webhooks.recover(known, since) == "rpl_2"
    with pytest.raises(ValueError, match="time zone"):
        bot.webhooks.recover(known, datetime(2026, 3, 1))  # noqa: DTZ001
    server.answer("DeleteWebhook", webhooks_pb2.DeleteWebhookResponse())
    bot.webhooks.delete(known)
    server.answer("ListWebhooks", webhooks_pb2.ListWebhooksResponse(webhooks=[WEBHOOK]))
    assert [each.id for each in bot.webhooks.list()] == ["whk_1"]
