"""How SSH writes keys and signatures: strings, each after its length (RFC 4251)."""

from __future__ import annotations

from dataclasses import dataclass


class BadSignature(Exception):
    """It is no signature over this message. The text says why, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What `ssh-keygen -Y sign` wrote: the public key it says it is by, what it is for, and the signature itself."""

    key: bytes
    namespace: str
    hash: str
    algorithm: bytes
    blob: bytes
    rest: bytes


class Reader:
    """Reads the parts of a key or a signature one after another. Raises BadSignature at the end of the data."""

    def __init__(self, data: bytes) -> None:
        self.left = data

    def take(self, size: int) -> bytes:
        if size > len(self.left):
            raise BadSignature("is cut off")
        found, self.left = self.left[:size], self.left[size:]
        return found

    def string(self) -> bytes:
        return self.take(int.from_bytes(self.take(4), "big"))

    def number(self) -> int:
        return int.from_bytes(self.string(), "big", signed=True)


def string(data: bytes) -> bytes:
    """Return a string as SSH writes it."""
    return len(data).to_bytes(4, "big") + data
