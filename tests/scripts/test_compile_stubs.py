"""A language that could not be tried is skipped; one that does not compile fails."""

import shutil

import pytest

from scripts import compile_stubs
from scripts.gen import command


@pytest.fixture
def tool_says(monkeypatch):
    """Make every tool fail with a text."""

    def fail_with(text):
        def run(*_, **__):
            raise command.ToolFailedError(text)

        monkeypatch.setattr(command, "run", run)
        monkeypatch.setattr(shutil, "which", lambda tool: f"/bin/{tool}")

    return fail_with


def test_an_absent_tool_skips_its_language(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    outcome = compile_stubs.compile_java()
    assert outcome == compile_stubs.Outcome("skipped", "mvn is not installed")


@pytest.mark.parametrize(
    "text",
    [
        "Could not transfer artifact io.grpc:grpc-stub:pom:1.83.1",
        "dial tcp: lookup proxy.example.com: no such host",
    ],
)
def test_an_unreachable_package_skips_its_language(tool_says, text):
    tool_says(text)
    assert compile_stubs.compile_go().state == "skipped"


def test_an_error_of_the_compiler_fails(tool_says, monkeypatch, capsys):
    tool_says("mailbot/v1/events.pb.go:7:2: undefined: protoreflect")
    monkeypatch.setattr(compile_stubs, "LANGUAGES", {"Go": compile_stubs.compile_go})
    assert compile_stubs.main() == 1
    assert "stubs: Go         failed because mailbot/v1" in capsys.readouterr().out
