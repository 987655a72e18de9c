"""Where the .proto files are, where generated code goes, and which tools are pinned."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROTOS = ROOT / "protos"
THIRD_PARTY = ROOT / "third_party" / "googleapis"
GEN = ROOT / "gen"
BASELINE = PROTOS / "baseline" / "mailbot-v1.binpb"
# Fetched and built plugins; ignored by git, safe to delete.
TOOLS = ROOT / "build" / "tools"

# Java's runtime stays on protobuf 3.25, as grpc-java does, so it has its own protoc.
JAVA_PROTOC = "3.25.9"
JAVA_GRPC = "1.83.1"


def own_protos() -> list[str]:
    """mailbot's own .proto files, relative to `PROTOS`, sorted."""
    return sorted(p.relative_to(PROTOS).as_posix() for p in PROTOS.rglob("*.proto"))


def imported_protos() -> list[str]:
    """The vendored imports, relative to `THIRD_PARTY`, sorted."""
    found = THIRD_PARTY.rglob("*.proto")
    return sorted(p.relative_to(THIRD_PARTY).as_posix() for p in found)


def locked(*packages: str) -> str:
    """`name version` for each, as requirements-dev.txt has them."""
    lock = (ROOT / "requirements-dev.txt").read_text()
    found = dict(re.findall(r"^([\w-]+)==(\S+)", lock, flags=re.MULTILINE))
    return ", ".join(f"{package} {found[package]}" for package in packages)
