"""The shape of the status as data, key by key: mypy holds `status_data` to it, and its JSON Schema is made of it.

docs/manual/status-json.md is the same for people. A key may be added here, but none renamed or removed.
"""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from pydantic import WithJsonSchema, with_config
from typing_extensions import TypedDict

from ..model.people import OwnerKind
from ..model.records import Result
from ..model.terms import Kind
from ..status.agreement import AgreementStatus, ProofLevel
from ..status.assessment import OwedKind
from ..status.goal import GoalStatus
from ..status.landmark import LandmarkStatus

#: The version of the contract.
VERSION: Literal[1] = 1

Day = Annotated[str, WithJsonSchema({"type": "string", "format": "date"})]
Amount = Annotated[int | float, WithJsonSchema({"type": "number"})]
_exact = with_config(extra="forbid", use_attribute_docstrings=True)


@_exact
class PeriodData(TypedDict):
    """What the goals are for: a year, a half or a quarter."""

    name: str
    start: Day
    end: Day


@_exact
class HandbookData(TypedDict):
    """The handbook as a whole. Statuses with a count of zero are left out."""

    name: str
    period: PeriodData
    currency: str | None
    """The ISO 4217 code of every amount of money."""
    counts: dict[GoalStatus, int]
    """How many goals have each status, the worst first."""
    landmarks: dict[LandmarkStatus, int]
    """How many landmarks have each status, the worst first."""
    owed: dict[OwedKind, int]
    """How much is owed of each kind."""
    month_ends: list[Day]
    """The last days of the last months, oldest first; the `months` of each goal are its statuses on them."""


@_exact
class OwedData(TypedDict):
    """Something that is owed."""

    kind: OwedKind
    goal: str
    """The goal's full id, `OWNER/GOAL`."""
    landmark: str | None
    since: Day
    days: int
    overdue: bool


@_exact
class ChangedData(TypedDict):
    """How many goals have got better and how many worse since the end of last month."""

    better: int
    worse: int


@_exact
class OneToOnesData(TypedDict):
    """How many of the 1:1s that were due with a seller have been held."""

    goal: str
    """The full id of the leader's goal that promises them."""
    held: int
    due: int


@_exact
class OwnerData(TypedDict):
    """A team, a seller or a leader."""

    kind: OwnerKind
    name: str
    counts: dict[GoalStatus, int]
    """How many of the owner's own goals have each status."""
    landmarks: dict[LandmarkStatus, int]
    main_goal: str | None
    """The full id of the first open production goal with a number to reach."""
    owed: list[OwedData]
    with_members: NotRequired[dict[GoalStatus, int]]
    """Of a team: the same with the goals of its sellers and subteams."""
    sellers: NotRequired[int]
    """Of a team: how many sellers are in it and its subteams."""
    part_of: NotRequired[str | None]
    """Of a team: the team it is part of."""
    capacity: NotRequired[list[CapacityData]]
    """Of a team: all that limits it, also what no goal is compared with."""
    abilities: NotRequired[dict[str, Amount]]
    """Of a team: what each member can realistically do; only on the leaders' site."""
    changed: NotRequired[ChangedData]
    """Of a team: how its goals and those of its sellers and subteams have changed."""
    team: NotRequired[str | None]
    """Of a seller: the team on that day."""
    one_to_ones: NotRequired[OneToOnesData | None]
    """Of a seller: null where nobody has promised any."""


@_exact
class ReadingData(TypedDict):
    """A total to date, or a level."""

    on: Day
    value: Amount


@_exact
class AttainmentData(TypedDict):
    """How far a number has come."""

    ratio: Amount | None
    """The share of the way to the target; 0.81 is 81%."""
    gap: Amount | None
    """What is missing."""
    needed_per_day: Amount | None
    """How much has to be added every day from now on."""
    best_per_day: NotRequired[Amount | None]
    """The most that was added a day between two readings."""
    recent_per_day: NotRequired[Amount | None]
    """How much was added a day lately."""


@_exact
class AgreedData(TypedDict):
    """An agreement."""

    on: Day
    by: list[str]
    met: Day | None
    """The day they sat down together."""
    understood: str | None
    """Why this goal, and what to do, in the seller's own words."""


@_exact
class FanData(TypedDict):
    """Where a number would be on the day `by` if it went on at a pace it has had. It changes no status."""

    by: Day
    lately: Amount
    slowest: Amount
    fastest: Amount


@_exact
class CurveChangeData(TypedDict):
    """What was expected by a day on which the agreed curve was adjusted, before and after that."""

    on: Day
    was: Amount
    now: Amount


@_exact
class AdjustmentData(TypedDict):
    """An adjustment: each field with what it was and what it is now."""

    on: Day
    changes: dict[str, tuple[Amount | str | None, Amount | str | None]]


@_exact
class StepData(TypedDict):
    """A step of the plan of an accounting."""

    landmark: str
    do: str
    who: str | None
    due: Day | None
    done: Day | None
    overdue: int
    """For how many days it has been overdue."""


@_exact
class SpentData(TypedDict):
    """What was spent to date, of what was set aside."""

    spent: Amount
    set_aside: Amount


@_exact
class InvestedData(TypedDict):
    """Time and money spent on a goal."""

    hours: SpentData | None
    money: SpentData | None


@_exact
class CapacityData(TypedDict):
    """A limit of what production or customer service can handle."""

    what: str
    limit: Amount | None
    compared: bool
    """Whether the limit can be compared with the goal."""
    used: Amount | None
    """Target ÷ limit."""
    over: bool
    worth: Amount | None
    """The limit in the goal's unit."""


@_exact
class CoverageData(TypedDict):
    """What the goals that support a team's goal add up to, beside what it needs."""

    ratio: Amount | None
    total: Amount | None
    needed: Amount | None
    verdict: Literal["low", "sane", "high"]
    abilities: Amount | None
    """What the members can realistically do; only on the leaders' site."""
    capacity: list[CapacityData]
    goals: int
    """How many goals add to it."""


@_exact
class CadenceRowData(TypedDict):
    """A person's sessions; those of the cadence as a whole where `person` is null."""

    person: str | None
    held: int
    due: int
    periods: list[list[int]]
    """Of each period, oldest first: sessions held, sessions due and, if there were any, those too short to count."""


@_exact
class CadenceData(TypedDict):
    """How many sessions were held, of those due in the periods that have ended."""

    held: int
    due: int
    open_until: Day | None
    """The last day of the period that has not ended yet."""
    rows: list[CadenceRowData]


@_exact
class AdjustedData(TypedDict):
    """The terms first agreed, as far as they were adjusted."""

    due: Day | None
    value: Amount | None


@_exact
class LandmarkData(TypedDict):
    """A landmark."""

    status: LandmarkStatus
    due: Day
    value: Amount | None
    attainment: AttainmentData | None
    """How far the reading that decided had come."""
    deliver: str | None
    met_on: Day | None
    missed_since: Day | None
    age: int
    """For how many days it has been missed or unreported."""
    overdue: bool
    """Whether its accounting is overdue."""
    action: Literal["recover", "adjust", "drop"] | None
    adjusted: AdjustedData | None


@_exact
class GoalData(TypedDict):
    """A goal. What does not apply is null."""

    title: str
    kind: Kind
    status: GoalStatus
    months: list[GoalStatus]
    """The status on each of the handbook's `month_ends`, oldest first."""
    result: Result | None
    recovering: bool
    pace: Amount | None
    """Actual ÷ expected progress on the day `pace_on`; for a cadence, held ÷ due."""
    catch_up: Amount | None
    """How many times as fast as agreed the rest has to go."""
    pace_on: Day | None
    expected: Amount | None
    """The value of the agreed curve on that day; for a cadence, the sessions due."""
    attainment: AttainmentData | None
    silent_since: Day | None
    reading: ReadingData | None
    """The latest reading."""
    unit: str | None
    target: Amount | None
    last: Amount | None
    """Last period's result."""
    start_value: Amount | None
    """The value that the number starts from."""
    readings: list[tuple[Day, Amount, Amount | None]]
    """Each reading with its day, its value, and what was agreed for that day at the time."""
    at_this_pace: FanData | None
    start: Day
    due: Day
    agreement: AgreementStatus | None
    proof: ProofLevel | None
    agreed: list[AgreedData]
    confidence: Literal["high", "medium", "low"] | None
    review_due: Day | None
    coverage: CoverageData | None
    capacity: list[CapacityData]
    cadence: CadenceData | None
    supports: dict[str, Amount | None]
    """The goals it supports by full id, each with the part of what that one needs that this one is to add."""
    adjustments: list[AdjustmentData]
    curve_changes: list[CurveChangeData]
    steps: list[StepData]
    reviews: list[Day]
    """The days of the reviews."""
    invested: InvestedData | None
    landmarks: dict[str, LandmarkData]
    """The landmarks by id, in the order they are due."""


@_exact
class StatusData(TypedDict):
    """Where every goal stands on a day."""

    schema: Literal[1]
    """The version of this contract. While it is 1, keys may be added but are never renamed or removed."""
    generator: str
    as_of: Day
    """The day for which everything was computed."""
    handbook: HandbookData
    owners: dict[str, OwnerData]
    """The owners by id."""
    goals: dict[str, GoalData]
    """The goals by full id, `OWNER/GOAL`."""
