"""`make check` notices every way in which gen/ can be stale."""

import dataclasses
import shutil

import pytest

from scripts.gen import __main__ as generator
from scripts.gen import layout, tree, versions
from scripts.gen.descriptor import DESCRIPTOR
from scripts.gen.go import GO
from scripts.gen.python import PYTHON

pytestmark = pytest.mark.slow


@pytest.fixture
def protos(tmp_path, monkeypatch):
    """A copy of protos/ that a test may change."""
    copy = tmp_path / "protos"
    shutil.copytree(layout.PROTOS, copy)
    monkeypatch.setattr(layout, "PROTOS", copy)
    return copy


def absent(language):
    return dataclasses.replace(language, prepare=lambda: "its tools are not installed")


def check(monkeypatch, *languages):
    monkeypatch.setattr(generator, "LANGUAGES", (DESCRIPTOR, *languages))
    return generator.main(["--check"])


def add_a_field(protos):
    proto = protos / "mailbot" / "v1" / "threads.proto"
    message = "message GetThreadRequest {"
    text = proto.read_text()
    assert message in text
    proto.write_text(text.replace(message, message + "\n  string stale = 900;"))


def change_a_comment(protos):
    proto = protos / "mailbot" / "v1" / "threads.proto"
    proto.write_text(proto.read_text() + "\n// The end.\nmessage Stale {}\n")


def test_committed_stubs_are_fresh(monkeypatch, capsys):
    assert check(monkeypatch, PYTHON) == 0
    assert "python     fresh" in capsys.readouterr().out


@pytest.mark.parametrize("change", [add_a_field, change_a_comment])
def test_a_changed_proto_makes_stubs_stale(protos, monkeypatch, capsys, change):
    change(protos)
    assert check(monkeypatch, PYTHON) == 1
    said = capsys.readouterr().out
    assert "python     STALE" in said
    assert "Run `make gen`" in said


def test_a_language_without_tools_is_fresh_by_its_line(monkeypatch, capsys):
    assert check(monkeypatch, absent(GO)) == 0
    assert "go         fresh by gen/VERSIONS alone" in capsys.readouterr().out


def test_a_language_without_tools_is_stale_after_a_change(protos, monkeypatch, capsys):
    add_a_field(protos)
    assert check(monkeypatch, absent(GO)) == 1
    assert "go         STALE" in capsys.readouterr().out


def test_a_new_pin_makes_a_language_without_tools_stale(monkeypatch, capsys):
    newer = dataclasses.replace(absent(GO), pins=lambda: "protoc-gen-go v9")
    assert check(monkeypatch, newer) == 1
    assert "names another API or other tools" in capsys.readouterr().out


def test_a_proto_that_does_not_compile_is_said_as_protoc_says_it(
    protos, monkeypatch, capsys
):
    (protos / "mailbot" / "v1" / "threads.proto").write_text("syntax = nonsense")
    assert check(monkeypatch, PYTHON) == 1
    assert "threads.proto" in capsys.readouterr().err


def test_regenerating_leaves_the_line_of_an_absent_language(tmp_path, monkeypatch):
    recorded = versions.read()
    monkeypatch.setattr(layout, "GEN", tmp_path)
    monkeypatch.setattr(generator, "LANGUAGES", (DESCRIPTOR, absent(GO)))
    written: dict[str, str] = {}
    monkeypatch.setattr(versions, "write", written.update)
    assert generator.main([]) == 0
    assert written["go"] == recorded["go"]


def test_trees_differ_by_missing_changed_and_left_over_files(tmp_path):
    fresh, committed = tmp_path / "fresh", tmp_path / "committed"
    for folder in (fresh, committed):
        folder.mkdir()
        (folder / "same").write_text("x")
    (fresh / "new").write_text("x")
    (fresh / "edited").write_text("new")
    (committed / "edited").write_text("old")
    (committed / "old").write_text("x")
    assert tree.differences(fresh, committed) == [
        "changed edited",
        "left over old",
        "missing new",
    ]
    tree.replace(fresh, committed)
    assert tree.differences(fresh, committed) == []
