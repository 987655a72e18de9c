"""Which hosts a name with a wildcard means (RFC 6125 6.4.3, RFC 8461 4.1)."""


def means(pattern: str, host: str) -> bool:
    """
    Whether `host` is meant; both in A-labels, in any case.

    `*.example.com` is any one label before `example.com`, not that name itself, and a
    wildcard anywhere else is none.
    """
    pattern, host = pattern.lower().removesuffix("."), host.lower().removesuffix(".")
    if not pattern.startswith("*."):
        return pattern == host and bool(host)
    label, dot, parent = host.partition(".")
    return bool(label and dot) and "." in parent and parent == pattern[2:]
