"""The table of `goals backtest`: of the goals in each band, how many were reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..model.settings import CatchUpBands
from ..status.backtest import Outcome
from ..status.calendar import Span
from ..status.pace import Band
from ..views import badge
from ..words import plural

_BANDS: tuple[Band, ...] = ("on-track", "at-risk", "off-track")
#: Fewer cases than these say little.
_FEW = 20
_WIDTH = 19


def backtest_lines(
    found: Mapping[tuple[Band, int | None], Outcome], seasons: Sequence[Span], bands: CatchUpBands, goals: int
) -> Iterator[str]:
    """Yield the table: a row for each band, a column for each quarter and one for all of them."""
    total = sum(found[band, None].cases for band in _BANDS if (band, None) in found)
    yield f"{plural(total, 'case')} of {plural(goals, 'goal')}: how many in each band were reached (95 % interval)"
    yield ""
    columns: list[int | None] = [*range(len(seasons)), None]
    heads = [f"Q{i + 1}" if i is not None else "all" for i in columns]
    yield f"{'':<22}" + "".join(f"{head:<{_WIDTH}}" for head in heads).rstrip()
    for band in _BANDS:
        cells = (_cell(found.get((band, column))) for column in columns)
        yield (
            f"{badge.GOAL[band].label:<10}{_limits(band, bands):<12}"
            + "".join(f"{c:<{_WIDTH}}" for c in cells).rstrip()
        )
    yield ""
    yield f"in brackets: how many cases; fewer than {_FEW} say little. The bands are catch_up in handbook.yaml."


def _cell(outcome: Outcome | None) -> str:
    if outcome is None:
        return "–"
    low, high = outcome.interval
    return f"{outcome.share:.0%} {low * 100:.0f}–{high * 100:.0f} [{outcome.cases}]"


def _limits(band: Band, bands: CatchUpBands) -> str:
    if band == "on-track":
        return f"up to {bands.on_track}"
    return f"up to {bands.at_risk}" if band == "at-risk" else f"above {bands.at_risk}"
