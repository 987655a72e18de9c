"""Prometheus' own tool reads the rules, runs their tests, and reads every query."""

import json
import os
import shutil
import subprocess

import pytest
import yaml

from tests.monitoring import rules

pytestmark = [
    pytest.mark.interop,
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.skipif(shutil.which("promtool") is None, reason="no promtool here"),
]

# It has memory for a tenth of its usual collections, each of which costs time.
ENVIRONMENT = {**os.environ, "GOGC": "800"}
CHOSEN = {"$__rate_interval": "5m", "$job": ".*", "$instance": ".*", "$provider": ".*"}


def promtool(*words):
    return subprocess.run(
        ["promtool", *map(str, words)],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )


def chosen(query):
    """A query as Grafana asks it where all is chosen."""
    for name, value in CHOSEN.items():
        query = query.replace(name, value)
    return query


def test_the_example_and_all_rules_can_be_read():
    done = promtool("check", "config", rules.FOLDER / "prometheus.yml")
    assert done.returncode == 0, done.stderr
    assert "FAILED" not in done.stdout


@pytest.mark.parametrize("path", rules.TESTS, ids=lambda path: path.stem)
def test_every_alert_fires_when_it_should_and_then_ends(path):
    done = promtool("test", "rules", path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_rule_that_is_wrong_fails_its_test(tmp_path):
    """What passes whatever the rules say would be no test."""
    for path in (rules.ALERTS, rules.PROMISES):
        text = path.read_text().replace(
            "mailbot_disk_free_ratio) <", "mailbot_disk_free_ratio) >"
        )
        (tmp_path / path.name).write_text(text)
    known = yaml.safe_load((rules.FOLDER / "mailbot-alerts.test.yml").read_text())
    known["tests"] = [t for t in known["tests"] if t["name"] == "MailbotDiskLow"]
    assert len(known["tests"]) == 1
    test = tmp_path / "wrong.test.yml"
    test.write_text(yaml.safe_dump(known))
    done = promtool("test", "rules", test)
    assert done.returncode != 0
    assert "MailbotDiskLow" in done.stdout + done.stderr


def test_every_query_of_a_dashboard_is_promql(tmp_path):
    queries = [
        {"record": f"drawn:{number}", "expr": chosen(query)}
        for number, (_, query) in enumerate(rules.drawn())
    ]
    path = tmp_path / "drawn.yml"
    path.write_text(json.dumps({"groups": [{"name": "drawn", "rules": queries}]}))
    done = promtool("check", "rules", path)
    assert done.returncode == 0, done.stdout + done.stderr
