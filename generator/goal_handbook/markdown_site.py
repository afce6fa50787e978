"""The site as Markdown files: pages with front matter, chapters filled in, style and data, for other generators.

A page is one block of HTML. Its links lead to the Markdown files of other pages, which Zensical turns into addresses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from .findings import Finding, Location, with_help
from .pages.chapter_source import Misplaced, with_placed
from .pages.forge import SCRIPT
from .pages.inert import inert
from .pages.page import Site, SitePage
from .pages.routes import CHANGES, HOME, LANDMARKS, PEOPLE, REVIEWS, STYLE, TEAMS

#: The pages that come first in the navigation, in order.
_TOP = (HOME, TEAMS, PEOPLE, LANDMARKS, REVIEWS, CHANGES)
_HOME_PAGE = f"{HOME}.md"


_CONFIG = """\
# Written once by goals export, and yours from then on.
[project]
site_name = @NAME@
site_url = @URL@
extra_css = [@STYLE@]
extra_javascript = [@SCRIPTS@]
nav = [
@NAV@]

[project.theme]
language = @LANGUAGE@
font = false # load no fonts from the web
features = ["navigation.tabs", "navigation.indexes", "navigation.path"]

[[project.theme.palette]]
media = "(prefers-color-scheme: light)"
scheme = "default"
toggle = { icon = "lucide/moon", name = "Switch to dark mode" }

[[project.theme.palette]]
media = "(prefers-color-scheme: dark)"
scheme = "slate"
toggle = { icon = "lucide/sun", name = "Switch to light mode" }
"""


class CannotExport(Exception):
    """A file of the user's is in the way of a page, or cannot be read; the text says which one."""


@dataclass(frozen=True)
class Docs:
    """The user's own docs with what they place, by their path, and what is wrong in them."""

    files: Mapping[str, bytes]
    findings: Sequence[Finding]


def docs_of(site: Site, docs: Mapping[str, bytes], shown: str) -> Docs:
    """Return docs, given by their path, with everything in them that chapters place.

    `shown` is what findings call their folder. For a chapter that is not UTF-8, or that has the path of a page of the
    handbook, raises CannotExport; only Home may be the user's own. Raises BadTemplate.
    """
    ours = {*(path for path, _ in (*site.files, *site.redirects)), *(f"{draft.route}.md" for draft in site.drafts)}
    if taken := sorted(ours & docs.keys() - {_HOME_PAGE}):
        raise CannotExport(with_help(f"{shown}/{taken[0]} has the address of a page of the handbook", "rename it"))
    files, findings = dict(docs), list[Finding]()
    for path in filter(_is_chapter, docs):
        text = _decoded(docs[path], f"{shown}/{path}")
        filled, misplaced = with_placed(text, path.removesuffix(".md"), site.chapters)
        findings += _findings(misplaced, text, f"{shown}/{path}")
        files[path] = filled.encode()
    return Docs(files, findings)


def files_of(site: Site, docs: Docs) -> Iterator[tuple[str, bytes]]:
    """Yield all files below the docs folder, each made when it is asked for: docs, pages, data and what redirects."""
    yield from docs.files.items()
    for path, text in (*site.files, *site.redirects):
        yield path, text.encode()
    for draft in site.drafts:
        if f"{draft.route}.md" not in docs.files:
            yield f"{draft.route}.md", _page(draft.make()).encode()


def zensical_config(name: str, site: Site, docs: Iterable[str], site_url: str, language: str) -> str:
    """Return a zensical.toml for such a site, with its navigation: the handbook's first pages, then the chapters."""
    titles = {draft.route: draft.title for draft in site.drafts}
    top = [f"{{ {_text(escape(titles[route]))} = {_text(f'{route}.md')} }}" for route in _TOP]
    chapters = _nav(sorted(path for path in docs if _is_chapter(path) and path != _HOME_PAGE), "")
    values = {
        "NAME": _text(escape(name)),
        "URL": _text(site_url),
        "STYLE": _text(STYLE),
        "SCRIPTS": ", ".join(_text(path) for path, _ in site.files if path == SCRIPT),
        "NAV": "".join(f"  {entry},\n" for entry in (*top, *chapters)),
        "LANGUAGE": _text(language),
    }
    return re.sub("@([A-Z]+)@", lambda token: values[token[1]], _CONFIG)


def _page(page: SitePage) -> str:
    """A page with its front matter. The theme prints titles and descriptions as they are, so they are escaped."""
    facts: dict[str, object] = {"title": escape(page.title)}
    if page.description:
        facts["description"] = escape(page.description)
    if page.hide:
        facts["hide"] = list(page.hide)
    if page.search is None:
        facts["search"] = {"exclude": True}
    head = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in facts.items())
    style = f"<style>{page.style}</style>\n" if page.style else ""
    return f'---\n{head}---\n\n<div class="gh-page">\n{style}{inert(page.html)}\n</div>\n'


def _is_chapter(path: str) -> bool:
    return path.endswith(".md")


def _decoded(content: bytes, path: str) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CannotExport(with_help(f"{path}:{line}: not UTF-8", "save the file as UTF-8")) from None


def _findings(misplaced: Iterable[Misplaced], text: str, path: str) -> Iterator[Finding]:
    for one in misplaced:
        begin = text.rfind("\n", 0, one.offset) + 1
        location = Location(path, text.count("\n", 0, one.offset) + 1, one.offset - begin + 1)
        excerpt = text[begin:].partition("\n")[0]
        yield Finding(one.problem.code, location, one.problem.message, one.problem.help, excerpt)


def _nav(paths: Sequence[str], folder: str) -> Iterator[str]:
    """The entries of a folder: its own chapters, then a section for each folder in it."""
    inside = [path for path in paths if path.startswith(folder)]
    yield from (_text(path) for path in inside if "/" not in path.removeprefix(folder))
    for name in dict.fromkeys(rest.partition("/")[0] for path in inside if "/" in (rest := path.removeprefix(folder))):
        title = name.replace("-", " ").capitalize()
        yield f"{{ {_text(escape(title))} = [{', '.join(_nav(inside, f'{folder}{name}/'))}] }}"


def _text(text: str) -> str:
    """A string as TOML and JSON both spell it."""
    return json.dumps(text, ensure_ascii=False)
