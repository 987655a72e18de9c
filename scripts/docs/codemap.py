"""The codemap in ARCHITECTURE.md: each module with its one sentence."""

import ast
from collections.abc import Iterator
from pathlib import Path

from scripts.docs import tree

BEGIN, END = "<!-- codemap:begin -->", "<!-- codemap:end -->"
DOCUMENT = tree.ROOT / "ARCHITECTURE.md"
# From the caller down to what decides, as the contract in pyproject.toml orders them.
ROOMS = ("api", "web", "engine", "store", "telemetry", "core")
INDENT = "  "
NAME_WIDTH = 24


def sentence(module: Path) -> str:
    """The first sentence of a module's docstring; empty when there is none."""
    text = ast.get_docstring(ast.parse(module.read_text())) or ""
    paragraph = " ".join(text.split("\n\n")[0].split())
    first, stop, _ = paragraph.partition(". ")
    return (first + stop).strip().rstrip(".")


def render() -> dict[Path, str]:
    """ARCHITECTURE.md with a current codemap; nothing while it has no place for one."""
    if not DOCUMENT.exists():
        return {}
    text = DOCUMENT.read_text()
    if BEGIN not in text or END not in text:
        return {}
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    lines = [*_folder(tree.SERVER, 0), "", *_folder(tree.SDK, 0)]
    codemap = "\n".join(lines)
    return {DOCUMENT: f"{before}{BEGIN}\n```\n{codemap}\n```\n{END}{after}"}


def _folder(folder: Path, depth: int) -> Iterator[str]:
    package = folder / "__init__.py"
    name = folder.relative_to(tree.ROOT).as_posix() if depth == 0 else folder.name
    yield _line(f"{name}/", sentence(package) if package.exists() else "", depth)
    for module in tree.modules(folder):
        yield _line(module.name, sentence(module), depth + 1)
    for package_folder in sorted(tree.packages(folder), key=_place):
        yield from _folder(package_folder, depth + 1)


def _place(folder: Path) -> tuple[int, str]:
    known = folder.name in ROOMS
    return (ROOMS.index(folder.name) if known else len(ROOMS), folder.name)


def _line(name: str, says: str, depth: int) -> str:
    return f"{INDENT * depth}{name:<{NAME_WIDTH - 2 * depth}} {says}".rstrip()
