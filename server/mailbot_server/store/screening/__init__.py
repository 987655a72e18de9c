"""Remembers address lists and rules."""

from typing import Final

CHANGED: Final = "screening"
"""The topic of address lists and rules."""
