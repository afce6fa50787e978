"""How a terminal, Markdown and Slack write headings, emphasis and lists; text of people is made harmless in each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ..findings import printable

_SIGNS = re.compile(r"([\\`*_{}\[\]<>()#+!|~$&])")


@dataclass(frozen=True, slots=True)
class Style:
    """A medium. `escape` keeps a text from being markup, from calling a person and from linking an issue."""

    medium: Literal["terminal", "markdown", "slack"]

    def escape(self, text: str) -> str:
        """A text of people, in one line."""
        line = printable(" ".join(text.split()))
        if self.medium == "terminal":
            return line
        if self.medium == "slack":  # https://docs.slack.dev/messaging/formatting-message-text
            line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            return re.sub(r"([*_~`@])", "\u200b\\1\u200b", line)
        # a zero-width space keeps a name from being called and a number from being linked
        return _SIGNS.sub(r"\\\1", line).replace("@", "@&#8203;").replace("\\#", "\\#&#8203;")

    def heading(self, text: str, level: int = 3) -> str:
        """A heading; `text` is escaped already."""
        if self.medium == "markdown":
            return f"{'#' * level} {text}\n"
        return self.strong(text) if self.medium == "slack" else f"{text}\n{('=' if level < 3 else '-') * len(text)}"

    def strong(self, text: str) -> str:
        """Emphasis, where the medium has one."""
        return {"markdown": f"**{text}**", "slack": f"*{text}*"}.get(self.medium, text)

    def item(self, text: str, depth: int = 0) -> str:
        """A line of a list."""
        return f"{'  ' * depth}{'•' if self.medium == 'slack' else '-'} {text}"
