"""Every row of the table of what the internet sends has a test that is named by it."""

import re
from pathlib import Path

import pytest

ROWS = 25
"""B1 to B25 of the fault table: what a session must survive."""

HERE = Path(__file__).parent


def named() -> set[int]:
    """The rows by which tests in this folder are called."""
    words = "".join(path.read_text() for path in HERE.rglob("test_*.py"))
    return {int(number) for number in re.findall(r"def test_[bB](\d+)_", words)}


@pytest.mark.parametrize("row", range(1, ROWS + 1))
def test_a_row_has_a_test(row):
    assert row in named()
