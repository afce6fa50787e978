"""Who owns goals: teams, sellers and leaders (format.md#a-team, #a-seller, #a-leader)."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import Field

from .goal import Goal
from .values import Day, Entity, GoalRef, Number, Prose, Slug, Slugs, Text, Texts, YesNo

OwnerKind = Literal["team", "seller", "leader"]


class Capacity(Entity):
    """A limit of what production or customer service can handle."""

    what: Text
    """What is limited, e.g. `Installations a month`."""
    limit: Number
    """The most that can be handled, e.g. `40`."""
    unit: Text = ""
    """The unit of the limit: `money`, `percent`, or what is counted. Default: the unit of the goal."""
    goal: GoalRef | None = None
    """The team's goal that this limits, e.g. `revenue`."""
    note: Prose = ""
    """A note (Markdown)."""


class Ability(Entity):
    """What a member can realistically do. Only leaders see it."""

    estimate: Number
    """What this seller can realistically reach, e.g. `250_000`."""
    goal: GoalRef | None = None
    """The team's goal it is estimated for. Default: the first one with a target."""
    note: Prose = ""
    """A note (Markdown)."""


class Context(Entity):
    """The big picture behind a team's goals."""

    market: Prose = ""
    """What the market is like (Markdown)."""
    capacity: tuple[Capacity, ...] = ()
    """What production or customer service can handle."""
    abilities: dict[Slug, Ability] = Field(default_factory=dict)
    """What each member can realistically do, e.g. `{moses-frase: {estimate: 250_000}}`. Only leaders see it."""


class Owner(Entity):
    """What a team, a seller and a leader have in common. `id` is the name of the file without `.yaml`."""

    id: Slug
    name: Text
    """The name shown on the pages, e.g. `Moses Frase` or `Central`."""
    goals: tuple[Goal, ...] = ()
    """The goals. A seller needs at least one production goal, and one education or skill goal."""
    formerly: Slugs = ()
    """Ids used before. Links to them keep working."""


class Team(Owner):
    """A team. It may be a subteam: `part_of` names its parent team."""

    leader: Slug | None = None
    """The id of the leader, e.g. `dustin-brinkmann`."""
    part_of: Slug | None = None
    """The id of the parent team, e.g. `central`."""
    context: Context = Context()
    """The big picture behind the goals: the market, the capacity and each member's abilities."""

    @property
    def kind(self) -> OwnerKind:
        """Return "team"."""
        return "team"


class Seller(Owner):
    """A seller. `joined` and `left` matter for those who come or go during the period."""

    team: Slug
    """The id of the seller's team, e.g. `central`."""
    title: Text = ""
    """The job title, e.g. `Account executive`."""
    joined: Day | None = None
    """The first day at work, for someone who joins during the period."""
    left: Day | None = None
    """The last day at work, for someone who leaves during the period."""
    aliases: Texts = ()
    """Other names a CRM uses for this person: a short name, an email address, an id."""
    motivation: Prose = ""
    """What drives this person (Markdown). Only leaders see it."""

    @property
    def kind(self) -> OwnerKind:
        """Return "seller"."""
        return "seller"

    def is_active_on(self, day: datetime.date) -> bool:
        """Return whether the seller works on a day: from `joined` to `left`, both included.

        A seller who left on 30 September still works on that day, and no longer on 1 October.
        """
        return (self.joined is None or self.joined <= day) and not self.left_before(day)

    def left_before(self, day: datetime.date) -> bool:
        """Return whether the seller's last day was before a day."""
        return self.left is not None and self.left < day


class Leader(Owner):
    """A leader. A leader leads the teams that name them as `leader`."""

    title: Text = ""
    """The job title, e.g. `Sales manager`."""
    aliases: Texts = ()
    """Other names a CRM uses for this person: a short name, an email address, an id."""
    managing_producer: YesNo = False
    """Whether this leader also sells: `yes` or `no`. If not, production goals belong to the sellers."""

    @property
    def kind(self) -> OwnerKind:
        """Return "leader"."""
        return "leader"


AnyOwner = Team | Seller | Leader
