"""Compares and replaces folders of generated files."""

import shutil
from pathlib import Path


def files(root: Path) -> dict[str, bytes]:
    """Every file at or below `root`, by its relative path; caches are no files."""
    if root.is_file():
        return {".": root.read_bytes()}
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def differences(fresh: Path, committed: Path) -> list[str]:
    """`missing`, `changed` and `left over` files of the committed tree, sorted."""
    wanted, present = files(fresh), files(committed)
    found = [f"missing {name}" for name in wanted.keys() - present.keys()]
    found += [f"left over {name}" for name in present.keys() - wanted.keys()]
    both = wanted.keys() & present.keys()
    found += [f"changed {name}" for name in both if wanted[name] != present[name]]
    return sorted(found)


def replace(fresh: Path, committed: Path) -> None:
    """Make `committed` what `fresh` is, writing only what differs."""
    wanted, present = files(fresh), files(committed)
    for name in present.keys() - wanted.keys():
        (committed / name).unlink()
    for name, content in wanted.items():
        if present.get(name) == content:
            continue
        target = committed / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(fresh / name, target)
