"""mailbot.example.toml: every setting with its default and reason, commented out."""

import importlib
import json
import textwrap
from collections.abc import Mapping
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import Literal, get_args, get_origin

from annotated_types import Ge, Le
from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from scripts.docs import tree

DOCUMENT = tree.ROOT / "mailbot.example.toml"
HEAD = """\
# Every setting of mailbot with its default. Nothing here has to be set: copy this file
# to mailbot.toml and uncomment what you change. Each one may also come from the
# environment, under the name that stands with it. Written by `make docs`.
"""
WIDTH = 88


def render() -> dict[Path, str]:
    """The document; nothing while there are no settings."""
    if not (tree.SERVER / "config").exists():
        return {}
    model: type[BaseModel] = importlib.import_module("mailbot_server.config").Settings
    prefix = str(model.model_config.get("env_prefix", ""))
    scalars, tables = [], []
    for name, field in model.model_fields.items():
        inner = nested(field.annotation)
        if inner:
            tables.append(_table(name, field, inner, prefix))
        else:
            scalars.append(
                f"{_about(field)}# {prefix}{name.upper()}\n{_line(name, field)}"
            )
    # TOML wants tables last.
    return {DOCUMENT: "\n".join([HEAD, *scalars, *tables])}


def nested(annotation: object) -> type[BaseModel] | None:
    """The model inside of `X`, `X | None` or `tuple[X, ...]`, if there is one."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (nested(inner) for inner in get_args(annotation))
    return next((model for model in found if model), None)


def _table(name: str, field: FieldInfo, model: type[BaseModel], prefix: str) -> str:
    repeated = get_origin(field.annotation) is tuple
    header = f"[[{name}]]" if repeated else f"[{name}]"
    variable = f"{prefix}{name.upper()}"
    first = next(iter(model.model_fields)).upper()
    source = f"{variable}, as JSON" if repeated else f"{variable}__{first} and so on"
    lines = [
        _about(inner) + _line(inner_name, inner)
        for inner_name, inner in model.model_fields.items()
    ]
    return f"{_about(field)}# {source}\n#{header}\n{''.join(lines)}"


def _line(name: str, field: FieldInfo) -> str:
    """The assignment, commented out; a placeholder where there is no default."""
    if not field.is_required() and field.default is not None:
        default = field.get_default(call_default_factory=True, validated_data={})
        return f"#{name} = {literal(default)}\n"
    example = (field.examples or ["..."])[0]
    note = "required" if field.is_required() else "unset by default"
    return f"#{name} = {literal(example)} # {note}\n"


def _about(field: FieldInfo) -> str:
    text = " ".join((field.description or "").split())
    lines = textwrap.wrap(
        f"{text} {_range(field)}".strip(),
        WIDTH - 2,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "".join(f"# {line}\n" for line in lines)


def _range(field: FieldInfo) -> str:
    """What the type allows, where the description need not say it."""
    if get_origin(field.annotation) is Literal:
        return f"One of {', '.join(map(str, get_args(field.annotation)))}."
    limits = {type(limit): limit for limit in field.metadata}
    low, high = limits.get(Ge), limits.get(Le)
    if isinstance(low, Ge) and isinstance(high, Le):
        return f"From {low.ge} to {high.le}."
    return f"At least {low.ge}." if isinstance(low, Ge) else ""


def literal(value: object) -> str:
    """A default as TOML writes it."""
    match value:
        case SecretStr():
            return '""'
        case Enum():
            return literal(value.value)
        case timedelta():
            return literal(value.total_seconds())
        case bool() | int() | float() | str():
            return json.dumps(value, ensure_ascii=False)
        case Mapping():
            pairs = (f"{json.dumps(k)} = {literal(v)}" for k, v in value.items())
            return f"{{ {', '.join(pairs)} }}" if value else "{}"
        case list() | tuple() | set() | frozenset():
            items = sorted(map(literal, value)) if _unordered(value) else None
            return f"[{', '.join(items or map(literal, value))}]"
        case _:
            return json.dumps(str(value))


def _unordered(value: object) -> bool:
    return isinstance(value, set | frozenset)
