"""DNS questions: their answers, and a resolver with deadlines and a memory."""

from mailbot_server.core.destination.tlsa import Tlsa
from mailbot_server.engine.dns.answer import (
    AddressAnswer,
    Exchange,
    Lookups,
    MxAnswer,
    NameAnswer,
    Status,
    TextAnswer,
    TlsaAnswer,
)
from mailbot_server.engine.dns.resolver import Resolver

__all__ = [
    "AddressAnswer",
    "Exchange",
    "Lookups",
    "MxAnswer",
    "NameAnswer",
    "Resolver",
    "Status",
    "TextAnswer",
    "Tlsa",
    "TlsaAnswer",
]
