"""ARC: what those who passed a message on say that they saw (RFC 8617)."""
