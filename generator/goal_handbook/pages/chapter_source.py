"""Chapters as text: what they place is put into their Markdown, for generators that do not load the plugin."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from dataclasses import dataclass, field
from html import escape

from ..frozen import frozen
from ..views.names import Noun, Problem
from .chapters import BLOCKS, LINKS, Block, Chapters
from .inert import inert, on_one_line

_CODE = re.compile(
    r"^[ \t>]*(?P<fence>`{3,}|~{3,}).*?^[ \t>]*(?P=fence)|(?P<tick>`+)[^`](?:(?!\n\s*\n).)*?(?P=tick)",
    re.MULTILINE | re.DOTALL,
)
#: A block on a line of its own, a link without words (`<goal:…>` or `[](goal:…)`), and the address of one with words.
_PLACED = re.compile(
    rf"^(?P<indent>[ \t]*):::[ \t]+(?P<block>{'|'.join(BLOCKS)})(?=[ \t]|$)(?P<words>.*)$"
    r"|(?P<before><|\[\]\(<?|\]\(<?|^[ ]{0,3}\[[^\]\n]+\]:[ \t]*<?)"
    rf"(?P<noun>{'|'.join(LINKS)}):(?P<name>[^\s<>()]+)(?P<after>>?\)?)",
    re.MULTILINE,
)
_HEADING = re.compile(r"^(#{1,6})[ \t]", re.MULTILINE)
#: The lowest heading of a goal: it has headings below it.
_LOWEST = 5


@frozen
class Misplaced:
    """What is wrong in a chapter, and the offset of the wrong word in its text."""

    problem: Problem
    offset: int


def blanked(source: str) -> str:
    """Return a chapter's text with spaces for its code, so that offsets stay the same."""
    return _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), source)


def with_placed(source: str, route: str, chapters: Chapters) -> tuple[str, list[Misplaced]]:
    """Return a chapter, the page of `route`, with its links and blocks filled in, and what is wrong in it.

    Code is left alone. Raises BadTemplate.
    """
    visible = blanked(source)
    filling = _Filling(visible, route, chapters)
    return filling.fill(source), filling.misplaced


@dataclass
class _Filling:
    visible: str
    route: str
    chapters: Chapters
    misplaced: list[Misplaced] = field(default_factory=list)
    times: Counter[str] = field(default_factory=Counter)
    headings: tuple[int, ...] = ()
    levels: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Note where the headings are, and the level of each; before the first, the chapter's title is above."""
        found = [(match.start(), len(match[1])) for match in _HEADING.finditer(self.visible)]
        self.headings, self.levels = zip(*([(-1, 1), *found]), strict=True)

    def fill(self, source: str) -> str:
        """The chapter, filled in; the day of it all comes after the last block."""
        parts, end, last_block, indent = [], 0, 0, ""
        for match in _PLACED.finditer(self.visible):
            parts += [source[end : match.start()], self.block(match) if match["block"] else self.link(match)]
            end = match.end()
            last_block, indent = (len(parts), match["indent"]) if match["block"] else (last_block, indent)
        if last_block:
            parts.insert(last_block, _as_block(indent, self.chapters.as_of(self.route)))
        return "".join([*parts, source[end:]])

    def link(self, match: re.Match[str]) -> str:
        """A link: its address, and where it is without words its goal's title and badge."""
        noun: Noun = match["noun"]  # type: ignore[assignment]
        link = self.chapters.link(noun, match["name"], self.route)
        if link.problem:
            self.misplaced.append(Misplaced(link.problem, match.start("name")))
        opening, closing = match["before"], match["after"]
        if opening[0] not in "<[" or (opening.startswith("[") and not opening.startswith("[](")):
            return f"{opening}{link.url or '#'}{closing}"
        title = inert(escape(link.title))
        words = f'<a href="{escape(link.url)}">{title}</a>' if link.url else title
        left_over = closing.removeprefix(">") if opening == "<" else closing.removeprefix(">").removeprefix(")")
        return f"{words} {on_one_line(inert(link.badge))}{left_over}" if link.badge else f"{words}{left_over}"

    def block(self, match: re.Match[str]) -> str:
        """A block of HTML, with headings below the one it is under."""
        block: Block = match["block"]  # type: ignore[assignment]
        words, asked = match["words"].split(), match[0].strip()
        self.times[asked] += 1
        anchor = f"{words[0]}_{self.times[asked]}" if words and self.times[asked] > 1 else ""
        above = self.levels[bisect(self.headings, match.start()) - 1]
        level = min(above + 1, _LOWEST)
        placed = self.chapters.block(block, words, self.route, level, anchor)
        for problem in placed.problems:
            at = match.start("words") + max(match["words"].rfind(problem.word), 0)
            self.misplaced.append(Misplaced(problem, at))
        return _as_block(match["indent"], placed.html)


def _as_block(indent: str, html: str) -> str:
    """HTML as a block of Markdown: between empty lines, and on one line if it is part of a list or the like."""
    block = f'<div class="gh-placed">\n{inert(html)}\n</div>'
    return f"\n{indent}{on_one_line(block) if indent else block}\n"
