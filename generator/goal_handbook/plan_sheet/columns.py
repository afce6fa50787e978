"""The columns of a plan, in one table each for people and for goals, so that writing and reading cannot disagree."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from ..model.goal import Goal
from ..model.measure import parse_unit
from ..model.people import AnyOwner, Leader, Membership, OwnerKind, Seller, Team
from ..model.terms import GOAL_TERMS
from ..model.values import CURRENCIES, value_error
from ..source.nodes import NodePath
from ..source.term_edits import supports_in_file
from ..spreadsheets.sheet import Field
from .cadence import read_cadence, shown_cadence
from .cells import (
    read_choice,
    read_day,
    read_lines,
    read_number,
    read_prose,
    read_text,
    shown_lines,
    shown_number,
    shown_text,
    words_of,
)
from .names import Names

T = TypeVar("T")

KINDS = {word: word for word in ("production", "education", "skill", "improvement", "support")}
ROLES = {word: word for word in ("team", "leader", "seller")}
HOLDS = {"at least": "at_least", "at most": "at_most"}
SUMS = {"yes": "sum"}
SEEN_BY = {"leaders": "leaders", "team": "team"}


@dataclass(frozen=True)
class Here:
    """What a cell depends on besides itself: the names, whose row it is, and what its numbers are measured in."""

    names: Names
    owner_id: str
    unit: str = ""

    @property
    def currency(self) -> str:
        """Return the handbook's currency, "" if it has none."""
        return self.names.handbook.settings.currency or ""


@dataclass(frozen=True, eq=False)
class Column(Generic[T]):
    """A column: its heading, the note on it, and where the file keeps what its cells say.

    `show` returns the cell, "" for what is absent. `read` returns what the file has, and raises what parsers raise; it
    is not asked about an empty cell. `also` are other headings people write, in lower case; `choices` name the list of
    the drop-down.
    """

    heading: str
    note: str
    path: NodePath
    show: Callable[[T, Here], Field]
    read: Callable[[Field, Here], Any]
    width: int = 14
    also: tuple[str, ...] = ()
    choices: str = ""

    @property
    def is_agreed(self) -> bool:
        """Return whether people agree on what its cells say, so that it cannot change without a reason."""
        return any(term.agreed and term.path[: len(self.path)] == self.path for term in GOAL_TERMS.values())


def read_unit(field: Field) -> str:
    """Return a unit; `Money` and `eur` are understood. Raises GH103, GH108, GH119."""
    unit = parse_unit(words_of(field))
    lower, upper = unit.lower(), unit.upper()
    return lower if lower in {"money", "percent"} else upper if upper in CURRENCIES else unit


def _number(heading: str, note: str, key: str, also: tuple[str, ...] = ()) -> Column[Goal]:
    """A column with a number of the measure, in its unit."""

    def show(goal: Goal, here: Here) -> Field:
        number = getattr(goal.measure, f"{key}_" if key == "from" else key, None)
        return shown_number(number, here.unit, here.currency)

    def read(field: Field, here: Here) -> str:
        return read_number(field, here.unit, here.currency)

    return Column(heading, note, ("measure", key), show, read, also=also)


def _prose(heading: str, note: str, key: str, also: tuple[str, ...] = ()) -> Column[Goal]:
    """A column with a text of the goal."""
    return Column(
        heading, note, (key,), lambda goal, _: shown_text(getattr(goal, key)), lambda f, _: read_prose(f), 40, also
    )


def _shown(choices: Mapping[str, str], value: str | None) -> str:
    """The word for a value, "" for none."""
    return next((word for word, meant in choices.items() if meant == value), "")


def _shown_start(goal: Goal, here: Here) -> Field:
    owner = here.names.handbook.owners[here.owner_id]
    usual = here.names.handbook.settings.period.start_for(getattr(owner, "joined", None))
    return "" if goal.start == usual else goal.start


def _shown_due(goal: Goal, here: Here) -> Field:
    return "" if goal.due == here.names.handbook.settings.period.end else goal.due


def _read_supports(field: Field, here: Here) -> Any:
    return supports_in_file([here.names.support(line, here.owner_id) for line in read_lines(field)])


WHO, TITLE, GOAL_ID = "Who", "Title", "Id"
AGREED_ON, WHY_MOVED = "Agreed on", "Why it moved"

#: The columns of the sheet Goals that are a goal's own; beside them are its owner, id, landmarks and decisions.
GOAL_COLUMNS: tuple[Column[Goal], ...] = (
    Column(
        TITLE, "The goal in one line. Rename it as you like: the id stays.", ("title",),
        lambda goal, _: goal.title, lambda f, _: read_text(f), 36, ("goal",),
    ),
    Column(
        "Kind", "production, education, skill, improvement (a leader's own growth) or support (what a leader does).",
        ("kind",), lambda goal, _: goal.kind, lambda f, _: read_choice(f, KINDS), 12, ("type",), "kinds",
    ),
    Column(
        "Measured in", "money, percent, a currency such as CAD, or what is counted: deals. Empty for a goal that is "
        "delivered step by step.", ("measure", "unit"),
        lambda goal, _: goal.measure.unit if goal.measure else "", lambda f, _: read_unit(f), 12, ("unit",), "units",
    ),
    _number("From", "The number it starts from; empty for 0.", "from", ("start value",)),
    _number("Target", "The number to reach by the end, or the level to hold.", "target", ("quota", "goal value")),
    _number("Last period", "Last period's result: shown for comparison, not agreed on.", "last", ("last",)),
    Column(
        "Hold", "at least or at most: the target is a level to hold.", ("measure", "hold"),
        lambda goal, _: _shown(HOLDS, goal.measure.hold if goal.measure else None),
        lambda f, _: read_choice(f, HOLDS), 10, (), "holds",
    ),
    Column(
        "Sum", "yes: a team's number, the sum of the goals that support it.", ("measure", "rollup"),
        lambda goal, _: _shown(SUMS, goal.measure.rollup if goal.measure else None),
        lambda f, _: read_choice(f, SUMS), 6, ("rollup",), "sums",
    ),
    Column(
        "How often", "Instead of a target: 1 per week with each seller, 30-45 minutes.", ("measure", "cadence"),
        lambda goal, _: shown_cadence(goal.measure.cadence) if goal.measure and goal.measure.cadence else "",
        lambda f, here: read_cadence(words_of(f), here.names.person), 24, ("cadence",),
    ),
    Column(
        "Supports", "The team's goal it feeds, by its title or as team/goal; one a line.", ("supports",),
        lambda goal, _: shown_lines([str(support) for support in goal.supports]), _read_supports, 22, (), "goals",
    ),
    _prose("Why", "Why this goal, and why this size.", "why"),
    _prose("Fits", "How it fits into the team's framework, in the owner's words.", "fits"),
    Column(
        "What to do", "What the owner will do to reach it, one thing a line.", ("actions",),
        lambda goal, _: shown_lines(goal.actions), lambda f, _: read_lines(f), 40, ("actions",),
    ),
    Column(
        "Starts", "Empty: with the period, or on the day the seller joined.", ("start",),
        _shown_start, lambda f, _: str(read_day(f)), 12, ("start",),
    ),
    Column(
        "Ends", "Empty: with the period.", ("due",), _shown_due, lambda f, _: str(read_day(f)), 12, ("due", "end"),
    ),
    Column(
        "Seen by", "leaders: only leaders see it. Empty: the whole team.", ("visibility",),
        lambda goal, _: "" if goal.visibility == "team" else goal.visibility,
        lambda f, _: read_choice(f, SEEN_BY), 10, ("visibility",), "seen by",
    ),
)  # fmt: skip

ROLE, NAME, TEAM, LEADER = "Role", "Name", "Team", "Leader"


@dataclass(frozen=True, eq=False)
class PersonColumn(Column[AnyOwner]):
    """A column of the sheet People; `keys` are where the file of each role keeps it."""

    keys: Mapping[OwnerKind, str] | None = None

    def key(self, kind: OwnerKind) -> str:
        """Return the key in the file of an owner of this kind, "" if it has none."""
        return (self.keys or {}).get(kind, "")


def _person(
    heading: str,
    note: str,
    keys: Mapping[OwnerKind, str],
    show: Callable[[AnyOwner, Here], Field],
    read: Callable[[Field, Here], Any],
    width: int = 14,
    also: tuple[str, ...] = (),
    choices: str = "",
) -> PersonColumn:
    return PersonColumn(heading, note, (), show, read, width, also, choices, keys)


def _shown_team(owner: AnyOwner, here: Here) -> Field:
    if isinstance(owner, Team):
        return here.names.shown(owner.part_of) if owner.part_of else ""
    if not isinstance(owner, Seller):
        return ""
    words = [(here.names.shown(m.id), m.from_) for m in owner.team]
    return shown_lines([f"{name} from {first}" if first else name for name, first in words])


def _read_team(field: Field, here: Here) -> Any:
    owner = here.names.handbook.owners.get(here.owner_id)
    lines = read_lines(field)
    if isinstance(owner, Team):
        return here.names.team(words_of(field).strip())
    found = [_membership(line, here.names) for line in lines]
    if len(found) == 1 and found[0].from_ is None:
        return found[0].id
    return [{"id": m.id, **({"from": str(m.from_)} if m.from_ else {})} for m in found]


def _membership(line: str, names: Names) -> Membership:
    """Read `Central` or `Central from 2017-07-01`. Raises GH106, GH201."""
    match = re.fullmatch(r"(.*\S)\s+from\s+(\S+)", line)
    if match and not names.find(line, names.handbook.teams):
        return Membership.model_validate({"id": names.team(match[1]), "from": read_day(match[2])})
    return Membership.model_validate({"id": names.team(line)})


def _shown_leader(owner: AnyOwner, here: Here) -> Field:
    return here.names.shown(owner.leader) if isinstance(owner, Team) and owner.leader else ""


def _read_alias(field: Field, _: Here) -> list[str]:
    return [read_text(line) for line in read_lines(field)]


_BOTH: Mapping[OwnerKind, str] = {"seller": "title", "leader": "title"}
_ALIASES: Mapping[OwnerKind, str] = {"seller": "aliases", "leader": "aliases"}

#: The columns of the sheet People, but for the role and the id.
PEOPLE_COLUMNS: tuple[PersonColumn, ...] = (
    _person(
        NAME, "The name shown on the pages.", {"team": "name", "leader": "name", "seller": "name"},
        lambda owner, _: owner.name, lambda f, _: read_text(f), 28, ("seller", "person"),
    ),
    _person(
        TEAM, "A seller's team, or the larger team that a team is part of. After a move, one team a line: "
        "North, and below it Central from 2017-07-01.", {"seller": "team", "team": "part_of"},
        _shown_team, _read_team, 22, (), "teams",
    ),
    _person(
        LEADER, "Who leads a team; write it in the team's own row.", {"team": "leader"},
        _shown_leader, lambda f, here: here.names.leader(words_of(f).strip()), 22, ("manager",), "leaders",
    ),
    _person(
        "Job title", "What a seller or a leader is called.", _BOTH,
        lambda owner, _: getattr(owner, "title", ""), lambda f, _: read_text(f), 22, ("title", "position"),
    ),
    _person(
        "Joined", "The first day of a seller who joins during the period.", {"seller": "joined"},
        lambda owner, _: getattr(owner, "joined", None) or "", lambda f, _: str(read_day(f)), 12,
    ),
    _person(
        "Left", "The last day of a seller who leaves during the period.", {"seller": "left"},
        lambda owner, _: getattr(owner, "left", None) or "", lambda f, _: str(read_day(f)), 12,
    ),
    _person(
        "Aliases", "Other names a CRM uses for the person, one a line.", _ALIASES,
        lambda owner, _: shown_lines(owner.aliases) if isinstance(owner, (Seller, Leader)) else "", _read_alias, 28,
    ),
)  # fmt: skip


def refuse(heading: str, kind: OwnerKind) -> Exception:
    """Return the error for a cell that says what people of this kind do not have. Its code is GH118."""
    help = "name them in the team's own row" if heading == LEADER else "empty the cell"
    return value_error("GH118", f'"{heading}" is not for a {kind}', help)
