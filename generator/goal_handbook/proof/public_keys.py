"""The public keys of SSH, and signatures by them: ed25519, ecdsa and rsa, in a file or on a security key."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from .wire import BadSignature, Reader, Signature

_ECDSA: dict[bytes, tuple[bytes, type[ec.EllipticCurve], type[hashes.HashAlgorithm]]] = {
    b"ecdsa-sha2-nistp256": (b"nistp256", ec.SECP256R1, hashes.SHA256),
    b"ecdsa-sha2-nistp384": (b"nistp384", ec.SECP384R1, hashes.SHA384),
    b"ecdsa-sha2-nistp521": (b"nistp521", ec.SECP521R1, hashes.SHA512),
}
_RSA: dict[bytes, type[hashes.HashAlgorithm]] = {b"rsa-sha2-256": hashes.SHA256, b"rsa-sha2-512": hashes.SHA512}
_SECURITY_KEY = b"@openssh.com"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key, the algorithms it signs with, and for one on a security key what that is used for."""

    key: Ed25519PublicKey | ec.EllipticCurvePublicKey | rsa.RSAPublicKey
    algorithms: frozenset[bytes]
    hash: hashes.HashAlgorithm | None = None
    application: bytes | None = None


def verify(found: Signature, signed: bytes) -> None:
    """Check a signature over what was signed. Raises BadSignature."""
    try:
        public = _public_key(found.key)
        if found.algorithm not in public.algorithms:
            raise BadSignature("mixes two kinds of keys")
        _verify(public, found, _what_it_signs(public, found.rest, signed))
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        raise BadSignature("does not fit what it is said to sign") from None


def _verify(public: PublicKey, found: Signature, signed: bytes) -> None:
    match public.key:
        case Ed25519PublicKey():
            public.key.verify(found.blob, signed)
        case ec.EllipticCurvePublicKey():
            numbers = Reader(found.blob)
            both = encode_dss_signature(numbers.number(), numbers.number())
            if numbers.left:
                raise BadSignature("has something after its end")
            public.key.verify(both, signed, ec.ECDSA(public.hash or hashes.SHA256()))
        case rsa.RSAPublicKey():
            public.key.verify(found.blob, signed, padding.PKCS1v15(), _RSA[found.algorithm]())


def _what_it_signs(public: PublicKey, rest: bytes, signed: bytes) -> bytes:
    """The message; a security key adds what it is used for, flags and a counter (`rest`), and signs digests."""
    if public.application is None:
        if rest:
            raise BadSignature("has something after its end")
        return signed
    if len(rest) != 5:
        raise BadSignature("lacks what a security key adds")
    return hashlib.sha256(public.application).digest() + rest + hashlib.sha256(signed).digest()


@lru_cache(maxsize=4_096)
def _public_key(blob: bytes) -> PublicKey:
    """Read a key. Raises BadSignature, ValueError."""
    reader = Reader(blob)
    kind = reader.string()
    on_security_key = kind.startswith(b"sk-") and kind.endswith(_SECURITY_KEY)
    plain = kind.removeprefix(b"sk-").removesuffix(_SECURITY_KEY) if on_security_key else kind
    key: Ed25519PublicKey | ec.EllipticCurvePublicKey | rsa.RSAPublicKey
    algorithms, hash_ = frozenset({kind}), None
    if plain == b"ssh-ed25519":
        key = Ed25519PublicKey.from_public_bytes(reader.string())
    elif plain in _ECDSA:
        curve, made, hash_ = _ECDSA[plain]
        if reader.string() != curve:
            raise BadSignature("mixes two kinds of keys")
        key = ec.EllipticCurvePublicKey.from_encoded_point(made(), reader.string())
    elif kind == b"ssh-rsa":
        exponent, modulus = reader.number(), reader.number()
        key, algorithms = rsa.RSAPublicNumbers(exponent, modulus).public_key(), frozenset(_RSA)
    else:
        raise BadSignature(f'is by a kind of key that is not supported: "{kind.decode("ascii", "replace")[:40]}"')
    application = reader.string() if on_security_key else None
    if reader.left:
        raise BadSignature("names a key with something after its end")
    return PublicKey(key, algorithms, hash_() if hash_ else None, application)
