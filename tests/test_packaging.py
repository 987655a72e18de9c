"""Both kinds of install give the same three import names, from locked packages."""

import ast
import json
import re
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.txt", "requirements-dev.txt")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
# What a program pays for when it imports the SDK.
SDK_MAY_IMPORT = {"google", "grpc", "grpc_status", "mailbot"}
# Which only pytest imports.
PYTEST_PLUGIN = "pytest_plugin.py"
IMPORTS = """
import importlib.metadata, json, sys
import mailbot, mailbot.v1, mailbot_server
from mailbot.v1 import inboxes_pb2, inboxes_pb2_grpc
print(json.dumps([mailbot.__file__, mailbot.v1.__file__, mailbot_server.__file__]))
"""


def pinned(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text()
    return dict(re.findall(r"^([\w.-]+)==([\w.+-]+)", text, flags=re.MULTILINE))


def declared() -> list[Requirement]:
    groups = PROJECT["dependency-groups"]
    grouped = [*groups["build"], *(d for d in groups["dev"] if isinstance(d, str))]
    return [Requirement(d) for d in [*PROJECT["project"]["dependencies"], *grouped]]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = ["wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run(
        [sys.executable, "-m", "pip", *build, "--wheel-dir", folder, ROOT], check=True
    )
    (built,) = folder.glob("*.whl")
    return built


def test_editable_install_finds_all_three_names_in_the_tree(tmp_path):
    printed = subprocess.run(
        [sys.executable, "-I", "-c", IMPORTS],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
    ).stdout
    assert json.loads(printed) == [
        str(ROOT / "clients/python/mailbot/__init__.py"),
        str(ROOT / "gen/python/mailbot/v1/__init__.py"),
        str(ROOT / "server/mailbot_server/__init__.py"),
    ]


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_wheel_gives_all_three_names_without_the_tree(wheel, tmp_path):
    target = tmp_path / "site"
    install = ["install", "--quiet", "--no-deps", "--no-index", "--target", target]
    subprocess.run([sys.executable, "-m", "pip", *install, wheel], check=True)
    # -S leaves out the .pth file of the editable install; the dependencies stay.
    packages = sysconfig.get_path("purelib")
    path = f"import sys; sys.path += [{str(target)!r}, {packages!r}]\n"
    printed = subprocess.run(
        [sys.executable, "-I", "-S", "-c", path + IMPORTS],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
    ).stdout
    assert json.loads(printed) == [
        str(target / "mailbot/__init__.py"),
        str(target / "mailbot/v1/__init__.py"),
        str(target / "mailbot_server/__init__.py"),
    ]


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_wheel_holds_what_typed_programs_and_operators_need(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {name.split("/")[0] for name in names} == {
        "mailbot",
        "mailbot_server",
        "mailbot-0.1.0.dist-info",
    }
    assert {
        "mailbot/py.typed",
        "mailbot/v1/py.typed",
        "mailbot/v1/inboxes_pb2.pyi",
        "mailbot/v1/inboxes_pb2_grpc.pyi",
        "mailbot-0.1.0.dist-info/entry_points.txt",
        "mailbot-0.1.0.dist-info/licenses/LICENSE",
    } <= names
    with zipfile.ZipFile(wheel) as opened:
        entries = opened.read("mailbot-0.1.0.dist-info/entry_points.txt").decode()
    assert "[pytest11]\nmailbot.pytest_plugin = mailbot.pytest_plugin\n" in entries


def test_the_sdk_imports_only_what_it_says_it_needs():
    imported = set()
    for path in (ROOT / "clients/python/mailbot").rglob("*.py"):
        if path.name == PYTEST_PLUGIN:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            if isinstance(node, ast.ImportFrom):
                imported.add((node.module or "").split(".")[0])
    assert imported - set(sys.stdlib_module_names) <= SDK_MAY_IMPORT


def test_locks_satisfy_what_is_declared():
    development = pinned("requirements-dev.txt")
    for requirement in declared():
        assert requirement.specifier.contains(development[requirement.name])


def test_server_and_development_run_the_same_versions():
    development = pinned("requirements-dev.txt")
    for name, version in pinned("requirements.txt").items():
        assert development[name] == version


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash_and_none_an_address(lock):
    text = (ROOT / lock).read_text()
    packages = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert [p.split()[0] for p in packages if "--hash=sha256:" not in p] == []
    assert "://" not in text
    assert not re.search(r"^\s*--(?!hash)", text, flags=re.MULTILINE)


def test_the_npm_lock_names_no_registry():
    assert "://" not in (ROOT / "gen/ts/package-lock.json").read_text()


def test_declared_floors_can_load_the_generated_code():
    floors = {
        r.name: min(Version(s.version) for s in r.specifier if s.operator == ">=")
        for r in map(Requirement, PROJECT["project"]["dependencies"])
        if r.name in {"grpcio", "protobuf"}
    }
    package = ROOT / "gen/python/mailbot/v1"
    message = (package / "inboxes_pb2.py").read_text()
    stub = (package / "inboxes_pb2_grpc.py").read_text()
    protobuf = re.search(r"Protobuf Python Version: (\S+)", message)
    grpcio = re.search(r"GRPC_GENERATED_VERSION = '(\S+)'", stub)
    assert protobuf is not None
    assert grpcio is not None
    assert Version(protobuf[1]) <= floors["protobuf"]
    assert Version(grpcio[1]) <= floors["grpcio"]
