"""The helpers in Go, TypeScript and Java have the stub of every service there is."""

import re
from pathlib import Path

import pytest

from tests.clients import example_run

PROTOS = example_run.CLIENTS.parent / "protos" / "mailbot" / "v1"
JAVA = Path("java/src/main/java/io/mailbot/client")
SERVICES = {
    (path.stem, found[1])
    for path in PROTOS.glob("*.proto")
    if (found := re.search(r"^service (\w+) ", path.read_text(), re.MULTILINE))
}


def written(path: str | Path, pattern: str) -> set[str]:
    return set(re.findall(pattern, (example_run.CLIENTS / path).read_text()))


def words(name: str) -> str:
    """`address_lists` as Java spells it."""
    return name.title().replace("_", "")


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("go/mailbot/client.go", r"New(\w+)Client\(connection\)"),
        ("ts/src/client.ts", r"createClient\((\w+), transport\)"),
        (JAVA / "MailBot.java", r"(\w+)Grpc\.newBlockingStub\(channel\)"),
    ],
    ids=["go", "ts", "java"],
)
def test_every_service_has_its_stub(path, pattern):
    assert written(path, pattern) == {service for _, service in SERVICES}


@pytest.mark.parametrize(
    ("path", "pattern", "spelt"),
    [
        ("go/mailbot/retry.go", r"File_mailbot_v1_(\w+)_proto", str),
        (JAVA / "Retries.java", r"(\w+)Proto\.getDescriptor\(\)", words),
    ],
    ids=["go", "java"],
)
def test_calls_of_every_service_are_retried_where_that_is_safe(path, pattern, spelt):
    assert written(path, pattern) == {spelt(name) for name, _ in SERVICES}
