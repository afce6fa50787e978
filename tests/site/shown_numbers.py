"""The numbers that a page shows, and whose they are: those of the goals and owners that the text around them names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from posixpath import join, normpath

#: A number with what makes it money, a percentage or a short form: `−$34,000`, `54%`, `1.41`, `$141K`.
NUMBER = re.compile(r"[-−+±]?\$?\d+(?:,\d{3})*(?:\.\d+)?[KMB%]?")
MONTH = r"(?:January|February|March|April|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
#: Days are checked elsewhere: `Oct 31`, `Sep 30, 2016`, `October 2017`.
DAYS = re.compile(rf"\b{MONTH} \d{{1,2}}(?:, \d{{4}})?\b|\b{MONTH} \d{{4}}\b")
_VOID = {"br", "img", "hr", "input", "meta", "link", "wbr", "path", "line", "circle", "rect", "use"}
_READ = ("title", "aria-label")
_OWNER = re.compile(r"^(?:sellers|leaders|teams)/([\w-]+)(?:#([\w-]+))?$")
_PERMANENT = re.compile(r"^g/([\w-]+/[\w-]+)$")


@dataclass
class Element:
    """An element of a page, with its texts and elements in order."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None
    inside: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        """Return its classes."""
        return self.attributes.get("class", "").split()

    @property
    def above(self) -> Iterator[Element]:
        """Yield the element and those it is in, the nearest first."""
        element: Element | None = self
        while element:
            yield element
            element = element.parent

    @property
    def elements(self) -> Iterator[Element]:
        """Yield the element and those in it."""
        yield self
        for part in self.inside:
            if isinstance(part, Element):
                yield from part.elements

    @property
    def text(self) -> str:
        """Return the text in it, in one line."""
        return " ".join("".join(part if isinstance(part, str) else part.text for part in self.inside).split())


class _Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page = self.at = Element("page", {}, None)
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.inside.append(element)
        if tag not in _VOID:
            self.at = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.at.inside.append(Element(tag, {name: value or "" for name, value in attrs}, self.at))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self.at = next(element for element in self.at.above if element.tag == tag).parent or self.page

    def handle_data(self, data: str) -> None:
        self.at.inside.append(data)


@dataclass(frozen=True)
class Shown:
    """A number, the text it is in, the element that shows it, and the ids of the goals and owners it can be about."""

    number: str
    text: str
    element: Element
    named: frozenset[str]


def numbers_of(html: str, address: str) -> Iterator[Shown]:
    """Yield the numbers that a page shows or reads out, in order; `address` is its own, such as `sellers/ana`."""
    for element in _Reader(html).page.elements:
        if element.tag in {"style", "script", "code"}:
            continue
        read = [element.attributes[name] for name in _READ if name in element.attributes]
        for text in (*(part for part in element.inside if isinstance(part, str)), *read):
            for number in NUMBER.findall(DAYS.sub("", text)):
                yield Shown(number, " ".join(text.split()), element, frozenset(_named(element, address)))


def _named(element: Element, address: str) -> set[str]:
    """Whatever is linked around it, up to the nearest element that links a goal, and the goal whose card it is in."""
    found: set[str] = set()
    for around in element.above:
        if "gh-goal" in around.classes:
            return found | _linked((e for e in around.elements if "gh-ref" in e.classes), address)
        if not any("/" in name for name in found):
            found |= _linked([around], address)
    return found


def _linked(elements: Iterable[Element], address: str) -> set[str]:
    links = (link for element in elements for link in element.elements if link.tag == "a")
    return {name for link in links for name in _ids(link.attributes.get("href", ""), address)}


def _ids(href: str, address: str) -> Iterator[str]:
    """The ids of what an address leads to: of a goal its own and its owner's."""
    path, _, anchor = href.partition("#")
    if "://" in path:
        return
    to = normpath(join(address, path))
    if found := _PERMANENT.match(to):
        yield found[1]
    elif found := _OWNER.match(to):
        yield found[1]
        if anchor and not anchor.startswith("_"):
            yield f"{found[1]}/{anchor}"
