"""DMARC: whose policy a message falls under, and whether it keeps to it (RFC 9989)."""
