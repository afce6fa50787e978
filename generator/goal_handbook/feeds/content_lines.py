"""Lines of calendar files (RFC 5545, 3.1). Our own: a library took longer for calendars than for any kind of page."""

from __future__ import annotations

#: So many octets of a line come before a break: a line that goes on begins with a space, and may have 75.
_OCTETS = 74


def text_line(name: str, text: str) -> str:
    """Return a line with people's text, which may have line breaks of its own but no other control characters."""
    escaped = text.replace("\\", r"\\").replace(";", r"\;").replace(",", r"\,").replace("\n", r"\n")
    return content_line(name, escaped)


def content_line(name: str, value: str) -> str:
    """Return a line, broken where it is too long. `name` may have parameters: `DTSTART;VALUE=DATE`."""
    line = f"{name}:{value}"
    octets = line.encode()
    if len(octets) <= _OCTETS:
        return f"{line}\r\n"
    parts, at = list[bytes](), 0
    while at + _OCTETS < len(octets):
        stop = _end_of_part(octets, at + _OCTETS)
        parts.append(octets[at:stop])
        at = stop
    return b"\r\n ".join([*parts, octets[at:] + b"\r\n"]).decode()


def _end_of_part(octets: bytes, stop: int) -> int:
    """The last place up to `stop` that is neither within a character nor between a backslash and what it escapes."""
    while octets[stop] & 0xC0 == 0x80:
        stop -= 1
    return stop - 1 if octets[stop - 1 : stop] == b"\\" else stop
