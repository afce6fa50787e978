"""The list of people: everybody from A to Z, with team, attainment and worst status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from ..frozen import frozen
from ..model.people import Leader, Seller
from ..status.assessment import main_goal, worst_goal
from .components import Chip, Heading, Person
from .context import ViewContext
from .filters import Choices, FilterGroup, team_anchors, team_choices
from .goal_card import goal_chip
from .listing import ENTRIES, Place, Sheet, Stop, Turn, by_letter, part_of, sheets, turn

#: A row names so many of the teams that somebody leads.
_TEAMS_SHOWN = 3


@frozen
class PersonRow:
    """A person: their team, or the first of the teams they lead and how many `more`; how much of the main target is
    reached; the worst status.

    `left` and `away` are days, "" for those who are there. `filters` are the anchors of the filters that keep the row.
    """

    person: Person
    teams: tuple[Person, ...]
    more: int
    attainment: str
    chip: Chip | None
    left: str
    away: str
    filters: tuple[str, ...]


@frozen
class LetterView:
    """The people listed under a letter."""

    anchor: str
    letter: str
    people: tuple[PersonRow, ...]


@frozen
class PeopleView:
    """A page of the list: all of it, the letters of a long one, or a sheet of one of its letters."""

    place: Place
    title: str
    as_of: str
    sellers: int
    leaders: int
    left: int
    stops: tuple[Stop, ...]
    letters: tuple[LetterView, ...]
    filters: tuple[FilterGroup, ...]
    turn: Turn | None = None

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Return nothing: the letters are a list of contents themselves."""
        return ()


def people_views(context: ViewContext, entries: int = ENTRIES) -> Iterator[PeopleView]:
    """Yield the pages of the list."""
    return (sheet.make() for sheet in people_sheets(context, entries))


def people_sheets(context: ViewContext, entries: int = ENTRIES) -> Iterator[Sheet[PeopleView]]:
    """Yield the pages of the list, to be made: a single one for up to so many people, else one of letters and each."""
    handbook = context.assessment.handbook
    everybody: tuple[Leader | Seller, ...] = (*handbook.leaders.values(), *handbook.sellers.values())
    parts = by_letter(everybody, handbook.settings.locale)
    pages = _Pages(context, team_anchors(handbook), {letter: len(people) for letter, people in parts.items()})
    if len(everybody) <= entries:
        yield Sheet(Place(), pages.title(), partial(pages.whole, parts))
        return
    yield Sheet(Place(), pages.title(), partial(pages.page, Place(), "", {}))
    for letter, people in parts.items():
        pieces = sheets(people, entries)
        for number, piece in enumerate(pieces, 1):
            place = Place(part_of(letter), number)
            yield Sheet(place, pages.title(letter), partial(pages.page, place, letter, {letter: piece}, len(pieces)))


@dataclass(frozen=True)
class _Pages:
    """Makes pages of people; `counts` says how many each letter has."""

    context: ViewContext
    anchors: Mapping[str, tuple[str, ...]]
    counts: Mapping[str, int]

    @cached_property
    def _teams(self) -> Choices:
        return team_choices(self.context.assessment.handbook, self.anchors, self.context.words)

    @cached_property
    def _employed(self) -> int:
        return len(self.context.assessment.handbook.employed(self.context.assessment.handbook.sellers.values()))

    def title(self, letter: str = "") -> str:
        """The title of the list, or of one of its letters."""
        return self.context.text("People: {letter}", letter=letter) if letter else self.context.text("People")

    def whole(self, parts: Mapping[str, Sequence[Leader | Seller]]) -> PeopleView:
        """The list on one page, whose letters are links within it."""
        stops = tuple(Stop(letter, _anchor(letter), None, count) for letter, count in self.counts.items())
        return replace(self.page(Place(), "", parts), stops=stops)

    def page(
        self, place: Place, letter: str, parts: Mapping[str, Sequence[Leader | Seller]], of: int = 1
    ) -> PeopleView:
        """A page of a list whose letters have pages of their own."""
        assessment = self.context.assessment
        handbook = assessment.handbook
        letters = tuple(LetterView(_anchor(i), i, tuple(map(self._row, people))) for i, people in parts.items())
        return PeopleView(
            place,
            self.title(letter),
            self.context.as_of,
            sellers=self._employed,
            leaders=len(handbook.leaders),
            left=len(handbook.sellers) - self._employed,
            stops=tuple(Stop(i, "", Place(part_of(i)), count, i == letter) for i, count in self.counts.items()),
            letters=letters,
            filters=self._teams.of(row.filters for part in letters for row in part.people),
            turn=turn(place, of),
        )

    def _row(self, somebody: Leader | Seller) -> PersonRow:
        context, handbook = self.context, self.context.assessment.handbook
        goals = context.assessment.by_owner[somebody.id]
        main, lead = main_goal(goals), worst_goal(goals)
        reached = main.attainment.ratio if main and main.attainment else None
        as_of, own = context.assessment.as_of, handbook.own_team(somebody.id)
        teams = handbook.led.get(somebody.id, ()) if isinstance(somebody, Leader) else (own,) if own else ()
        left = somebody.left if isinstance(somebody, Seller) and somebody.left_before(as_of) else None
        leave = None if left else somebody.leave_on(as_of)
        return PersonRow(
            context.person(somebody.id),
            context.people(team.id for team in teams[:_TEAMS_SHOWN]),
            max(0, len(teams) - _TEAMS_SHOWN),
            context.fmt.percent(reached) if reached is not None else "",
            goal_chip(context, lead) if lead else None,
            context.day(left),
            context.day(leave.to if leave else None),
            tuple(dict.fromkeys(anchor for team in teams for anchor in self.anchors[team.id])),
        )


def _anchor(letter: str) -> str:
    return f"letter-{part_of(letter)}"
