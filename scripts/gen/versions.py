"""gen/VERSIONS: which tools made which language, and from which API."""

from pathlib import Path

from scripts.gen import layout
from scripts.gen.language import Language

FILE = layout.GEN / "VERSIONS"
HEADER = """\
# Written by `make gen`. One line per language: the descriptor set it was made from,
# and the tools that made it. So a language is provably fresh without its tools.
"""


def line(language: Language, descriptor_sha256: str) -> str:
    """What stands in the file when `language` is fresh."""
    return f"{language.name:<11} {descriptor_sha256} {language.pins()}"


def read() -> dict[str, str]:
    """Language name → its line; empty when nothing was ever generated."""
    if not FILE.exists():
        return {}
    lines = FILE.read_text().splitlines()
    return {text.split()[0]: text for text in lines if text and text[0] != "#"}


def write(lines: dict[str, str], file: Path = FILE) -> None:
    """Replace the file; lines keep the order they are given in."""
    file.write_text(HEADER + "".join(f"{text}\n" for text in lines.values()))
