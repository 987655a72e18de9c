"""Reads the chains of changes; only an operation that changes something appends."""
