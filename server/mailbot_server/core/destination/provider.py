"""
Which large mailbox provider a host or domain belongs to: a bounded label for metrics.

Recipient domains are as many as customers have friends; a metric labelled by them would
grow without end. Twenty-odd names cover most mail and the rest is "other".
"""

from functools import lru_cache
from typing import Final

OTHER: Final = "other"

# Where their MX hosts live, and the domains of their own mailboxes.
SUFFIXES: Final = {
    "apple": ("icloud.com", "me.com", "mac.com", "apple.com"),
    "amazon": ("amazonaws.com", "awsapps.com"),
    "barracuda": ("barracudanetworks.com",),
    "cisco": ("iphmx.com",),
    "cloudflare": ("cloudflare.net",),
    "comcast": ("comcast.net",),
    "fastmail": ("messagingengine.com", "fastmail.com", "fastmail.fm"),
    "godaddy": ("secureserver.net",),
    "google": ("google.com", "googlemail.com", "gmail.com"),
    "ionos": ("gmx.net", "gmx.de", "gmx.com", "web.de", "ionos.com", "kundenserver.de"),
    "mailru": ("mail.ru", "bk.ru", "inbox.ru", "list.ru"),
    "microsoft": (
        *("outlook.com", "hotmail.com", "live.com", "msn.com", "office365.us"),
        *("outlook.cn", "mx.microsoft"),
    ),
    "mimecast": ("mimecast.com", "mimecast.co.za", "mimecast-offshore.com"),
    "netease": ("163.com", "126.com", "netease.com", "yeah.net"),
    "orange": ("orange.fr", "wanadoo.fr"),
    "ovh": ("ovh.net",),
    "proofpoint": ("pphosted.com", "ppe-hosted.com", "gpphosted.com"),
    "proton": ("protonmail.ch", "proton.me", "protonmail.com"),
    "rackspace": ("emailsrvr.com",),
    "tencent": ("qq.com", "foxmail.com"),
    "telekom": ("t-online.de",),
    "yahoo": ("yahoodns.net", "yahoo.com", "aol.com", "ymail.com"),
    "yandex": ("yandex.net", "yandex.ru", "yandex.com", "ya.ru"),
    "zoho": ("zoho.com", "zoho.eu", "zoho.in", "zohomail.com"),
}

PROVIDERS: Final = frozenset((*SUFFIXES, OTHER))
"""Every label that `provider_of` can give."""

_PROVIDER: Final = {
    suffix: name for name, suffixes in SUFFIXES.items() for suffix in suffixes
}

_LABELS_MAX: Final = max(suffix.count(".") + 1 for suffix in _PROVIDER)


@lru_cache(maxsize=4096)
def provider_of(host: str) -> str:
    """The label of an MX host or a mail domain (A-labels); "other" for most."""
    labels = host.lower().rstrip(".").split(".")[-_LABELS_MAX:]
    for start in range(len(labels)):
        name = _PROVIDER.get(".".join(labels[start:]))
        if name:
            return name
    return OTHER
