"""How a terminal, Markdown and Slack write headings, emphasis and lists; people's text is made harmless in each."""

from __future__ import annotations

import re
from typing import Literal

from ..findings import printable
from ..frozen import frozen

_SIGNS = re.compile(r"([\\`*_{}\[\]<>()#+!|~$&])")
#: Where GitHub and GitLab would make a link of plain text: after the @ of a name or an address, the # or ! of a number,
#: in `GH-1`, in an address of the web, and in a commit's id.
_LINKED = re.compile(
    r"(?<=@)|(?<=[#!])(?=\d)|(?<=\bGH-)(?=\d)|(?<=:)(?=//)|(?<=\bwww)(?=\.)|\b(?=\d*[a-f])([0-9a-f]{6})(?=[0-9a-f]+\b)",
    re.IGNORECASE,
)
#: A space of no width, which ends a name, a number and an address.
_BREAK = "\u200b"


@frozen
class Style:
    """A medium. People's text goes through `escape`, so that it is not markup, mentions nobody and links nothing."""

    medium: Literal["terminal", "markdown", "slack"]

    def escape(self, text: str) -> str:
        """Return people's text in one line, harmless in this medium."""
        line = printable(" ".join(text.split()))
        if self.medium == "terminal":
            return line
        if self.medium == "slack":  # https://docs.slack.dev/messaging/formatting-message-text
            line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            return re.sub(r"([*_~`@])", "\u200b\\1\u200b", line)
        return _SIGNS.sub(r"\\\1", _LINKED.sub(rf"\1{_BREAK}", line)).replace(_BREAK, "&#8203;")

    def heading(self, text: str, level: int = 3) -> str:
        """Return a heading; `text` is escaped already."""
        if self.medium == "markdown":
            return f"{'#' * level} {text}\n"
        return self.strong(text) if self.medium == "slack" else f"{text}\n{('=' if level < 3 else '-') * len(text)}"

    def strong(self, text: str) -> str:
        """Return text with emphasis, if the medium has any."""
        return {"markdown": f"**{text}**", "slack": f"*{text}*"}.get(self.medium, text)

    def item(self, text: str, depth: int = 0) -> str:
        """Return a line of a list."""
        return f"{'  ' * depth}{'•' if self.medium == 'slack' else '-'} {text}"
