"""Signatures as `ssh-keygen -Y sign` makes them (OpenSSH: PROTOCOL.sshsig, PROTOCOL.u2f; RFC 4251, 5656, 8332)."""

from __future__ import annotations

import base64
import binascii
import hashlib
from functools import lru_cache

from .wire import BadSignature, Reader, Signature, string

#: What the signatures of this product are for: one made for git or for a file is none of them.
NAMESPACE = "goal-handbook"

_MAGIC = b"SSHSIG"


@lru_cache(maxsize=65_536)
def signer_of(text: str, message: bytes, namespace: str = NAMESPACE) -> bytes:
    """Return the public key (an SSH key blob) that made a signature over a message.

    `text` is the signature in base64, without the lines around it. The result is kept: it depends on nothing else.
    Raises BadSignature.
    """
    found = _read(text)
    if found.namespace != namespace:
        raise BadSignature(f'was made for "{found.namespace[:40]}", not for "{namespace}"')
    digest = hashlib.new(found.hash, message).digest()
    signed = _MAGIC + b"".join(map(string, (namespace.encode(), b"", found.hash.encode(), digest)))
    from .public_keys import verify  # what it needs takes a while to import, and few runs need it

    verify(found, signed)
    return found.key


def armored(text: str) -> str:
    """Return a signature with the lines around it that `ssh-keygen -Y verify` reads."""
    lines = (text[i : i + 70] for i in range(0, len(text), 70))
    return "\n".join(["-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""])


def unarmored(armor: str) -> str:
    """Return the base64 of a signature that `ssh-keygen -Y sign` wrote."""
    return "".join(line.strip() for line in armor.splitlines() if not line.startswith("-----"))


def _read(text: str) -> Signature:
    try:
        reader = Reader(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        raise BadSignature("is not base64") from None
    if reader.take(6) != _MAGIC or reader.take(4) != b"\0\0\0\1":
        raise BadSignature("is not one that ssh-keygen -Y sign made")
    key, namespace, _, hash_, inner = (reader.string() for _ in range(5))
    if reader.left or hash_ not in {b"sha256", b"sha512"}:
        raise BadSignature("is not one that ssh-keygen -Y sign made")
    parts = Reader(inner)
    algorithm, blob = parts.string(), parts.string()
    return Signature(key, namespace.decode("utf-8", "replace"), hash_.decode(), algorithm, blob, parts.left)
