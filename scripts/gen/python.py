"""Python: messages and stubs by grpcio-tools, typed by mypy-protobuf."""

import sys
from pathlib import Path

from scripts.gen import layout
from scripts.gen.language import Language
from scripts.gen.protoc import protoc

PACKAGE = '"""mailbot\'s API, version 1: generated from protos/mailbot/v1."""\n'


def _generate(gen: Path) -> None:
    out = gen / "python"
    package = out / "mailbot" / "v1"
    package.mkdir(parents=True)
    typed_stubs = Path(sys.executable).with_name("protoc-gen-mypy_grpc")
    flags = [
        f"--python_out={out}",
        f"--pyi_out={out}",
        f"--grpc_python_out={out}",
        f"--plugin=protoc-gen-mypy_grpc={typed_stubs}",
        f"--mypy_grpc_out={out}",
    ]
    protoc(flags, layout.own_protos())
    # No __init__.py above: `mailbot` itself is the SDK (clients/python).
    (package / "__init__.py").write_text(PACKAGE)
    (package / "py.typed").touch()


PYTHON = Language(
    name="python",
    roots=("python",),
    pins=lambda: layout.locked("grpcio-tools", "mypy-protobuf"),
    prepare=lambda: None,
    generate=_generate,
)
