"""Runs the protoc of grpcio-tools, which drives every plugin but Java's."""

import sys
from collections.abc import Sequence
from pathlib import Path

import grpc_tools

from scripts.gen import command, layout


def protoc(flags: Sequence[str], files: Sequence[str]) -> None:
    """Generate what `flags` say from `files`; imports are found by themselves."""
    well_known = Path(grpc_tools.__file__).parent / "_proto"
    includes = [layout.PROTOS, layout.THIRD_PARTY, well_known]
    command.run(
        [
            *(sys.executable, "-m", "grpc_tools.protoc"),
            *(f"--proto_path={include}" for include in includes),
            *flags,
            *files,
        ]
    )
