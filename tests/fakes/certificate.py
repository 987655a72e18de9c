"""Certificates that nobody trusts, made for one test run."""

import ssl
import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

YEAR = timedelta(days=365)
_PEM: Final = serialization.Encoding.PEM


def self_signed(folder: Path, name: str, *, expired: bool = False) -> Path:
    """A PEM file with a certificate for `name` and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(tz=UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - YEAR)
        .not_valid_after(now - YEAR / 2 if expired else now + YEAR)
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    path.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


def server_context(pem: Path) -> ssl.SSLContext:
    """What a server with this certificate speaks TLS with."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


def incompatible_context(pem: Path) -> ssl.SSLContext:
    """A server's that no client agrees with: it wants RSA and has another key."""
    context = server_context(pem)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("aRSA")
    return context


def old_context(pem: Path) -> ssl.SSLContext:
    """A server's that knows nothing newer than TLS 1.0."""
    context = server_context(pem)
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1
    return context


def der_of(pem: Path) -> bytes:
    """The first certificate of a file."""
    return x509.load_pem_x509_certificate(pem.read_bytes()).public_bytes(
        serialization.Encoding.DER
    )


class Authority:
    """Issues certificates that are trusted by whoever trusts `ca_file`."""

    def __init__(self, folder: Path, at: datetime, name: str = "authority") -> None:
        self._folder = folder
        self.at = at
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._subject = _named(name)
        self.certificate = self._sign(self._subject, self._key.public_key(), is_ca=True)
        self.ca_file = folder / f"{name}.ca.pem"
        self.ca_file.write_bytes(self.certificate.public_bytes(_PEM))

    @property
    def der(self) -> bytes:
        """Its own certificate."""
        return self.certificate.public_bytes(serialization.Encoding.DER)

    def issue(
        self, *names: str, is_ca: bool = False, expired: bool = False
    ) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
        """A certificate for these names and its key."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = self._sign(
            _named(names[0]), key.public_key(), *names, is_ca=is_ca, expired=expired
        )
        return made, key

    def pem(self, *names: str, expired: bool = False) -> Path:
        """A file for a server: its certificate, this authority's, and its key."""
        certificate, key = self.issue(*names, expired=expired)
        path = self._folder / f"{names[0]}.chain.pem"
        path.write_bytes(
            certificate.public_bytes(_PEM)
            + self.certificate.public_bytes(_PEM)
            + key.private_bytes(
                _PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        return path

    def _sign(
        self,
        subject: x509.Name,
        public: ec.EllipticCurvePublicKey,
        *names: str,
        is_ca: bool = False,
        expired: bool = False,
    ) -> x509.Certificate:
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._subject)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(self.at - YEAR)
            .not_valid_after(self.at - YEAR / 2 if expired else self.at + YEAR)
            .add_extension(
                x509.BasicConstraints(ca=is_ca, path_length=None), critical=True
            )
        )
        issuer_key = self._key.public_key()
        for extension in (
            x509.SubjectKeyIdentifier.from_public_key(public),
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key),
        ):
            builder = builder.add_extension(extension, critical=False)
        if names:
            alternatives = x509.SubjectAlternativeName([*map(x509.DNSName, names)])
            builder = builder.add_extension(alternatives, critical=False)
        return builder.sign(self._key, hashes.SHA256())


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
