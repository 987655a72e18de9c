"""The generated code of every language compiles where its tools are installed."""

import subprocess
import sys
from pathlib import Path

import pytest

from scripts.compile_stubs import LANGUAGES

V1 = Path(__file__).resolve().parents[2] / "gen" / "python" / "mailbot" / "v1"

pytestmark = pytest.mark.slow


@pytest.mark.timeout(900)  # the first time, packages are fetched
@pytest.mark.parametrize("language", LANGUAGES)
def test_stubs_compile(language):
    outcome = LANGUAGES[language]()
    if outcome.state == "skipped":
        pytest.skip(f"{language} stubs: {outcome.why.splitlines()[-1]}")
    assert outcome.state == "compiled", outcome.why


def test_python_stubs_import_without_a_warning(tmp_path):
    names = sorted(path.stem for path in V1.glob("*_pb2*.py"))
    program = "".join(f"import mailbot.v1.{name}\n" for name in names)
    done = subprocess.run(
        [sys.executable, "-I", "-W", "error", "-c", program],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert names
    assert done.returncode == 0, done.stderr
