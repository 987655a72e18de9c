"""Runs one tool with a deadline and keeps what it said for the moment it fails."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

DEADLINE_SECONDS = 600


class ToolFailedError(Exception):
    """A tool ended with an error, or not in time; the text is what it said last."""


def run(
    command: Sequence[str | Path],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> str:
    """
    Its standard output.

    Raises ToolFailedError with the last lines of its output when it fails.
    """
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words,
            cwd=cwd,
            env=env,
            capture_output=True,
            text=True,
            timeout=DEADLINE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        message = f"{words[0]} took longer than {DEADLINE_SECONDS} s"
        raise ToolFailedError(message) from late
    if done.returncode:
        said = (done.stderr + done.stdout).strip().splitlines()
        raise ToolFailedError("\n".join(said[-20:]) or f"{words[0]} failed silently")
    return done.stdout
