"""A drawing as SVG. Written here and not in a template: a house has thousands of charts, each of a hundred elements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from ...views.chart import Chart
from ...words import ENGLISH, Words
from ..output import Html, output
from ..output import escape_text as escape
from .drawing import MARK, Drawing, Mark
from .labels import PlacedLabel

#: The paths that are cut off at the edge of the plot, and those that are not; the later ones are drawn over the others.
_INSIDE = ("wrong_side", "area", "at_risk", "fan")
_LINES = ("given_up", "agreed", "lately", "line", "dots")


def svg(chart: Chart, drawing: Drawing, id: str, words: Words = ENGLISH) -> Markup:
    """Return a chart with its title and description; `id` begins the ids in it."""
    id, broken = output(id), words.text("The value axis does not begin at zero.")
    description = escape(" ".join([*chart.description, *([broken] if drawing.zero is None else [])]))
    lines = [
        f'<svg viewBox="0 0 {drawing.width} {drawing.height}" role="img" aria-labelledby="{id}-t {id}-d">',
        f'<title id="{id}-t">{escape(chart.title)}</title>',
        f'<desc id="{id}-d">{description}</desc>',
        *_axis(drawing),
        *_plot(drawing),
        *_curves(drawing),
        *(_mark(mark, words) for mark in drawing.marks),
        *map(_label, drawing.labels),
        "</svg>",
    ]
    return Html("\n".join(lines))  # every text of a user's is escaped above and below


def _axis(drawing: Drawing) -> Iterator[str]:
    """The values and the days."""
    left, right, bottom = drawing.plot.left, drawing.plot.right, drawing.plot.bottom
    across, beside = f'x1="{left}" x2="{right}"', f'x="{left - 5}"'
    for y, text in drawing.ticks:
        zero = " gh-chart__grid--zero" if y == drawing.zero else ""
        yield f'<line class="gh-chart__grid{zero}" {across} y1="{y}" y2="{y}"/>'
        yield f'<text class="gh-chart__tick" {beside} y="{y + 4}" text-anchor="end">{escape(text)}</text>'
    if drawing.zero is None:
        yield f'<path class="gh-chart__break" d="M{left},{bottom}l-4,-3 8,-4 -8,-4 4,-3"/>'
    yield from map(_label, drawing.days)


def _plot(drawing: Drawing) -> Iterator[str]:
    """The areas, cut off at the edge of the plot."""
    plot = drawing.plot
    size = f'width="{plot.width}" height="{plot.height}"'
    view = f"{plot.left} {plot.top} {plot.width} {plot.height}"
    yield f'<svg x="{plot.left}" y="{plot.top}" {size} viewBox="{view}">'
    yield from _paths(drawing, _INSIDE)
    yield "</svg>"


def _curves(drawing: Drawing) -> Iterator[str]:
    """The days that matter, and the lines with what belongs to them."""
    height = f'y1="{drawing.plot.top}" y2="{drawing.plot.bottom}"'
    for x in drawing.changes:
        yield f'<line class="gh-chart__change" x1="{x}" x2="{x}" {height}/>'
    if drawing.today is not None:
        yield f'<line class="gh-chart__today" x1="{drawing.today}" x2="{drawing.today}" {height}/>'
    yield from _paths(drawing, _LINES)
    if drawing.gap:
        (x, y), (end, expected) = drawing.gap
        yield f'<line class="gh-chart__gap" x1="{x}" x2="{end}" y1="{y}" y2="{expected}"/>'
    yield f'<circle class="gh-chart__latest" cx="{drawing.latest[0]}" cy="{drawing.latest[1]}" r="4"/>'
    yield from (f'<circle class="gh-chart__was" cx="{x}" cy="{y}" r="5"/>' for x, y in drawing.replaced)


def _paths(drawing: Drawing, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if path := getattr(drawing, name):
            yield f'<path class="gh-chart__{name.replace("_", "-")}" d="{path}"/>'


def _mark(mark: Mark, words: Words) -> str:
    return (
        f'<g class="gh-chart__mark gh-{mark.badge.tone}" transform="translate({mark.x} {mark.y})">'
        f'<title>{escape(words.text(mark.badge.label))}</title><circle r="{MARK}"/>'
        f'<path fill-rule="evenodd" transform="scale(.4) translate(-12 -12)" d="{escape(mark.icon)}"/></g>'
    )


def _label(label: PlacedLabel) -> str:
    lines, kind, x, y, anchor, _ = label
    first, *others = lines
    more = "".join([f'<tspan x="{x}" dy="13">{escape(line)}</tspan>' for line in others])
    return (
        f'<text class="gh-chart__label gh-chart__label--{kind}" x="{x}" y="{y}"'
        f' text-anchor="{anchor}">{escape(first)}{more}</text>'
    )
