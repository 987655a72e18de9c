"""What the generator must know about one language; one module per language fills it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """
    One language of stubs.

    `roots` are the folders and files below gen/ that belong to the generator alone.
    `pins` names its tools with their versions, read from committed files only.
    `prepare` makes the tools ready; its answer is why they are not, or None.
    `generate` writes into a folder that stands for gen/.
    """

    name: str
    roots: tuple[str, ...]
    pins: Callable[[], str]
    prepare: Callable[[], str | None]
    generate: Callable[[Path], None]
