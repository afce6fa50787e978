"""Whose goals they are: teams, sellers, leaders (format.md#a-team, #a-seller, #a-leader)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .goal import Goal
from .values import Day, Entity, GoalRef, Number, Prose, Slug, Slugs, Text, Texts, YesNo

OwnerKind = Literal["team", "seller", "leader"]


class Capacity(Entity):
    """What production or customer service can carry; `goal` names the goal it bounds."""

    what: Text
    limit: Number
    unit: Text = ""
    goal: GoalRef | None = None
    note: Prose = ""


class Ability(Entity):
    """What a member can realistically do; for leaders' eyes only."""

    estimate: Number
    goal: GoalRef | None = None
    note: Prose = ""


class Context(Entity):
    """The big picture behind a team's goals."""

    market: Prose = ""
    capacity: tuple[Capacity, ...] = ()
    abilities: dict[Slug, Ability] = Field(default_factory=dict)


class Owner(Entity):
    """What team, seller and leader have in common. `id` is the file's stem."""

    id: Slug
    name: Text
    goals: tuple[Goal, ...] = ()
    formerly: Slugs = ()


class Team(Owner):
    """A team; `part_of` names the larger team."""

    leader: Slug | None = None
    part_of: Slug | None = None
    context: Context = Context()

    @property
    def kind(self) -> OwnerKind:
        """Always "team"."""
        return "team"


class Seller(Owner):
    """A seller; `joined` and `left` only for those who come or go inside the period."""

    team: Slug
    title: Text = ""
    joined: Day | None = None
    left: Day | None = None
    aliases: Texts = ()
    motivation: Prose = ""

    @property
    def kind(self) -> OwnerKind:
        """Always "seller"."""
        return "seller"


class Leader(Owner):
    """A leader; the teams led are those that name the leader."""

    title: Text = ""
    aliases: Texts = ()
    managing_producer: YesNo = False

    @property
    def kind(self) -> OwnerKind:
        """Always "leader"."""
        return "leader"


AnyOwner = Team | Seller | Leader
