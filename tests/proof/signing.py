"""Keys and signatures as OpenSSH makes them, made here without it, so that a test can also make wrong ones."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

NAMESPACE = "goal-handbook"
_APPLICATION = b"ssh:"
_CURVES = {
    "nistp256": (ec.SECP256R1(), hashes.SHA256()),
    "nistp384": (ec.SECP384R1(), hashes.SHA384()),
    "nistp521": (ec.SECP521R1(), hashes.SHA512()),
}
#: Every kind of key that can sign.
KINDS = (
    "ssh-ed25519",
    *(f"ecdsa-sha2-{curve}" for curve in _CURVES),
    "ssh-rsa",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
)


def string(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


def number(value: int) -> bytes:
    return string(value.to_bytes(value.bit_length() // 8 + 1, "big"))


@dataclass(frozen=True)
class Key:
    """A key pair; `public` is the blob of the public key."""

    kind: str
    private: Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    public: bytes

    @property
    def line(self) -> str:
        """The public key as a .pub file has it."""
        return f"{self.kind} {base64.b64encode(self.public).decode()}"

    def sign(self, message: bytes, namespace: str = NAMESPACE, hash: str = "sha512") -> str:
        """A signature over a message, in base64."""
        digest = hashlib.new(hash, message).digest()
        parts = (namespace.encode(), b"", hash.encode(), digest)
        signed = b"SSHSIG" + b"".join(map(string, parts))
        blob = b"SSHSIG" + (1).to_bytes(4, "big") + string(self.public) + b"".join(map(string, parts[:3]))
        return base64.b64encode(blob + string(self.raw(signed))).decode()

    def raw(self, signed: bytes) -> bytes:
        """The inner signature: its algorithm, its blob, and what a security key adds."""
        rest = b""
        if self.kind.startswith("sk-"):
            rest = b"\x01" + (7).to_bytes(4, "big")
            signed = hashlib.sha256(_APPLICATION).digest() + rest + hashlib.sha256(signed).digest()
        if isinstance(self.private, Ed25519PrivateKey):
            return string(self.kind.encode()) + string(self.private.sign(signed)) + rest
        if isinstance(self.private, rsa.RSAPrivateKey):
            made = self.private.sign(signed, padding.PKCS1v15(), hashes.SHA512())
            return string(b"rsa-sha2-512") + string(made)
        _, hash_ = _CURVES[self.kind.removeprefix("sk-").removesuffix("@openssh.com").rpartition("-")[2]]
        made = self.private.sign(signed, ec.ECDSA(hash_))
        return string(self.kind.encode()) + string(b"".join(map(number, decode_dss_signature(made)))) + rest


def make_key(kind: str = "ssh-ed25519", seed: bytes = b"moses") -> Key:
    """A key of a kind; an ed25519 key is the same for the same seed."""
    application = string(_APPLICATION) if kind.startswith("sk-") else b""
    if "ed25519" in kind:
        ed25519 = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(seed).digest())
        point = ed25519.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return Key(kind, ed25519, string(kind.encode()) + string(point) + application)
    if kind == "ssh-rsa":
        private = rsa.generate_private_key(65537, 2048)
        numbers = private.public_key().public_numbers()
        return Key(kind, private, string(b"ssh-rsa") + number(numbers.e) + number(numbers.n))
    name = kind.removeprefix("sk-").removesuffix("@openssh.com").rpartition("-")[2]
    on_curve = ec.generate_private_key(_CURVES[name][0])
    point = on_curve.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return Key(kind, on_curve, string(kind.encode()) + string(name.encode()) + string(point) + application)
