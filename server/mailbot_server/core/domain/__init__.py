"""Domains of accounts: what to publish for them, how it stands, and their keys."""
