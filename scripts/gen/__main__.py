"""
Generates the stubs of every language whose tools are here, or checks them.

python -m scripts.gen            write gen/
python -m scripts.gen --check    fail when gen/ is stale
python -m scripts.gen baseline   record today's API as what must not break
"""

import sys
import tempfile
from pathlib import Path

from scripts.gen import command, descriptor, layout, tree, versions
from scripts.gen.descriptor import DESCRIPTOR
from scripts.gen.go import GO
from scripts.gen.java import JAVA
from scripts.gen.language import Language
from scripts.gen.python import PYTHON
from scripts.gen.typescript import TYPESCRIPT

# The descriptor set comes first: Java is made from it.
LANGUAGES = (DESCRIPTOR, PYTHON, GO, TYPESCRIPT, JAVA)


def main(arguments: list[str]) -> int:
    """The exit code."""
    if arguments == ["baseline"]:
        return _record_baseline()
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        try:
            return _check(made) if arguments == ["--check"] else _write(made)
        except command.ToolFailedError as failed:
            print(failed, file=sys.stderr)
            return 1


def _write(made: Path) -> int:
    recorded = versions.read()
    lines: dict[str, str] = {}
    for language in LANGUAGES:
        name = language.name
        absent = language.prepare()
        if absent:
            print(f"gen: {name:<10} left as it is: {absent}")
            lines[name] = recorded.get(name, f"{name:<11} never")
            continue
        language.generate(made)
        for root in language.roots:
            tree.replace(made / root, layout.GEN / root)
        lines[name] = versions.line(language, descriptor.sha256(made))
        print(f"gen: {name:<10} {language.pins()}")
    versions.write(lines)
    return 0


def _check(made: Path) -> int:
    stale = [language.name for language in LANGUAGES if not _fresh(language, made)]
    if stale:
        print(f"gen: stale: {', '.join(stale)}. Run `make gen` and commit gen/.")
    return 1 if stale else 0


def _fresh(language: Language, made: Path) -> bool:
    absent = language.prepare()
    found: list[str] = []
    if not absent:
        language.generate(made)
        for root in language.roots:
            stale = tree.differences(made / root, layout.GEN / root)
            found += [f"{root}: {difference}" for difference in stale]
    expected = versions.line(language, descriptor.sha256(made))
    if versions.read().get(language.name) != expected:
        found.append("gen/VERSIONS names another API or other tools")
    by = f"by gen/VERSIONS alone: {absent}" if absent else ""
    print(f"gen: {language.name:<10} {'STALE' if found else 'fresh'} {by}".rstrip())
    for difference in found[:5]:
        print(f"     {difference}")
    return not found


def _record_baseline() -> int:
    """With imports, as `buf breaking` wants its other side."""
    layout.BASELINE.parent.mkdir(parents=True, exist_ok=True)
    buf = Path(sys.executable).with_name("buf")
    command.run([buf, "build", "protos", "-o", layout.BASELINE], cwd=layout.ROOT)
    print(f"baseline: {layout.BASELINE.relative_to(layout.ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
