"""The descriptor set: the whole API with comments and imports, in one file."""

import hashlib
from pathlib import Path

from scripts.gen import layout
from scripts.gen.language import Language
from scripts.gen.protoc import protoc

FILE = "descriptor/mailbot.binpb"


def sha256(gen: Path) -> str:
    """Of the descriptor set below `gen`."""
    return hashlib.sha256((gen / FILE).read_bytes()).hexdigest()


def _generate(gen: Path) -> None:
    target = gen / FILE
    target.parent.mkdir(parents=True, exist_ok=True)
    flags = [
        f"--descriptor_set_out={target}",
        "--include_imports",
        "--include_source_info",
    ]
    protoc(flags, layout.own_protos())


DESCRIPTOR = Language(
    name="descriptor",
    roots=(FILE,),
    pins=lambda: layout.locked("grpcio-tools"),
    prepare=lambda: None,
    generate=_generate,
)
