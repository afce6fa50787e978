"""Filters of a list that need neither a script nor a server: a link to a filter's own anchor leaves what carries it.

A row carries the anchors of the filters that keep it. Ids are letters, digits and hyphens, so any makes an anchor.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from ..frozen import frozen
from ..model.handbook import Handbook
from ..words import Words

#: The filter that keeps what leaders answer for themselves; no team has this anchor.
LEADERS = "leaders"


@frozen
class Filter:
    """A filter: its anchor, its name, and how many rows of the page it keeps."""

    anchor: str
    label: str
    count: int


@frozen
class FilterGroup:
    """Filters of one kind."""

    title: str
    filters: tuple[Filter, ...]


@dataclass(frozen=True)
class Choices:
    """All filters of one kind, by anchor and in order."""

    title: str
    names: Mapping[str, str]

    @cached_property
    def _order(self) -> dict[str, int]:
        return {anchor: at for at, anchor in enumerate(self.names)}

    def of(self, rows: Iterable[tuple[str, ...]]) -> tuple[FilterGroup, ...]:
        """Return the filters that keep some of these rows, each given by its anchors; none where there is no choice."""
        counts = Counter(anchor for row in rows for anchor in row if anchor in self.names)
        found = sorted(counts, key=lambda anchor: self._order[anchor])
        filters = tuple(Filter(anchor, self.names[anchor], counts[anchor]) for anchor in found)
        return (FilterGroup(self.title, filters),) if len(filters) > 1 else ()


def team_anchors(handbook: Handbook) -> dict[str, tuple[str, ...]]:
    """Return the anchors of each team and of those it is part of, by the team's id; subteams follow their team."""
    from_the_top = {part.id: part for team in handbook.top_teams for part in handbook.branch(team)}
    teams = (from_the_top | dict(handbook.teams)).values()
    return {t.id: tuple(f"team-{part.id}" for part in (t, *handbook.parent_teams(t))) for t in teams}


def team_choices(handbook: Handbook, anchors: Mapping[str, tuple[str, ...]], words: Words) -> Choices:
    """Return the filters by team, and that by leaders."""
    names = {own[0]: handbook.teams[team_id].name for team_id, own in anchors.items()}
    return Choices(words.text("Team"), names | {LEADERS: words.text("Leaders")})
