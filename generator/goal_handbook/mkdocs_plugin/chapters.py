"""Goals in the user's own pages, as a Python-Markdown extension: `<goal:OWNER/GOAL>` and `::: goals team=central`.

It takes part in the parsing, so it works in lists, admonitions and tables, and never inside code. Blocks become empty
elements and links keep their address until MkDocs has looked at all links of the page; then both are filled in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

from ..pages.chapters import BLOCKS, LINKS, Block, Chapters
from ..pages.render import BadTemplate
from ..views.names import Noun, Problem

_BLOCK = re.compile(rf"^:::[ \t]+({'|'.join(BLOCKS)})(?=[ \t]|$)(.*)$", re.MULTILINE)
_AUTOLINK = rf"<((?:{'|'.join(LINKS)}):[^\s<>]+)>"
#: The attribute that marks an element of ours until it is filled in.
_MARK = "data-goal-handbook"
#: The lowest heading of a goal: it has headings below it.
_LOWEST = 5
#: Where our steps come in the order of Python-Markdown's, MkDocs' and its extensions'.
_BEFORE_PARAGRAPHS_AFTER_CODE, _BEFORE_AUTOLINKS, _BEFORE_TOC, _AFTER_MKDOCS_LINKS = 75, 125, 15, -10


@dataclass(frozen=True, slots=True)
class Misnamed:
    """What is wrong in a chapter: `text` is the link's address or the block's line, in which the word is."""

    text: str
    problem: Problem


@dataclass
class Chapter:
    """What became of a chapter: what is wrong in it, and the HTML placed in it, without the links."""

    file: File
    misnamed: list[Misnamed] = field(default_factory=list)
    placed: list[str] = field(default_factory=list)


class ChapterExtension(Extension):
    """Places goals in chapters. It serves one build; `chapters` has what was rendered, by the path of its source."""

    def __init__(self, place: Chapters) -> None:
        super().__init__()
        self.place = place
        self.chapters: dict[str, Chapter] = {}

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Take part in the parsing."""
        md.parser.blockprocessors.register(_Blocks(md.parser), "goal-handbook", _BEFORE_PARAGRAPHS_AFTER_CODE)
        md.inlinePatterns.register(_Autolinks(_AUTOLINK, md), "goal-handbook", _BEFORE_AUTOLINKS)
        md.treeprocessors.register(_NameLinks(md, self), "goal-handbook-names", _BEFORE_TOC)
        md.treeprocessors.register(_Fill(md, self), "goal-handbook", _AFTER_MKDOCS_LINKS)

    def chapter(self, md: Markdown) -> Chapter | None:
        """Return the chapter that is being rendered: the file is known to the step that makes links relative."""
        if "relpath" not in md.treeprocessors:
            return None
        file: File = md.treeprocessors["relpath"].file  # type: ignore[attr-defined]
        return self.chapters.setdefault(file.src_uri, Chapter(file))

    def placed(self, file: File) -> list[str]:
        """Return the HTML that was placed in a page: blocks and badges."""
        return self.chapters[file.src_uri].placed if file.src_uri in self.chapters else []


def without(html: str, placed: Iterable[str]) -> str:
    """Return a page's HTML without what was placed in it: search finds that where it belongs."""
    for part in placed:
        html = html.replace(part, "", 1)
    return html


class _Blocks(BlockProcessor):
    """A line `::: goals …` becomes an element of its own."""

    def test(self, parent: Element, block: str) -> bool:
        return bool(_BLOCK.search(block))

    def run(self, parent: Element, blocks: list[str]) -> bool:
        block = blocks.pop(0)
        found = _BLOCK.search(block)
        if found is None:
            return False
        if before := block[: found.start()].rstrip("\n"):
            self.parser.parseBlocks(parent, [before])
        SubElement(parent, "div", {_MARK: found[0].strip()})
        if after := block[found.end() :].lstrip("\n"):
            blocks.insert(0, after)
        return True


class _Autolinks(InlineProcessor):
    """`<goal:OWNER/GOAL>` becomes a link without words."""

    def handleMatch(  # type: ignore[override] # noqa: N802 - Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        return Element("a", {"href": m[1]}), m.start(0), m.end(0)


class _OfChapter(Treeprocessor):
    def __init__(self, md: Markdown, extension: ChapterExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        if chapter := self.extension.chapter(self.md):
            try:
                self.work(root, chapter, self.extension.place.renderer.addresses.route(chapter.file.url))
            except BadTemplate as error:
                raise PluginError(str(error)) from None

    def work(self, root: Element, chapter: Chapter, route: str) -> None:
        raise NotImplementedError


class _NameLinks(_OfChapter):
    """Gives a link without words its goal's title, in time for the table of contents."""

    def work(self, root: Element, chapter: Chapter, route: str) -> None:
        for element, noun, name in _links(root):
            if not element.text and not len(element):
                element.text = self.extension.place.link(noun, name, route).title
                element.set(_MARK, "badge")


class _Fill(_OfChapter):
    """Gives links their addresses and badges, and blocks their content."""

    def work(self, root: Element, chapter: Chapter, route: str) -> None:
        for element, noun, name in _links(root):
            self.fill_link(element, noun, name, chapter, route)
        level, times, last = 1, Counter[str](), None
        for element in [*root.iter()]:
            if re.fullmatch("h[1-6]", str(element.tag)):
                level = int(element.tag[1])
            elif asked := element.get(_MARK):
                times[asked] += 1
                self.fill_block(element, asked, chapter, route, min(level + 1, _LOWEST), times[asked])
                last = element
        if last is not None:
            self.append(last, self.extension.place.as_of(route), chapter)

    def fill_link(self, element: Element, noun: Noun, name: str, chapter: Chapter, route: str) -> None:
        link, text = self.extension.place.link(noun, name, route), element.get("href", "")
        with_badge = element.attrib.pop(_MARK, "")
        if link.problem:
            chapter.misnamed.append(Misnamed(text, link.problem))
        if link.url:
            element.set("href", link.url)
        else:
            message = link.problem.message if link.problem else ""
            element.text = message if with_badge else element.text
            element.tag, element.attrib = "span", {"class": "gh-badge gh-bad gh-i-alert", "title": message}
        if link.badge and with_badge:
            chapter.placed.append(link.badge)
            element.tail = f" {self.md.htmlStash.store(link.badge)}{element.tail or ''}"

    def fill_block(self, element: Element, asked: str, chapter: Chapter, route: str, level: int, time: int) -> None:
        _, name, *words = asked.split()
        block: Block = name  # type: ignore[assignment]
        anchor = f"{words[0]}_{time}" if words and time > 1 else ""
        placed = self.extension.place.block(block, words, route, level, anchor)
        chapter.misnamed += (Misnamed(asked, problem) for problem in placed.problems)
        element.attrib = {"class": "gh-placed"}
        self.append(element, placed.html, chapter)

    def append(self, element: Element, html: str, chapter: Chapter) -> None:
        chapter.placed.append(html)
        element.text = f"{element.text or ''}{self.md.htmlStash.store(html)}"


def _links(root: Element) -> Iterator[tuple[Element, Noun, str]]:
    """Yield the links to goals, people and teams, each with what it leads to and the name of that."""
    for element in [*root.iter("a")]:
        address = element.get("href", "")
        for noun in LINKS:
            if address.startswith(f"{noun}:"):
                yield element, noun, address.removeprefix(f"{noun}:")
