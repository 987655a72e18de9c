"""What several processes counted is one count; what they say of the same thing is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest
from prometheus_client.openmetrics import exposition as openmetrics
from prometheus_client.openmetrics.parser import (
    text_string_to_metric_families as read_openmetrics,
)
from prometheus_client.parser import text_string_to_metric_families as read_plain

from mailbot_server.telemetry.merging import merged
from mailbot_server.telemetry.metrics import Metrics


def text(metrics: Metrics) -> str:
    return generate_latest(metrics.registry).decode()


def value(registry: CollectorRegistry, name: str, **labels: str) -> float | None:
    return registry.get_sample_value(name, labels)


def two() -> tuple[Metrics, Metrics]:
    return Metrics(), Metrics()


def test_counters_and_histograms_are_added_up_label_by_label():
    one, other = two()
    one.deliveries.labels("bulk", "bounced").inc(3)
    other.deliveries.labels("bulk", "bounced").inc(4)
    other.deliveries.labels("bulk", "expired").inc()
    for seconds in (0.02, 0.2):
        one.queue_claim_duration.observe(seconds)
        other.queue_claim_duration.observe(seconds)
    whole = merged([text(one), text(other)])
    name = "mailbot_deliveries_total"
    assert value(whole, name, stream="bulk", outcome="bounced") == 7
    assert value(whole, name, stream="bulk", outcome="expired") == 1
    name = "mailbot_queue_claim_duration_seconds"
    assert value(whole, f"{name}_count") == 4
    assert value(whole, f"{name}_sum") == pytest.approx(0.44)
    assert value(whole, f"{name}_bucket", le="0.025") == 2
    assert value(whole, f"{name}_bucket", le="+Inf") == 4


def test_gauges_are_parts_of_a_sum_or_say_the_same():
    one, other = two()
    for metrics, number in ((one, 2), (other, 5)):
        metrics.smtp_server_connections.labels("mx").set(number)
        metrics.queue_messages.labels("ready", "bulk").set(number)
        metrics.disk_free_bytes.labels("data").set(number)
        metrics.leader.labels("scheduler").set(number == 2)
        metrics.collector_last_success.labels("disk").set(number)
        metrics.build_info.labels("1", "3.11", "postgresql").set(1)
    whole = merged([text(one), text(other)])
    assert value(whole, "mailbot_smtp_server_open_connections", listener="mx") == 7
    ready = {"state": "ready", "stream": "bulk"}
    assert value(whole, "mailbot_cluster_queue_messages", **ready) == 5
    assert value(whole, "mailbot_disk_free_bytes", volume="data") == 2
    # Two that lead are seen.
    assert value(whole, "mailbot_leader", role="scheduler") == 1
    last = "mailbot_collector_last_success_timestamp_seconds"
    assert value(whole, last, collector="disk") == 5
    labels = {"version": "1", "python": "3.11", "backend": "postgresql"}
    assert value(whole, "mailbot_build_info", **labels) == 1


def test_what_one_process_alone_shows_is_shown():
    one, other = two()
    one.queue_messages.labels("held", "bulk").set(9)
    other.queue_messages.clear()
    whole = merged([text(other), text(one)])
    held = {"state": "held", "stream": "bulk"}
    assert value(whole, "mailbot_cluster_queue_messages", **held) == 9


def test_one_process_is_shown_as_it_is():
    metrics = Metrics()
    metrics.deliveries.labels("bulk", "bounced").inc(3)
    before = {
        family.name: family
        for family in read_plain(text(metrics))
        if not family.name.endswith("_created")
    }
    after = {
        f.name: f for f in read_plain(generate_latest(merged([text(metrics)])).decode())
    }
    assert after == before
    rendered = openmetrics.generate_latest(merged([text(metrics)])).decode()
    assert {f.name for f in read_openmetrics(rendered)} == set(before)


def test_nothing_is_nothing():
    assert generate_latest(merged([])) == b""


@given(
    st.lists(
        st.dictionaries(st.text(max_size=8), st.integers(0, 10**12), max_size=5),
        max_size=4,
    )
)
def test_labels_of_any_text_are_added_up_exactly(processes):
    texts, sums = [], dict[str, int]()
    for counts in processes:
        registry = CollectorRegistry()
        counter = Counter("mailbot_x", "Words.", ["label"], registry=registry)
        Gauge("mailbot_y", "Words.", registry=registry).set(1)
        for label, count in counts.items():
            counter.labels(label).inc(count)
            sums[label] = sums.get(label, 0) + count
        texts.append(generate_latest(registry).decode())
    whole = merged(texts)
    for label, total in sums.items():
        assert value(whole, "mailbot_x_total", label=label) == total
    assert value(whole, "mailbot_y") == (len(processes) or None)
