"""Numbers of a listener."""

from mailbot_server.engine.inbound.tally import Tally


def test_each_number_goes_to_its_metric(metrics):
    def sample(name: str, **labels: str) -> float | None:
        return metrics.registry.get_sample_value(f"mailbot_{name}", labels)

    tally = Tally(metrics, "mx")
    for _ in range(2):
        tally.answered("RCPT", 250)
        tally.message("accepted", "ok")
    tally.connected("accepted")
    tally.opened()
    tally.opened()
    tally.closed(1.5)
    tally.violation("http")
    tally.fault()
    labels = {"listener": "mx", "command": "RCPT", "code": "250"}
    assert sample("smtp_server_commands_total", **labels) == 2
    assert sample("inbound_messages_total", result="accepted", reason="ok") == 2
    labels = {"listener": "mx", "result": "accepted"}
    assert sample("smtp_server_connections_total", **labels) == 1
    assert sample("smtp_server_open_connections", listener="mx") == 1
    assert sample("smtp_server_session_duration_seconds_sum", listener="mx") == 1.5
    assert sample("smtp_server_protocol_violations_total", kind="http") == 1
    assert sample("unhandled_exceptions_total", component="smtp") == 1
