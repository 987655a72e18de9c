"""Java: protoc and the gRPC plugin as Maven Central publishes them for this machine."""

import platform
import shutil
from pathlib import Path

from scripts.gen import command, descriptor, layout
from scripts.gen.language import Language

COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"
ARTIFACTS = {
    "protoc": ("com.google.protobuf:protoc", layout.JAVA_PROTOC),
    "protoc-gen-grpc-java": ("io.grpc:protoc-gen-grpc-java", layout.JAVA_GRPC),
}
SYSTEMS = {"Linux": "linux", "Darwin": "osx"}
MACHINES = {
    "x86_64": "x86_64",
    "amd64": "x86_64",
    "aarch64": "aarch_64",
    "arm64": "aarch_64",
}


def _pins() -> str:
    return ", ".join(f"{name} {version}" for name, (_, version) in ARTIFACTS.items())


def _classifier() -> str | None:
    """How Maven Central calls this kind of machine, or None if it has no build."""
    system = SYSTEMS.get(platform.system())
    machine = MACHINES.get(platform.machine().lower())
    return f"{system}-{machine}" if system and machine else None


def _executable(name: str) -> Path:
    return layout.TOOLS / f"{name}-{ARTIFACTS[name][1]}-{_classifier()}.exe"


def _prepare() -> str | None:
    classifier = _classifier()
    if classifier is None:
        return f"no protoc is published for {platform.system()} {platform.machine()}"
    for name, (artifact, version) in ARTIFACTS.items():
        executable = _executable(name)
        if executable.exists():
            continue
        if not shutil.which("mvn"):
            return "mvn is not installed"
        copy = [
            *("mvn", "-q", "-B", "-Dstyle.color=never", COPY),
            f"-Dartifact={artifact}:{version}:exe:{classifier}",
            f"-DoutputDirectory={layout.TOOLS}",
        ]
        try:
            command.run(copy)
        except command.ToolFailedError as failed:
            return f"{name} could not be fetched: {failed}"
        executable.chmod(0o755)
    return None


def _generate(gen: Path) -> None:
    out = gen / "java" / "src" / "main" / "java"
    out.mkdir(parents=True)
    # This protoc comes without the well-known types; the descriptor set has them.
    command.run(
        [
            _executable("protoc"),
            f"--descriptor_set_in={gen / descriptor.FILE}",
            f"--plugin=protoc-gen-grpc-java={_executable('protoc-gen-grpc-java')}",
            f"--java_out={out}",
            f"--grpc-java_out=jakarta_omit,@generated=omit:{out}",
            *layout.own_protos(),
        ]
    )


JAVA = Language(
    name="java",
    roots=("java/src",),
    pins=_pins,
    prepare=_prepare,
    generate=_generate,
)
