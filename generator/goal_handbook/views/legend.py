"""The legend: what every badge means, by what it is about, in the words of the badges themselves."""

from __future__ import annotations

from collections.abc import Mapping

from ..frozen import frozen
from ..words import N_
from . import badge
from .badge import Badge
from .components import Heading
from .context import ViewContext

_Table = Mapping[str, Badge] | Mapping[bool | None, Badge]

#: What badges are about, in the order of the page: anchor, title, and the tables of their badges.
KINDS: tuple[tuple[str, str, tuple[_Table, ...]], ...] = (
    ("goals", N_("Goals"), (badge.GOAL,)),
    ("landmarks", N_("Landmarks"), (badge.LANDMARK, badge.DECIDED)),
    ("sessions", N_("Sessions that repeat"), (badge.CADENCE,)),
    ("agreements", N_("Agreements and signatures"), (badge.AGREEMENT, badge.PROOF)),
    ("owed", N_("What is owed"), (badge.OWED,)),
    ("next", N_("What is next"), (badge.NEXT,)),
    ("coverage", N_("Team goals, and what supports them"), (badge.COVERAGE, badge.CAPACITY)),
    ("happened", N_("What happened"), (badge.EVENT, badge.CHANGE)),
)


@frozen
class BadgeKind:
    """Badges about one thing."""

    heading: Heading
    badges: tuple[Badge, ...]


@frozen
class LegendView:
    """Everything the legend shows."""

    as_of: str
    kinds: tuple[BadgeKind, ...]

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Return the headings of the page's sections."""
        return tuple(kind.heading for kind in self.kinds)


def legend_view(context: ViewContext) -> LegendView:
    """Return the view of the legend. It is the same in every handbook."""
    kinds = tuple(
        BadgeKind(Heading(anchor, context.text(title)), tuple(look for table in tables for look in table.values()))
        for anchor, title, tables in KINDS
    )
    return LegendView(context.as_of, kinds)
