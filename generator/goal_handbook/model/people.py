"""Who owns goals: teams, sellers and leaders (format.md#a-team, #a-seller, #a-leader)."""

from __future__ import annotations

import datetime
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from .entity import Entity
from .fields import Day, Emails, GoalRef, Number, Prose, Rate, RequiredProse, Slug, Slugs, SomeSlugs, Text, Texts, YesNo
from .goal import Goal
from .measure import Unit
from .values import ids_between_commas, one_or_more, value_error, worded

OwnerKind = Literal["team", "seller", "leader"]


class Capacity(Entity):
    """A limit of what production or customer service can handle."""

    what: Text
    """What is limited, e.g. `Installations a month`."""
    limit: Number
    """The most that can be handled, e.g. `40`."""
    unit: Unit = ""
    """The unit of the limit: `money`, `percent`, or what is counted. Default: the unit of the goal."""
    goal: GoalRef | None = None
    """The team's goal that this limits, e.g. `revenue`."""
    per: Rate | None = None
    """What one unit of the limit is worth in the goal's unit, e.g. `2_600` where a machine sells for that."""
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

    on: Day | None = None
    """The day it was last looked at, e.g. `2017-01-10`."""
    market: Prose = ""
    """What the market is like (Markdown)."""
    capacity: tuple[Capacity, ...] = ()
    """What production or customer service can handle, e.g. `{what: Installations a month, limit: 40}`."""
    abilities: dict[Slug, Ability] = Field(default_factory=dict)
    """What each member can realistically do, e.g. `{moses-frase: {estimate: 250_000}}`. Only leaders see it."""


class Away(Entity):
    """A time during which a person is away: on parental leave, ill, on a sabbatical."""

    from_: Day = Field(alias="from")
    """The first day away, e.g. `2017-03-01`."""
    to: Day
    """The last day away, e.g. `2017-04-30`."""
    note: Text = ""
    """What to call it, e.g. `Parental leave`."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.to < self.from_:
            message = f"away to {self.to}, before it begins on {self.from_}"
            raise value_error("GH116", message, "correct or swap the dates")
        return self

    def __str__(self) -> str:
        """Return the time on one line."""
        return f"{self.from_} to {self.to}"


class Membership(Entity):
    """The team of a seller from a day on. As text it is one line: `central from 2017-07-01`."""

    id: Slug
    """The id of the team, e.g. `central`."""
    from_: Day | None = Field(None, alias="from")
    """The first day in this team, e.g. `2017-07-01`. Default, for the first team only: the first day at work."""

    def __str__(self) -> str:
        """Return the one-line form, which reads back as the same."""
        return f"{self.id} from {self.from_}" if self.from_ else self.id


class PastCorrection(Entity):
    """What a person's file said of the past and says now: a leave, a move or a last day that was found out late.

    `was` and `now` are all teams, all times away or the last day, each on one line, as text; or `none`.
    """

    on: Day
    """The day it was corrected, e.g. `2017-10-15`."""
    by: SomeSlugs
    """The ids of those who decided it, e.g. `[dustin-brinkmann]`."""
    why: RequiredProse
    """Why it is known only now (Markdown)."""
    field: Literal["team", "away", "left"]
    """What was corrected: `team`, `away` or `left`."""
    was: Texts = ("none",)
    """What the file said, e.g. `none`, or `[central, north from 2017-07-01]`."""
    now: Texts = ("none",)
    """What it says now, e.g. `2017-03-01 to 2017-04-30`."""

    def __str__(self) -> str:
        """Return what was corrected and why, on one line."""
        return f"{self.field} on {self.on}: {self.why}"


def said_of_the_past(owner: Owner, field: str) -> tuple[str, ...]:
    """Return what a file says in `team`, `away` or `left`, as a PastCorrection spells it."""
    value = getattr(owner, field, None) or ()
    return tuple(map(str, value if isinstance(value, tuple) else (value,))) or ("none",)


def read_membership(value: Any) -> Any:
    """Return the mapping behind `central from 2017-07-01`; anything else unchanged. Raises GH104."""
    if isinstance(value, str) and len(several := ids_between_commas(value)) > 1:
        first, *later = several
        moves = ", ".join(f"{{id: {team}, from: …}}" for team in later)
        help = f"write the team; after a move [{{id: {first}}}, {moves}], with the first day in each new one"
        raise value_error("GH104", "a seller is in one team at a time", help)
    return worded(value, "id", ("from",))


def _in_order(teams: tuple[Membership, ...]) -> tuple[Membership, ...]:
    for before, after in pairwise(teams):
        if after.from_ is None:
            raise value_error("GH116", f'the move to "{after.id}" has no date', f"write {{id: {after.id}, from: …}}")
        if before.from_ and after.from_ <= before.from_:
            message = f"{after.id} from {after.from_} does not come after {before.id} from {before.from_}"
            raise value_error("GH116", message, "list the teams in order, each with its first day")
    return teams


Memberships = Annotated[
    tuple[Annotated[Membership, BeforeValidator(read_membership)], ...],
    Field(min_length=1),
    AfterValidator(_in_order),
    BeforeValidator(one_or_more),
]


class Owner(Entity):
    """What a team, a seller and a leader have in common. `id` is the name of the file without `.yaml`."""

    id: Slug
    name: Text
    """The name shown on the pages, e.g. `Moses Frase` or `Central`."""
    goals: tuple[Goal, ...] = ()
    """The goals. A seller needs at least one production goal, and one education or skill goal."""
    formerly: Slugs = ()
    """Ids used before. Links to them keep working."""

    @property
    def absences(self) -> tuple[Away, ...]:
        """Return the times during which the owner is away; a team never is."""
        found: tuple[Away, ...] = getattr(self, "away", ())
        return found

    def is_away_on(self, day: datetime.date) -> bool:
        """Return whether the owner is away on a day."""
        return self.leave_on(day) is not None

    def is_at_work_on(self, day: datetime.date) -> bool:
        """Return whether anything can be asked of the owner on a day."""
        return not self.is_away_on(day)

    def leave_on(self, day: datetime.date) -> Away | None:
        """Return the time during which the owner is away on a day, None on a day at work."""
        return next((away for away in self.absences if away.from_ <= day <= away.to), None)


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

    team: Memberships
    """The id of the seller's team, e.g. `central`; after a move `[{id: north}, {id: central, from: 2017-07-01}]`."""
    title: Text = ""
    """The job title, e.g. `Account executive`."""
    joined: Day | None = None
    """The first day at work, for someone who joins during the period."""
    left: Day | None = None
    """The last day at work, for someone who leaves during the period."""
    away: tuple[Away, ...] = ()
    """Times during which the seller is away, e.g. `{from: 2017-03-01, to: 2017-04-30}`. Clocks pause then."""
    corrections: tuple[PastCorrection, ...] = ()
    """What was found out late about teams, times away and the last day, and why."""
    aliases: Texts = ()
    """Other names a CRM uses for this person: a short name, an email address, an id."""
    emails: Emails = ()
    """The email addresses this person commits to git with, e.g. `moses@maventech.example`. No page shows them."""
    motivation: Prose = ""
    """What drives this person (Markdown). Only leaders see it."""

    @property
    def kind(self) -> OwnerKind:
        """Return "seller"."""
        return "seller"

    def team_on(self, day: datetime.date | None) -> str:
        """Return the id of the team the seller is in on a day; None is a day after every move."""
        if len(self.team) == 1:
            return self.team[0].id
        begun = (m.id for m in reversed(self.team) if day is None or m.from_ is None or m.from_ <= day)
        return next(begun, self.team[0].id)

    def moved_on(self, day: datetime.date) -> datetime.date | None:
        """Return the first day in the team of a day, None for a seller who has not moved until then."""
        return next((m.from_ for m in reversed(self.team[1:]) if m.from_ and m.from_ <= day), None)

    def is_active_on(self, day: datetime.date) -> bool:
        """Return whether the seller works on a day: from `joined` to `left`, both included.

        A seller who left on 30 September still works on that day, and no longer on 1 October.
        """
        return (self.joined is None or self.joined <= day) and not self.left_before(day)

    def is_at_work_on(self, day: datetime.date) -> bool:
        """Return whether anything can be asked of the seller on a day: not before joining, nor away, nor gone."""
        return self.is_active_on(day) and not self.is_away_on(day)

    def left_before(self, day: datetime.date) -> bool:
        """Return whether the seller's last day was before a day."""
        return self.left is not None and self.left < day


class Leader(Owner):
    """A leader. A leader leads the teams that name them as `leader`."""

    title: Text = ""
    """The job title, e.g. `Sales manager`."""
    away: tuple[Away, ...] = ()
    """Times during which the leader is away, e.g. `{from: 2017-03-01, to: 2017-04-30}`. Clocks pause then."""
    corrections: tuple[PastCorrection, ...] = ()
    """What was found out late about times away, and why."""
    aliases: Texts = ()
    """Other names a CRM uses for this person: a short name, an email address, an id."""
    emails: Emails = ()
    """The email addresses this person commits to git with, e.g. `moses@maventech.example`. No page shows them."""
    managing_producer: YesNo = False
    """Whether this leader also sells: `yes` or `no`. If not, production goals belong to the sellers."""

    @property
    def kind(self) -> OwnerKind:
        """Return "leader"."""
        return "leader"


AnyOwner = Team | Seller | Leader


def is_draft(owner: AnyOwner, goal: Goal) -> bool:
    """Return whether it is a seller's goal that nobody has agreed to: a proposal, and free to change."""
    return isinstance(owner, Seller) and not goal.agreed
