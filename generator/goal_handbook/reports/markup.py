"""How a terminal, Markdown and Slack write headings, emphasis and lists; people's text is made harmless in each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ..findings import printable

_SIGNS = re.compile(r"([\\`*_{}\[\]<>()#+!|~$&])")


@dataclass(frozen=True, slots=True)
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
        # a zero-width space keeps a name from being mentioned and a number from being linked
        return _SIGNS.sub(r"\\\1", line).replace("@", "@&#8203;").replace("\\#", "\\#&#8203;")

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
