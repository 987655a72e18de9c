"""TypeScript: @bufbuild/protoc-gen-es as gen/ts/package-lock.json pins it."""

import json
import shutil
from pathlib import Path

from scripts.gen import command, layout
from scripts.gen.language import Language
from scripts.gen.protoc import protoc

PACKAGE = layout.GEN / "ts"
PLUGIN = "@bufbuild/protoc-gen-es"


def _version(lock: Path) -> str | None:
    """Of the plugin in a package-lock.json or in npm's record of what it installed."""
    if not lock.exists():
        return None
    packages = json.loads(lock.read_text())["packages"]
    found = packages.get(f"node_modules/{PLUGIN}", {}).get("version")
    return str(found) if found else None


def _pins() -> str:
    return f"{PLUGIN} {_version(PACKAGE / 'package-lock.json')}"


def install() -> str | None:
    """Install what the lock says below gen/ts; answers why that was not possible."""
    for tool in ("node", "npm"):
        if not shutil.which(tool):
            return f"{tool} is not installed"
    installed = PACKAGE / "node_modules" / ".package-lock.json"
    lock = PACKAGE / "package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return None
    try:
        command.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=PACKAGE)
    except command.ToolFailedError as failed:
        return f"npm ci failed: {failed}"
    return None


def _generate(gen: Path) -> None:
    out = gen / "ts"
    out.mkdir(parents=True)
    plugin = PACKAGE / "node_modules" / ".bin" / "protoc-gen-es"
    flags = [
        f"--plugin=protoc-gen-es={plugin}",
        f"--es_out={out}",
        "--es_opt=target=ts,import_extension=js",
    ]
    # protobuf-es has no package of Google's API types: generate them too.
    protoc(flags, [*layout.own_protos(), *layout.imported_protos()])


TYPESCRIPT = Language(
    name="ts",
    roots=("ts/mailbot", "ts/google"),
    pins=_pins,
    prepare=install,
    generate=_generate,
)
