"""Remembers address lists and rules."""
