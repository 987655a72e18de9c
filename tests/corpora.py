"""Mail that others wrote, where this machine has it; never a part of the project."""

import os
from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[2] / "shared" / "corpora"


def folder(name: str) -> Path:
    """A corpus to read from; skips the test where there is none."""
    path = Path(os.environ.get("MAILBOT_CORPORA") or _BESIDE) / name
    if not path.is_dir():
        pytest.skip(f"corpus {name} is not here; MAILBOT_CORPORA names the place")
    return path
