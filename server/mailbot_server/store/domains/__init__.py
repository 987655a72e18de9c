"""Remembers domains, what was found of them in DNS, and their keys."""
