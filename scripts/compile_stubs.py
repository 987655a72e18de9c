"""Compiles the generated Go, TypeScript and Java where their tools are installed."""

import re
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from scripts.gen import command, go, layout, typescript

Environment = Mapping[str, str] | None

# What Maven, Go and npm say when a package cannot be reached, as opposed to compiled.
UNREACHABLE = re.compile(
    r"could not transfer|unknown host|offline mode|dial tcp|connection refused"
    r"|ENOTFOUND|ETIMEDOUT|timed? ?out|i/o timeout|no such host",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went; `why` is empty when it compiled."""

    state: Literal["compiled", "skipped", "failed"]
    why: str = ""


def _attempt(tool: str, folder: str, *steps: str, env: Environment = None) -> Outcome:
    """Run the steps in a folder below gen/, in order, until one fails."""
    if not shutil.which(tool):
        return Outcome("skipped", f"{tool} is not installed")
    try:
        for step in steps:
            command.run(step.split(), cwd=layout.GEN / folder, env=env)
    except command.ToolFailedError as failed:
        text = str(failed)
        return Outcome("skipped" if UNREACHABLE.search(text) else "failed", text)
    return Outcome("compiled")


def compile_go() -> Outcome:
    """Build and vet the Go module."""
    return _attempt("go", "go", "go build ./...", "go vet ./...", env=go.environment())


def compile_typescript() -> Outcome:
    """Check the types of the TypeScript package, strictly."""
    absent = typescript.install()
    if absent:
        return Outcome("skipped", absent)
    return _attempt("node", "ts", "node node_modules/typescript/bin/tsc --noEmit")


def compile_java() -> Outcome:
    """Compile the Maven module."""
    return _attempt("mvn", "java", "mvn -q -B -Dstyle.color=never compile")


LANGUAGES: dict[str, Callable[[], Outcome]] = {
    "Go": compile_go,
    "TypeScript": compile_typescript,
    "Java": compile_java,
}


def main() -> int:
    """The exit code: 1 when something present did not compile."""
    bad = False
    for name, compile_language in LANGUAGES.items():
        outcome = compile_language()
        because = f" because {outcome.why}" if outcome.why else ""
        print(f"stubs: {name:<10} {outcome.state}{because}", flush=True)
        bad = bad or outcome.state == "failed"
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
