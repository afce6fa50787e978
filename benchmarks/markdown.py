"""Our pages as the ready-made Markdown a stock Material site would be written in: same words, lists, tables."""

from __future__ import annotations

from html.parser import HTMLParser

_HEADINGS = {"h1": "# ", "h2": "## ", "h3": "### ", "h4": "#### "}


class _ToMarkdown(HTMLParser):
    """Keeps text with its headings, list items, table rows and links; drops charts and decoration."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.line = ""
        self.skip = 0
        self.cells: list[str] | None = None
        self.head_done = False
        self.href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "svg":
            self.skip += 1
        elif tag in _HEADINGS:
            self._flush()
            self.line = _HEADINGS[tag]
        elif tag == "li":
            self._flush()
            self.line = "- "
        elif tag in {"p", "summary", "table", "div", "section"}:
            self._flush()
            self.head_done = self.head_done and tag != "table"
        elif tag == "tr":
            self._flush()
            self.cells = []
        elif tag == "a":
            self.href = dict(attrs).get("href") or ""
            self.line += "["

    def handle_endtag(self, tag: str) -> None:
        if tag == "svg":
            self.skip -= 1
        elif tag in {"td", "th"} and self.cells is not None:
            self.cells.append(" ".join(self.line.split()).replace("|", "\\|"))
            self.line = ""
        elif tag == "tr" and self.cells is not None:
            self.lines.append(f"| {' | '.join(self.cells)} |")
            if not self.head_done:
                self.lines.append("|" + " --- |" * len(self.cells))
                self.head_done = True
            self.cells = None
        elif tag == "a":
            self.line += f"]({_markdown_target(self.href)})"
        elif tag in _HEADINGS or tag in {"p", "li", "summary", "table"}:
            self._flush()

    def handle_data(self, data: str) -> None:
        if not self.skip:
            self.line += data.replace("\n", " ")

    def _flush(self) -> None:
        if self.cells is None and self.line.strip(" -#"):
            self.lines += ["", self.line.strip(), ""]
        if self.cells is None:
            self.line = ""


def _markdown_target(href: str) -> str:
    """An address of the built site as a link between Markdown files."""
    path, hash_, anchor = href.partition("#")
    if not path:
        return href
    if path in {"./", "../", "../../"}:
        return f"{path}index.md"
    if path.startswith("../../g/"):
        return "https://example.com/"
    return path.removeprefix("../").removesuffix("/") + ".md" + hash_ + anchor


def to_markdown(html: str) -> str:
    """The Markdown a person would have written for this page."""
    parser = _ToMarkdown()
    parser.feed(html)
    parser.close()
    return "\n".join(parser.lines) + "\n"
