"""Generated documents say what the code says."""

import enum
import re
import tomllib
from datetime import timedelta
from pathlib import PurePath
from types import SimpleNamespace

import pytest
from prometheus_client import CollectorRegistry, Counter, Histogram
from pydantic import SecretStr

from mailbot_server.config import Settings
from scripts.docs import codemap, metrics, rfcs, settings, tree
from scripts.docs.settings import nested


class Colour(enum.StrEnum):
    RED = "red"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("RFC 5321 4.5.3.1", {("5321", ""), ("5321", "4.5.3.1")}),
        ("(RFC 5321 5.1, 7505)", {("5321", ""), ("5321", "5.1"), ("7505", "")}),
        ("# as RFC\n    # 3834 2 says", {("3834", ""), ("3834", "2")}),
        ("RFC 5322, 2045-2049", {("5322", ""), ("2045", "")}),
        ("RFC 5321 says 4 minutes", {("5321", "")}),
        ("an rfc", set()),
    ],
)
def test_citations_are_read_with_their_sections(text, found):
    assert rfcs.citations(text) == found


def test_every_cited_rfc_has_a_title():
    (text,) = rfcs.render().values()
    assert re.findall(r"^\| (\d+) \|  \|", text, flags=re.MULTILINE) == []


@pytest.mark.parametrize(
    ("default", "value"),
    [
        (True, True),
        (25, 25),
        (0.5, 0.5),
        ("127.0.0.1", "127.0.0.1"),
        (timedelta(minutes=1), 60.0),
        (PurePath("data"), "data"),
        (("a", "b"), ["a", "b"]),
        (frozenset({"b", "a"}), ["a", "b"]),
        ({"example.com": 25}, {"example.com": 25}),
        ({}, {}),
        (Colour.RED, "red"),
        (SecretStr("never printed"), ""),
    ],
)
def test_defaults_are_written_as_toml_reads_them(default, value):
    assert tomllib.loads(f"x = {settings.literal(default)}") == {"x": value}


def test_the_example_uncommented_is_toml_with_every_setting_and_its_default():
    (text,) = settings.render().values()
    read = tomllib.loads(re.sub(r"^#(?=\S)", "", text, flags=re.MULTILINE))
    fields = Settings.model_fields
    assert read.keys() == fields.keys()
    optional = {name for name, field in fields.items() if field.default is None}
    tables = {name for name, field in fields.items() if nested(field.annotation)}
    for name in fields.keys() - optional - tables:
        written = fields[name].default
        assert read[name] == tomllib.loads(f"x = {settings.literal(written)}")["x"]


def test_each_metric_says_kind_labels_and_buckets():
    registry = CollectorRegistry()
    module = SimpleNamespace(
        replies=Counter("smtp_replies", "Replies.", ["code"], registry=registry),
        waits=Histogram("wait_seconds", "Waits.", buckets=(0.5, 2), registry=registry),
    )
    rows = [metrics._row(metric) for metric in metrics.collectors(module)]
    assert rows == [
        "| `smtp_replies_total` | counter | `code` | Replies |\n",
        "| `wait_seconds` | histogram |  | Waits; buckets 0.5, 2 |\n",
    ]


def test_codemap_prints_the_first_sentence_of_every_module(tmp_path, monkeypatch):
    server = tmp_path / "server" / "mailbot_server"
    (server / "core").mkdir(parents=True)
    (server / "core" / "__init__.py").write_text('"""Decides. Is pure."""\n')
    (server / "app.py").write_text('"""\nBuilds every part.\n\nMore.\n"""\n')
    document = tmp_path / "ARCHITECTURE.md"
    document.write_text(f"before {codemap.BEGIN} old {codemap.END} after")
    monkeypatch.setattr(tree, "ROOT", tmp_path)
    monkeypatch.setattr(tree, "SERVER", server)
    monkeypatch.setattr(tree, "SDK", server / "core")
    monkeypatch.setattr(codemap, "DOCUMENT", document)
    text = codemap.render()[document]
    assert text.startswith("before <!--")
    assert text.endswith("--> after")
    assert " old " not in text
    assert "  app.py                 Builds every part\n" in text
    assert "  core/                  Decides\n" in text
