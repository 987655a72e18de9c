"""SPF: which hosts a domain lets send for it (RFC 7208)."""
