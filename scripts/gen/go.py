"""Go: plugins pinned by the `tool` lines of gen/go/go.mod, built from the Go proxy."""

import os
import re
import shutil
from pathlib import Path

from scripts.gen import command, layout
from scripts.gen.language import Language
from scripts.gen.protoc import protoc

MODULE = layout.GEN / "go"
PLUGINS = {
    "protoc-gen-go": "google.golang.org/protobuf/cmd/protoc-gen-go",
    "protoc-gen-go-grpc": "google.golang.org/grpc/cmd/protoc-gen-go-grpc",
}
# go.mod names the module, which is not always the plugin's own path.
PIN = {
    "protoc-gen-go": "google.golang.org/protobuf",
    "protoc-gen-go-grpc": "google.golang.org/grpc/cmd/protoc-gen-go-grpc",
}


def environment() -> dict[str, str]:
    """Never let Go fetch another Go."""
    return {**os.environ, "GOTOOLCHAIN": "local", "GOFLAGS": "-mod=readonly"}


def _pins() -> str:
    go_mod = (MODULE / "go.mod").read_text()
    versions = dict(re.findall(r"^\s*(\S+) (v\S+)", go_mod, flags=re.MULTILINE))
    return ", ".join(f"{name} {versions[path]}" for name, path in PIN.items())


def _prepare() -> str | None:
    if not shutil.which("go"):
        return "go is not installed"
    try:
        for name, package in PLUGINS.items():
            target = str(layout.TOOLS / name)
            build = ["go", "build", "-o", target, package]
            command.run(build, cwd=MODULE, env=environment())
    except command.ToolFailedError as failed:
        return f"its plugins did not build: {failed}"
    return None


def _generate(gen: Path) -> None:
    out = gen / "go"
    out.mkdir(parents=True)
    flags = [
        *(f"--plugin={name}={layout.TOOLS / name}" for name in PLUGINS),
        f"--go_out={out}",
        "--go_opt=paths=source_relative",
        f"--go-grpc_out={out}",
        "--go-grpc_opt=paths=source_relative",
    ]
    protoc(flags, layout.own_protos())


GO = Language(
    name="go",
    roots=("go/mailbot",),
    pins=_pins,
    prepare=_prepare,
    generate=_generate,
)
