"""Times `mkdocs build` of a handbook with N sellers, against stock Material with the same pages in Markdown.

    python -m benchmarks.build 1000

The builds run one after another on one machine, each in its own process; the ratio is what counts. Stock Material gets
the same words, a `nav` of teams with their sellers, and (in a second run) its own remedy, `navigation.prune`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from goal_handbook.changes.history import History
from goal_handbook.pages.page import NavEntry, SitePage
from goal_handbook.site import SiteSettings, build_site
from goal_handbook.source.load import load
from goal_handbook.status.assessment import assess

from .handbook import write_handbook
from .markdown import to_markdown

CONFIG = """site_name: Benchmark
theme:
  name: material
  font: false
  features: [navigation.tabs, navigation.indexes, navigation.path{more}]
plugins: [{plugins}]
"""


def main(sellers: int) -> None:
    """Print the times, their ratios, and the size of a seller's page in the handbook and in one a tenth as large."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        small, ours = _ours(root / "small", sellers // 10), _ours(root / "ours", sellers)
        stock = _stock(root / "stock", root / "ours", "")
        pruned = _stock(root / "pruned", root / "ours", ", navigation.prune")
        seconds = {"goal-handbook": _time(ours), "stock Material": _time(stock), "stock, pruned": _time(pruned)}
        _time(small)
        for label, value in seconds.items():
            print(f"{label:<16} {value:7.1f} s   {value / seconds['goal-handbook']:6.2f} × goal-handbook")
        sizes = [(folder / "site/sellers/seller-3/index.html").stat().st_size for folder in (small, ours)]
        print(f"a seller's page: {sizes[0]:,} bytes with {sellers // 10} sellers, {sizes[1]:,} bytes with {sellers}")


def _ours(folder: Path, sellers: int) -> Path:
    write_handbook(sellers, folder)
    (folder / "docs").mkdir()
    (folder / "docs" / "chapter.md").write_text("# How goals are set\n\nTogether.\n")
    (folder / "mkdocs.yml").write_text(CONFIG.format(more="", plugins="search, goal-handbook"))
    return folder


def _stock(folder: Path, ours: Path, feature: str) -> Path:
    """Write the same pages as Markdown files, with the navigation a person would write."""
    handbook = load(ours / "goals").handbook
    if handbook is None or handbook.settings.as_of is None:
        raise SystemExit("the generated handbook cannot be read")
    site = build_site(handbook, assess(handbook, handbook.settings.as_of), History(), SiteSettings())
    for page in site.pages:
        path = folder / "docs" / f"{page.route}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(to_markdown(page.html))
    shutil.copy(ours / "docs" / "chapter.md", folder / "docs" / "chapter.md")
    config = CONFIG.format(more=feature, plugins="search") + "nav:\n  - index.md\n  - Teams:\n" + _nav(site.pages)
    (folder / "mkdocs.yml").write_text(config + "  - chapter.md\n")
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


def _time(folder: Path) -> float:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    begin = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, env={"NO_MKDOCS_2_WARNING": "1", "PATH": ""})
    return time.perf_counter() - begin


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
