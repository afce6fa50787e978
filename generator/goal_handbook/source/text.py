"""Decodes a file: UTF-8 without invisible characters, or a finding with the location of the first bad one."""

from __future__ import annotations

import re

from ..findings import Finding, Location

MAX_BYTES = 1024 * 1024

#: What YAML 1.2 calls not printable, and DEL; lone surrogates never decode.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
#: What libyaml counts as the end of a line.
LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


def decode(path: str, data: bytes, limit: int = MAX_BYTES) -> tuple[str, Finding | None]:
    """Return the text of UTF-8 bytes (a byte order mark is allowed) and None, or "" and a finding GH112 or GH113.

    `limit` is the largest size in bytes; `path` is the file's as messages show it.
    """
    if len(data) > limit:
        return "", too_large(path, len(data), limit)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:4]:
        return "", Finding("GH113", Location(path, 1, 1), "the file is UTF-16 or UTF-32, not UTF-8", "save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        index = len(data[: error.start].decode("utf-8-sig"))
        location, line = _location_at(path, data.decode("utf-8-sig", "replace"), index)
        return "", Finding("GH113", location, "this is not UTF-8 (it may be Latin-1)", "save the file as UTF-8", line)
    if match := UNPRINTABLE.search(text):
        location, line = _location_at(path, text, match.start())
        message = f"invisible control character U+{ord(match[0]):04X}"
        return "", Finding("GH113", location, message, "delete it", line)
    return text, None


def too_large(path: str, size: int, limit: int) -> Finding:
    """Return the finding for a file of more than `limit` bytes."""
    message = f"the file has {size:,} bytes, more than {limit // 1024**2} MiB"
    return Finding("GH112", Location(path), message, "split it")


def _location_at(path: str, text: str, index: int) -> tuple[Location, str]:
    """Return the location of a character, and its line."""
    before = LINE_BREAK.split(text[:index])
    rest = LINE_BREAK.split(text[index:], maxsplit=1)[0]
    return Location(path, len(before), len(before[-1]) + 1), before[-1] + rest
