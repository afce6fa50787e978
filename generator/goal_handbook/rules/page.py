"""A rule's page: what is wrong, why it matters for the team, a bad example, the mend, and a good one.

The text of each page lies in `pages/CODE.md`; its examples are whole files that the tests check, so that a page
cannot show what is not so. The head comes from the registry.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from .registry import Rule

#: The sections of a page, in this order; `Before` only where a rule compares two versions.
SECTIONS = ("Why it matters", "Before", "Bad", "Mend", "Good")

_SECTION = re.compile(r"^## (.+)\n", re.MULTILINE)
_EXAMPLE = re.compile(r'^```\w+ title="([^"]+)"(?: times="(\d+)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)
#: A fence whose last line stands for many: its head, how many, its text.
_TIMES = re.compile(r'(```\w+ title="[^"]+") times="(\d+)"(\n(?:(?!```).*\n)*)', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RulePage:
    """A rule's page: what it is about, and the text of each section by its title."""

    rule: Rule
    what: str
    sections: Mapping[str, str]

    def files(self, section: str) -> dict[str, str]:
        """The files a section shows, by path. `times="N"` on a file's fence stands for its last line N times."""
        found = {}
        for path, times, text in _EXAMPLE.findall(self.sections.get(section, "")):
            *rest, last = text.splitlines(keepends=True)
            found[path] = "".join(rest) + last * int(times) if times else text
        return found

    def markdown(self) -> str:
        """The whole page."""
        severity = "an error" if self.rule.severity == "error" else "a warning"
        head = f"# {self.rule.code} {self.rule.slug}\n\n**{self.rule.summary}.** It is {severity} by default.\n\n"
        body = self.what + "".join(f"## {title}\n{text}" for title, text in self.sections.items())
        return head + _TIMES.sub(r"\1\3# and so on, \2 lines like it\n", body)


def rule_page(rule: Rule) -> RulePage:
    """The page of a rule."""
    text = files("goal_handbook.rules").joinpath(f"pages/{rule.code}.md").read_text(encoding="utf-8")
    what, *rest = _SECTION.split(text)
    return RulePage(rule, what, dict(zip(rest[::2], rest[1::2], strict=True)))
