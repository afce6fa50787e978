"""A page as a test sees it: its elements, visible text, anchors and links."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path


class Page(HTMLParser):
    """Reads HTML as a browser does. `visible` is the text, `hidden` the text in scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.visible = ""
        self.hidden = ""
        self._inside: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag in {"script", "style", "title"}:
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if self._inside and self._inside[-1] in {"script", "style"}:
            self.hidden += data
        else:
            self.visible += data

    @property
    def anchors(self) -> set[str]:
        """Every id on the page."""
        return {attrs["id"] for _, attrs in self.elements if attrs.get("id")}

    @property
    def links(self) -> list[str]:
        """Every address the page links to or loads."""
        return [attrs[name] for _, attrs in self.elements for name in ("href", "src") if name in attrs]


def read_page(path: Path) -> Page:
    """Read the page in a file."""
    return Page(path.read_text(encoding="utf-8"))


def dead_links(site: Path, pages: list[Path]) -> list[str]:
    """Return relative links of these pages to a file or an anchor that does not exist, as `page -> link`."""
    read: dict[Path, Page] = {}

    def page(path: Path) -> Page:
        if path not in read:
            read[path] = read_page(path)
        return read[path]

    dead = []
    for source in pages:
        for link in page(source).links:
            address, _, anchor = link.partition("#")
            if "://" in link or link.startswith(("mailto:", "data:", "javascript:", "//", "/")):
                continue
            target = (source.parent / address.partition("?")[0]).resolve() if address else source
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file() or (anchor and target.suffix == ".html" and anchor not in page(target).anchors):
                dead.append(f"{source.relative_to(site)} -> {link}")
    return dead
