"""Signs messages as others do, with whatever tags a test wants; by dkimpy's forms."""

import base64
import functools
import hashlib
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    generate_private_key,
)
from dkim.canonicalization import CanonicalizationPolicy

HEADER_NAMES = "from:to:subject:date"


@dataclass(frozen=True)
class Pair:
    """Both halves: one signs, the other stands in DNS."""

    private: RSAPrivateKey | Ed25519PrivateKey

    @property
    def algorithm(self) -> str:
        is_rsa = isinstance(self.private, RSAPrivateKey)
        return "rsa-sha256" if is_rsa else "ed25519-sha256"

    @property
    def record(self) -> bytes:
        public = self.private.public_key()
        if isinstance(self.private, RSAPrivateKey):
            told = public.public_bytes(
                serialization.Encoding.DER,
                serialization.PublicFormat.SubjectPublicKeyInfo,
            )
            return b"v=DKIM1; k=rsa; p=" + base64.b64encode(told)
        raw = public.public_bytes(
            serialization.Encoding.Raw, serialization.PublicFormat.Raw
        )
        return b"v=DKIM1; k=ed25519; p=" + base64.b64encode(raw)

    def sign(self, text: bytes) -> bytes:
        if isinstance(self.private, RSAPrivateKey):
            return self.private.sign(text, padding.PKCS1v15(), hashes.SHA256())
        return self.private.sign(hashlib.sha256(text).digest())


@functools.cache
def rsa(bits: int = 2048, number: int = 1) -> Pair:
    return Pair(generate_private_key(public_exponent=65537, key_size=bits))


@functools.cache
def ed25519(number: int = 1) -> Pair:
    return Pair(Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32))


def sign(raw: bytes, pair: Pair, field: str = "DKIM-Signature", **tags: str) -> bytes:
    """The message below a signature; a tag "" is left out."""
    told = {
        "v": "1",
        "a": pair.algorithm,
        "c": "relaxed/relaxed",
        "d": "example.com",
        "s": "s1",
        "h": HEADER_NAMES,
    } | tags
    form = "relaxed/relaxed" if field.startswith("ARC-") else "simple/simple"
    policy = CanonicalizationPolicy.from_c_value((told["c"] or form).encode())
    body = policy.canonicalize_body(raw.partition(b"\r\n\r\n")[2])
    if "l" in told and told["l"].isdigit():
        body = body[: int(told["l"])]
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    told = {"bh": digest} | told | {"b": ""}
    value = " " + ";\r\n ".join(f"{n}={v}" for n, v in told.items() if v or n == "b")
    lines = fields(raw)
    text = b""
    names = [name.strip().lower() for name in told["h"].split(":")]
    for name in names:
        found = [each for each in lines if each[0].strip().lower() == name.encode()]
        if found:
            lines.remove(found[-1])
            text += joined(policy.canonicalize_headers([found[-1]]))
    own = joined(
        policy.canonicalize_headers([(field.encode(), value.encode() + b"\r\n")])
    )
    signature = base64.b64encode(pair.sign(text + own.removesuffix(b"\r\n")))
    return field.encode() + b":" + value.encode() + signature + b"\r\n" + raw


def pass_on(
    raw: bytes, pair: Pair, number: int, status: str = "", **tags: str
) -> bytes:
    """The message below one more ARC set, made as RFC 8617 5.1 says."""
    status = status or ("none" if number == 1 else "pass")
    own = f"ARC-Authentication-Results: i={number}; hop{number}.example; spf=pass\r\n"
    plain = {"v": "", "i": str(number), "d": f"hop{number}.example"} | tags
    marked = sign(raw, pair, "ARC-Message-Signature", **plain)
    marked = own.encode() + marked
    seal = (
        f" i={number}; a={pair.algorithm}; t=1; cv={status};\r\n"
        f" d=hop{number}.example; s=s1; b="
    )
    policy = CanonicalizationPolicy.from_c_value(b"relaxed/relaxed")
    text = b""
    for place in range(1, number + 1):
        for name in (b"results", b"message", b"seal"):
            text += b"".join(
                joined(policy.canonicalize_headers([each]))
                for each in fields(marked)
                if is_of_set(each, name, place)
            )
    text += joined(policy.canonicalize_headers([(b"ARC-Seal", seal.encode())]))
    signature = base64.b64encode(pair.sign(text.removesuffix(b"\r\n")))
    return b"ARC-Seal:" + seal.encode() + signature + b"\r\n" + marked


def is_of_set(field: tuple[bytes, bytes], name: bytes, number: int) -> bool:
    lower = field[0].lower()
    wanted = {
        b"results": b"arc-authentication-results",
        b"message": b"arc-message-signature",
        b"seal": b"arc-seal",
    }[name]
    plain = field[1].replace(b"\r\n", b"").replace(b" ", b"")
    return lower == wanted and f";i={number};".encode() in b";" + plain + b";"


def fields(raw: bytes) -> list[tuple[bytes, bytes]]:
    """Name and value with its CRLF, top to bottom."""
    found: list[tuple[bytes, bytes]] = []
    header = raw.partition(b"\r\n\r\n")[0] + b"\r\n"
    for line in header.splitlines(keepends=True):
        if line[:1] in b" \t":
            name, value = found.pop()
            found.append((name, value + line))
        else:
            name, _, value = line.partition(b":")
            found.append((name, value))
    return found


def joined(lines: list[tuple[bytes, bytes]]) -> bytes:
    return b"".join(
        name + b":" + (value if value.endswith(b"\r\n") else value + b"\r\n")
        for name, value in lines
    )
