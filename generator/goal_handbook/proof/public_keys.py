"""The public keys of SSH, and signatures by them: ed25519, ecdsa and rsa, in a file or on a security key."""

from __future__ import annotations

import hashlib

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from .wire import BadSignature, Reader, Signature

_CURVES: dict[bytes, tuple[type[ec.EllipticCurve], type[hashes.HashAlgorithm]]] = {
    b"nistp256": (ec.SECP256R1, hashes.SHA256),
    b"nistp384": (ec.SECP384R1, hashes.SHA384),
    b"nistp521": (ec.SECP521R1, hashes.SHA512),
}
_RSA: dict[bytes, type[hashes.HashAlgorithm]] = {b"rsa-sha2-256": hashes.SHA256, b"rsa-sha2-512": hashes.SHA512}
_SECURITY_KEY = b"@openssh.com"


def verify(found: Signature, signed: bytes) -> None:
    """Check a signature over what was signed. Raises BadSignature."""
    try:
        _verify(found, signed)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        raise BadSignature("does not fit what it is said to sign") from None


def _verify(found: Signature, signed: bytes) -> None:
    reader = Reader(found.key)
    kind = reader.string()
    is_security_key = kind.startswith(b"sk-") and kind.endswith(_SECURITY_KEY)
    plain = kind.removeprefix(b"sk-").removesuffix(_SECURITY_KEY)
    if found.algorithm != kind and not (kind == b"ssh-rsa" and found.algorithm in _RSA):
        raise BadSignature("mixes two kinds of keys")
    curve = reader.string() if plain.startswith(b"ecdsa-sha2-") else b""
    if plain == b"ssh-ed25519" or curve:
        point = reader.string()
        if is_security_key:
            signed = _by_security_key(reader.string(), found.rest, signed)
        elif found.rest:
            raise BadSignature("has something after its end")
    if plain == b"ssh-ed25519":
        Ed25519PublicKey.from_public_bytes(point).verify(found.blob, signed)
    elif curve in _CURVES and plain == b"ecdsa-sha2-" + curve:
        made, hash_ = _CURVES[curve]
        public = ec.EllipticCurvePublicKey.from_encoded_point(made(), point)
        numbers = Reader(found.blob)
        public.verify(encode_dss_signature(numbers.number(), numbers.number()), signed, ec.ECDSA(hash_()))
    elif kind == b"ssh-rsa":
        exponent, modulus = reader.number(), reader.number()
        hash_ = _RSA[found.algorithm]
        rsa.RSAPublicNumbers(exponent, modulus).public_key().verify(found.blob, signed, padding.PKCS1v15(), hash_())
    else:
        raise BadSignature(f'is by a kind of key that is not supported: "{kind.decode("ascii", "replace")[:40]}"')


def _by_security_key(application: bytes, rest: bytes, signed: bytes) -> bytes:
    """What a security key signs: the application, its flags and counter, and the message, the two long ones hashed."""
    if len(rest) != 5:
        raise BadSignature("lacks what a security key adds")
    return hashlib.sha256(application).digest() + rest + hashlib.sha256(signed).digest()
