"""A goal's chart as a picture of its own, for pages that do not have the site's style sheet, in light and dark."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

from goal_handbook.pages.chart import draw, svg
from goal_handbook.pages.style import style_sheet
from goal_handbook.source.load import load
from goal_handbook.views.chart_view import chart_view
from goal_handbook.views.context import ViewContext
from goal_handbook.workspace import evaluate

#: What the theme of the manual calls its colours, in light and in dark.
THEME = {
    "light": "--md-default-bg-color:#fff;--md-default-fg-color:#000000de;--md-primary-fg-color:#4051b5;",
    "dark": "--md-default-bg-color:#1e2129;--md-default-fg-color:#e2e4e9d1;--md-primary-fg-color:#4db5f5;",
}
#: The drawing with a margin around it.
FRAME = 'viewBox="-10 -4 370 242" width="555" height="363"'


def picture(goals: Path, full_id: str, as_of: datetime.date) -> str:
    """Return the chart of a goal on a day as SVG, with the rules of the style sheet that it needs."""
    workspace = evaluate(load(goals), as_of, as_of)
    assert workspace.assessment is not None, workspace.findings
    context = ViewContext(workspace.assessment)
    chart = chart_view(context, workspace.assessment.goals[full_id])
    assert chart is not None
    _, content = svg(chart, draw(chart, context.fmt), "c").split("\n", 1)
    ground = '<rect x="-10" y="-4" width="370" height="242" rx="6" fill="var(--md-default-bg-color)"/>'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" class="gh-chart" role="img" aria-labelledby="c-t c-d" {FRAME}>'
    return f"{head}\n<style>\n{style(content)}</style>\n{ground}\n{content}\n"


def style(content: str) -> str:
    """Return the style of a drawing: colours for light and dark, and the rules for the classes it has."""
    light, dark = re.findall(r"\{([^{}]*--gh-bad:[^{}]*)\}", style_sheet())
    rules = [
        f"svg.gh-chart{{font:12px sans-serif;{THEME['light']}{_colours(light)}--gh-data:var(--md-primary-fg-color);--gh-agreed:var(--gh-soft)}}",
        f"@media (prefers-color-scheme:dark){{svg.gh-chart{{{THEME['dark']}{_colours(dark)}}}}}",
        *_rules(set(re.findall(r"gh-[a-z_-]+", content)) | {"gh-chart"}),
    ]
    return "".join(f"{rule}\n" for rule in rules)


def _colours(block: str) -> str:
    return "".join(
        f"{name}:{value};" for name, value in re.findall(r"(--gh-[a-z-]+): (#[0-9a-f]+|rgba\([^)]*\));", block)
    )


def _rules(classes: set[str]) -> Iterator[str]:
    """The rules of the style sheet that speak of nothing but these classes."""
    for selector, body in re.findall(r"^(\.gh-[^{}@]*?) \{ (.*) \}$", style_sheet(), re.MULTILINE):
        named = re.findall(r"\.([a-z][a-z_-]*)", selector)
        if set(named) <= classes and "svg" not in selector and (named[0] != "gh-chart" or selector != ".gh-chart"):
            yield f"{selector}{{{body}}}"
