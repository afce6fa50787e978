"""People's text for files that are not HTML pages: without the characters that XML and iCalendar refuse."""

from __future__ import annotations

import re

_REFUSED = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def allowed(text: str) -> str:
    """Return text with U+FFFD for every control character, half a surrogate pair and what is no character at all."""
    return text if text.isprintable() else _REFUSED.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str) -> str:
    """Return such text in one line."""
    return allowed(" ".join(text.split()))
