"""HTML that stays as it is inside Markdown: nothing in it is taken for Markdown, and it is one block."""

from __future__ import annotations

import re

_TAG = re.compile(r"(<[^<>]*>)")
_PREFORMATTED = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
#: What Markdown and its usual extensions see in text; in tags only what fences, macros and lists of attributes are of.
_ACTIVE, _ACTIVE_IN_TAGS = re.compile(r"[`~{}*_\[\]\\$]"), re.compile(r"[`~{}]")


def inert(html: str) -> str:
    """Return HTML in which Markdown finds nothing of its own, in text nor in attributes, and no line is empty.

    Python-Markdown looks for fences and macros in a page before it looks for HTML, and CommonMark ends HTML at an empty
    line.
    """
    html = _PREFORMATTED.sub(lambda pre: pre[0].replace("\n", "&#10;"), html)
    parts = _TAG.split(html)
    parts[::2] = (_ACTIVE.sub(_as_number, text) for text in parts[::2])
    parts[1::2] = (" ".join(_ACTIVE_IN_TAGS.sub(_as_number, tag).split("\n")) for tag in parts[1::2])
    lines = map(str.strip, "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def on_one_line(html: str) -> str:
    """Return inert HTML without line breaks, for places where a line has a meaning, such as a list."""
    return " ".join(html.split("\n"))


def _as_number(character: re.Match[str]) -> str:
    return f"&#{ord(character[0])};"
