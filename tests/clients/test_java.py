"""The Java client compiles, and its example runs."""

import os
import shutil
import subprocess

import pytest

from tests.clients import example_run

MODULE = example_run.CLIENTS / "java"
BUILD = [
    "mvn",
    "-q",
    "-B",
    "-Dstyle.color=never",
    "compile",
    "dependency:copy-dependencies",
]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def example() -> list[str]:
    """The compiled example."""
    if not (shutil.which("mvn") and shutil.which("javac")):
        pytest.skip("mvn and javac are not installed")
    ended = subprocess.run(
        BUILD, cwd=MODULE, capture_output=True, text=True, check=False
    )
    output = ended.stdout + ended.stderr
    if ended.returncode and example_run.UNREACHABLE.search(output):
        pytest.skip(f"Maven's packages are out of reach: {output.splitlines()[-1]}")
    assert ended.returncode == 0, output
    classpath = [MODULE / "target" / "classes", MODULE / "target" / "dependency" / "*"]
    return [
        "java",
        "-cp",
        os.pathsep.join(map(str, classpath)),
        "io.mailbot.client.Example",
    ]


def test_its_example_gets_every_event_once_in_order(example, server):
    example_run.check_example(server, example)


def test_its_example_says_why_it_was_refused(example, server):
    example_run.check_refusal(server, example)


def test_its_example_runs_against_a_whole_server(example, whole_server):
    example_run.check_whole_server(whole_server, example)
