"""Runs every check there is, reports all failures, and says what repairs them."""

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

BIN = Path(sys.executable).parent
BASELINE = "protos/baseline/mailbot-v1.binpb"


@dataclass(frozen=True, slots=True)
class Check:
    """One tool's question about the tree, and the command that repairs a bad answer."""

    name: str
    command: str
    repair: str | None = None


CHECKS = (
    Check("format", "ruff format --check --quiet .", "make fmt"),
    Check("lint", "ruff check --quiet .", "make fmt"),
    Check("types", "mypy --no-error-summary"),
    Check("rooms", "lint-imports --no-logo"),
    Check("proto format", "buf format protos --diff --exit-code", "make fmt"),
    Check("proto lint", "buf lint"),
    Check("proto breaking", f"buf breaking protos --against {BASELINE}"),
    Check("gen", "python -m scripts.gen --check", "make gen"),
    Check("docs", "python -m scripts.docs --check", "make docs"),
)


def passes(check: Check) -> bool:
    """Run it, print one line, and what it said when it fails."""
    tool, *rest = check.command.split()
    started = time.monotonic()
    done = subprocess.run(
        [BIN / tool, *rest], capture_output=True, text=True, check=False
    )
    took = time.monotonic() - started
    verdict = "FAILED" if done.returncode else "ok"
    print(f"check: {check.name:<15} {verdict:<7} {took:5.1f} s", flush=True)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


def main() -> int:
    """The exit code."""
    failed = [check for check in CHECKS if not passes(check)]
    repairs = dict.fromkeys(check.repair for check in failed if check.repair)
    if failed:
        names = ", ".join(check.name for check in failed)
        print(f"check: failed: {names}")
    if repairs:
        print(f"check: may repair it: {' && '.join(repairs)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
