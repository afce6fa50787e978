"""A rule's page: what the rule checks, why it matters for the team, a bad example, the fix, and a good example.

The text of each page is in `pages/CODE.md`, its heading comes from the registry. The examples are whole files, and the
tests check them, so a page cannot promise what the rules do not do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from .registry import Rule

#: What a rule is by default, in the words of its page.
_DEFAULT = {"error": "an error", "warning": "a warning", "off": "off"}

#: The sections of a page, in this order; only a rule that compares two versions has a `Before`.
SECTIONS = ("Why it matters", "Before", "Bad", "Fix", "Good")

_SECTION = re.compile(r"^## (.+)\n", re.MULTILINE)
_EXAMPLE = re.compile(r'^```\w+ title="([^"]+)"(?: times="(\d+)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)
#: An example whose last line is repeated: its opening fence, how many times, its text.
_REPEATED = re.compile(r'(```\w+ title="[^"]+") times="(\d+)"(\n(?:(?!```).*\n)*)', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RulePage:
    """The page of a rule: what it checks (`what`), and the text of each section by its title."""

    rule: Rule
    what: str
    sections: Mapping[str, str]

    def files(self, section: str) -> dict[str, str]:
        """Return the example files of a section, by path. `times="N"` on a fence repeats the file's last line."""
        found = {}
        for path, times, text in _EXAMPLE.findall(self.sections.get(section, "")):
            *rest, last = text.splitlines(keepends=True)
            found[path] = "".join(rest) + last * int(times) if times else text
        return found

    def markdown(self) -> str:
        """Return the whole page as Markdown."""
        rule = self.rule
        head = f"# {rule.code} {rule.slug}\n\n**{rule.summary}.** By default, this is {_DEFAULT[rule.severity]}.\n\n"
        body = self.what + "".join(f"## {title}\n{text}" for title, text in self.sections.items())
        return head + _REPEATED.sub(r"\1\3# … and so on: \2 lines like this one\n", body)


def rule_page(rule: Rule) -> RulePage:
    """Read the page of a rule."""
    text = files("goal_handbook.rules").joinpath(f"pages/{rule.code}.md").read_text(encoding="utf-8")
    what, *rest = _SECTION.split(text)
    return RulePage(rule, what, dict(zip(rest[::2], rest[1::2], strict=True)))
