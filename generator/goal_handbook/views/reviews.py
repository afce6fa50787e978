"""The reviews: whom to meet first over all teams, which accountings are owed, and which agreements to renew."""

from __future__ import annotations

from collections.abc import Iterable

from ..frozen import frozen
from ..status.assessment import Owed, all_owed
from .agenda import AgendaRow, agenda_row, next_round
from .components import Heading, OwedView, Person, section_headings
from .context import ViewContext

#: The page stays this long however many people there are; each leader's page has the rest.
_ROWS_SHOWN = 24
_OWED_SHOWN = 24


@frozen
class ReviewRow:
    """A row of an agenda, and the leader whose it is."""

    leader: Person
    row: AgendaRow


@frozen
class OwedList:
    """What is owed of one kind, the oldest first, and how many more there are than those shown."""

    heading: Heading
    shown: tuple[OwedView, ...]
    more: int


@frozen
class ReviewsView:
    """Everything the page of the reviews shows. `leaders` are those with an agenda of their own."""

    as_of: str
    leaders: tuple[Person, ...]
    rows: tuple[ReviewRow, ...]
    rows_more: int
    owed: tuple[OwedList, ...]
    headings: tuple[Heading, ...]


def reviews_view(context: ViewContext) -> ReviewsView:
    """Return the view of the reviews."""
    assessment = context.assessment
    leaders = assessment.handbook.leaders.values()
    rounds = [(person, leader) for leader in leaders for person in next_round(context, leader)]
    rounds.sort(key=lambda pair: assessment.need(pair[0].id))
    owed = all_owed(assessment.goals.values())
    lists = (
        _owed_list(context, "_accountings", context.text("Accountings owed"), owed, "accounting"),
        _owed_list(context, "_agreements", context.text("Agreements to renew"), owed, "agreement"),
        _owed_list(context, "_reviews", context.text("Reviews due"), owed, "review"),
    )
    shown = tuple(owed_list for owed_list in lists if owed_list.shown)
    agenda = section_headings((Heading("_agenda", context.text("Who needs a leader most")), rounds))
    return ReviewsView(
        context.as_of,
        context.people(dict.fromkeys(leader.id for _, leader in rounds[:_ROWS_SHOWN])),
        tuple(
            ReviewRow(context.person(leader.id), agenda_row(context, person, leader.id))
            for person, leader in rounds[:_ROWS_SHOWN]
        ),
        max(0, len(rounds) - _ROWS_SHOWN),
        shown,
        (*agenda, *(owed_list.heading for owed_list in shown)),
    )


def _owed_list(context: ViewContext, anchor: str, title: str, owed: Iterable[Owed], kind: str) -> OwedList:
    found = [item for item in owed if item.kind == kind]
    shown = tuple(context.owed_item(item) for item in found[:_OWED_SHOWN])
    return OwedList(Heading(anchor, title), shown, len(found) - len(shown))
