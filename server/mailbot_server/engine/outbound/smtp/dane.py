"""
Checks a host's certificates against its TLSA records (RFC 7671, RFC 7672 3).

Python 3.11 has no DANE, so the handshake checks nothing and this does, before a word
is said over the connection.
"""

import ssl
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature

from mailbot_server.core.destination.host_pattern import means
from mailbot_server.core.destination.tlsa import Tlsa, Usage

CHAIN_MAX: Final = 10

_FAULTS: Final = (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound)


def chain_of(tls: Any) -> tuple[bytes, ...]:
    """
    The certificates that the host showed, DER, its own first.

    From Python 3.13 on, `ssl.SSLObject` has this itself.
    """
    if hasattr(tls, "get_unverified_chain"):
        return tuple(tls.get_unverified_chain()[:CHAIN_MAX])
    shown = tls._sslobj.get_unverified_chain() or ()  # noqa: SLF001 - see above
    return tuple(
        ssl.PEM_cert_to_DER_cert(each.public_bytes()) for each in shown[:CHAIN_MAX]
    )


def refusal(
    chain: Sequence[bytes],
    records: Sequence[Tlsa],
    names: Sequence[str],
    now: datetime,
) -> str:
    """
    Why no record means the host; "" when one does.

    Of usage 2, the authority must be among the certificates that the host shows, as RFC
    7672 3.1.2 asks of it, and its certificate must be for one of `names`.
    """
    if not chain:
        return "the host showed no certificate"
    if any(r.usage == Usage.EE and r.means(chain[0]) for r in records):
        # RFC 7672 3.1.1: neither the names in it nor its dates are looked at.
        return ""
    of_authority = [record for record in records if record.usage == Usage.TA]
    if not of_authority:
        return "the certificate is not the one of the TLSA records"
    depth = next(
        (
            depth
            for depth, certificate in enumerate(chain)
            if depth and any(record.means(certificate) for record in of_authority)
        ),
        0,
    )
    if not depth:
        return "no certificate is one of the TLSA records"
    try:
        return _broken(
            [*map(x509.load_der_x509_certificate, chain[: depth + 1])], now
        ) or (_unnamed(x509.load_der_x509_certificate(chain[0]), names))
    except _FAULTS:
        return "the certificates are damaged"


def _broken(chain: Sequence[x509.Certificate], now: datetime) -> str:
    """What is wrong with the way from the certificate to the authority, the last."""
    for certificate in chain:
        if (
            not certificate.not_valid_before_utc
            <= now
            <= certificate.not_valid_after_utc
        ):
            return "a certificate is out of date"
    for below, (certificate, issuer) in enumerate(pairwise(chain)):
        try:
            certificate.verify_directly_issued_by(issuer)
        except _FAULTS:
            return "a certificate is not issued by the next one"
        if not _may_issue(issuer, below):
            return "a certificate is issued by one that may not issue any"
    return ""


def _may_issue(issuer: x509.Certificate, below: int) -> bool:
    """RFC 5280 4.2.1.9; `below` is how many authorities stand between."""
    basic = issuer.extensions.get_extension_for_class(x509.BasicConstraints).value
    return basic.ca and (basic.path_length is None or below <= basic.path_length)


def _unnamed(certificate: x509.Certificate, names: Sequence[str]) -> str:
    found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    patterns = found.value.get_values_for_type(x509.DNSName)
    if any(means(pattern, name) for pattern in patterns for name in names):
        return ""
    return f"the certificate is not for {names[0] if names else 'the host'}"
