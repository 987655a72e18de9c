"""What the API writes itself: plain resources only; mail in motion is the engine's."""

import ast
from pathlib import Path

API = Path(__file__).resolve().parents[2] / "server" / "mailbot_server" / "api"
# Modules whose functions may be the first argument of `db.write`.
WRITERS = {"engine", "keys"}


def writes():
    for path in API.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
                "db.write"
            ):
                yield path.name, ast.unparse(node.args[0])


def test_only_the_engine_and_keys_are_written():
    found = list(writes())
    assert found
    assert [each for each in found if each[1].partition(".")[0] not in WRITERS] == []


def test_nothing_of_the_store_s_tables_is_known_here():
    for path in API.rglob("*.py"):
        assert "schema" not in path.read_text(), path.name
