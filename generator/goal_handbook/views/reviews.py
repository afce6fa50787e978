"""The reviews: whom to meet first over all teams, which accountings are owed, and which agreements to renew."""

from __future__ import annotations

from dataclasses import dataclass

from ..status.assessment import Owed, all_owed
from .agenda import AgendaRow, agenda_row, next_round
from .components import Heading, OwedView, Person, section_headings
from .context import ViewContext

#: The page stays this long however many people there are; each leader's page has the rest.
_ROWS_SHOWN = 24
_OWED_SHOWN = 24


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A row of an agenda, and the leader whose it is."""

    leader: Person
    row: AgendaRow


@dataclass(frozen=True, slots=True)
class OwedList:
    """What is owed of one kind, the oldest first, and how many more there are than those shown."""

    heading: Heading
    shown: tuple[OwedView, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ReviewsView:
    """Everything the page of the reviews shows. `leaders` are those with an agenda of their own."""

    as_of: str
    leaders: tuple[Person, ...]
    rows: tuple[ReviewRow, ...]
    rows_more: int
    owed: tuple[OwedList, ...]

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Return the headings of the page's sections, in order."""
        return (
            *section_headings((Heading("_agenda", "Who needs a leader most"), self.rows)),
            *(o.heading for o in self.owed),
        )


def reviews_view(context: ViewContext) -> ReviewsView:
    """Return the view of the reviews."""
    assessment = context.assessment
    leaders = assessment.handbook.leaders.values()
    rounds = [(person, leader) for leader in leaders for person in next_round(context, leader)]
    rounds.sort(key=lambda pair: assessment.need(pair[0].id))
    owed = all_owed(assessment.goals.values())
    lists = (
        _owed_list(context, Heading("_accountings", "Accountings owed"), [o for o in owed if o.kind == "accounting"]),
        _owed_list(context, Heading("_agreements", "Agreements to renew"), [o for o in owed if o.kind == "agreement"]),
        _owed_list(context, Heading("_reviews", "Reviews due"), [o for o in owed if o.kind == "review"]),
    )
    return ReviewsView(
        context.day(assessment.as_of),
        context.people(dict.fromkeys(leader.id for _, leader in rounds[:_ROWS_SHOWN])),
        tuple(
            ReviewRow(context.person(leader.id), agenda_row(context, person, leader.id))
            for person, leader in rounds[:_ROWS_SHOWN]
        ),
        max(0, len(rounds) - _ROWS_SHOWN),
        tuple(owed_list for owed_list in lists if owed_list.shown),
    )


def _owed_list(context: ViewContext, heading: Heading, owed: list[Owed]) -> OwedList:
    shown = tuple(context.owed_item(item) for item in owed[:_OWED_SHOWN])
    return OwedList(heading, shown, len(owed) - len(shown))
