"""The list of all teams: a tree on one page or, once there are many, those at the top and all from A to Z."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from ..model.handbook import Handbook
from ..model.people import Team
from .context import ViewContext
from .heatmap import ROWS_SHOWN, TeamsTable, teams_in_order, teams_table
from .listing import Place, Sheet, Stop, Turn, by_letter, part_of, sheets, turn

#: So many teams at the top are shown; of more, only the worst.
TOP_SHOWN = 40
_WORST_SHOWN = 20
#: A row says as much of a team as several rows of other listings do of a person.
_PER_SHEET = 50


@dataclass(frozen=True, slots=True)
class TeamsView:
    """A page of the list of teams: all of it, the top of a long one, or a sheet of one of its letters.

    `total` is how many teams there are, and `stops` are the letters of a long list.
    """

    place: Place
    title: str
    as_of: str
    total: int
    teams: TeamsTable
    stops: tuple[Stop, ...] = ()
    turn: Turn | None = None


def top_table(context: ViewContext) -> TeamsTable:
    """Return the teams at the top, worst first; of very many, only the worst.

    Where there are too many teams for a page, one that all others are in is followed by those that it is made of.
    """
    handbook = context.assessment.handbook
    inside, teams = ((), handbook.top_teams) if _fits(handbook) else _first_choice(handbook)
    shown = TOP_SHOWN if len(teams) <= TOP_SHOWN else _WORST_SHOWN
    return teams_table(context, teams, inside=inside, shown=shown)


def teams_view(context: ViewContext) -> TeamsView:
    """Return the first page of the list, or all of it."""
    return next(teams_sheets(context)).make()


def teams_sheets(context: ViewContext) -> Iterator[Sheet[TeamsView]]:
    """Yield the pages of the list, to be made."""
    handbook, title = context.assessment.handbook, context.text("Teams")
    if _fits(handbook):
        yield Sheet(Place(), title, partial(_whole, context))
        return
    parts = by_letter(handbook.teams.values(), handbook.settings.locale)
    counts = {letter: len(teams) for letter, teams in parts.items()}
    yield Sheet(Place(), title, partial(_top, context, counts))
    for letter, teams in parts.items():
        pieces = sheets(teams, _PER_SHEET)
        title = context.text("Teams: {letter}", letter=letter)
        for number, piece in enumerate(pieces, 1):
            place = Place(part_of(letter), number)
            yield Sheet(place, title, partial(_sheet, context, title, place, piece, counts, len(pieces)))


def _fits(handbook: Handbook) -> bool:
    return len(handbook.teams) <= ROWS_SHOWN


def _first_choice(handbook: Handbook) -> tuple[Sequence[Team], Sequence[Team]]:
    """The teams that all others are in, outermost first, and the first ones that are not alone beside each other."""
    inside: list[Team] = []
    teams = handbook.top_teams
    while len(teams) == 1 and (subteams := handbook.subteams.get(teams[0].id)):
        inside += teams
        teams = subteams
    return inside, teams


def _whole(context: ViewContext) -> TeamsView:
    """All teams: those at the top, worst first, each followed by all its subteams."""
    handbook = context.assessment.handbook
    table = teams_table(context, handbook.top_teams, with_subteams=True)
    return TeamsView(Place(), context.text("Teams"), context.as_of, len(handbook.teams), table)


def _top(context: ViewContext, counts: Mapping[str, int]) -> TeamsView:
    total = len(context.assessment.handbook.teams)
    return TeamsView(Place(), context.text("Teams"), context.as_of, total, top_table(context), _stops(counts, Place()))


def _sheet(
    context: ViewContext, title: str, place: Place, teams: Sequence[Team], counts: Mapping[str, int], of: int
) -> TeamsView:
    total, table = len(context.assessment.handbook.teams), teams_in_order(context, teams)
    return TeamsView(place, title, context.as_of, total, table, _stops(counts, place), turn(place, of))


def _stops(counts: Mapping[str, int], at: Place) -> tuple[Stop, ...]:
    return tuple(Stop(i, "", Place(part_of(i)), count, part_of(i) == at.part) for i, count in counts.items())
