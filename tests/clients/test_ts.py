"""The TypeScript client compiles strictly, and its example runs."""

import shutil
import subprocess

import pytest

from tests.clients import example_run

MODULE = example_run.CLIENTS / "ts"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def attempt(*command: str) -> None:
    """Run it in the client's folder; skips where the packages are out of reach."""
    ended = subprocess.run(
        command, cwd=MODULE, capture_output=True, text=True, check=False
    )
    output = ended.stdout + ended.stderr
    if ended.returncode and example_run.UNREACHABLE.search(output):
        pytest.skip(f"npm's packages are out of reach: {output.splitlines()[-1]}")
    assert ended.returncode == 0, output


@pytest.fixture(scope="module")
def example() -> list[str]:
    """The compiled example."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("node and npm are not installed")
    if not (MODULE / "node_modules" / "typescript").exists():
        attempt("npm", "ci", "--no-audit", "--no-fund")
    attempt("node", "node_modules/typescript/bin/tsc")
    return ["node", str(MODULE / "dist" / "clients" / "ts" / "example" / "main.js")]


def test_its_example_gets_every_event_once_in_order(example, server):
    example_run.check_example(server, example)


def test_its_example_says_why_it_was_refused(example, server):
    example_run.check_refusal(server, example)


def test_its_example_runs_against_a_whole_server(example, whole_server):
    example_run.check_whole_server(whole_server, example)


def test_its_lock_names_no_registry():
    assert "://" not in (MODULE / "package-lock.json").read_text()
