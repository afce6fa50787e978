"""Lines of calendar files (RFC 5545, 3.1). Our own: a library took longer for calendars than for any kind of page."""

from __future__ import annotations

_ESCAPED = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})
#: So many octets of a line come before a break: a line that goes on begins with a space, and may have 75.
_OCTETS = 74


def text_line(name: str, text: str) -> str:
    """Return a line with people's text, which may have line breaks of its own but no other control characters."""
    return content_line(name, text.translate(_ESCAPED))


def content_line(name: str, value: str) -> str:
    """Return a line, broken where it is too long. `name` may have parameters: `DTSTART;VALUE=DATE`."""
    line = f"{name}:{value}"
    octets, parts, begin = line.encode(), list[bytes](), 0
    if len(octets) <= _OCTETS:
        return f"{line}\r\n"
    while begin + _OCTETS < len(octets):
        end = _end_of_part(octets, begin + _OCTETS)
        parts.append(octets[begin:end])
        begin = end
    return b"\r\n ".join([*parts, octets[begin:] + b"\r\n"]).decode()


def _end_of_part(octets: bytes, end: int) -> int:
    """The last place up to `end` that is neither within a character nor between a backslash and what it escapes."""
    while octets[end] & 0xC0 == 0x80:
        end -= 1
    return end - 1 if octets[end - 1 : end] == b"\\" else end
