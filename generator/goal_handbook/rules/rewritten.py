"""GH611, GH618: what is true of the past by its date, such as who was in which team, and no longer is."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator

from ..changes.baseline import Baseline
from ..changes.renames import Renames
from ..changes.snapshot import OwnerSnapshot
from ..findings import Finding
from ..model.people import AnyOwner, PastCorrection, Seller, said_of_the_past
from ..model.settings import Settings
from ..source.emit import as_yaml
from ..source.load import Loaded
from ..status.calendar import one_period_later, quarters
from .reasons import gives_a_reason

_DAY = datetime.timedelta(days=1)
IsPast = Callable[[datetime.date], bool]
#: The key, what is wrong, and how to fix it where a correction is not the way.
_Problem = tuple[str, str, str]


def check_rewritten(loaded: Loaded, baseline: Baseline, as_of: datetime.date) -> Iterator[Finding]:
    """Yield GH611 for teams, leaves, last days, rates and quarters that say something else of the past than they did.

    The past is what is longer ago than one `review_every`: a move, a leave or a last day may be written down that late.
    Later it takes a correction that says what the file said, what it says now, and why: then it is GH618.
    """
    old, new = baseline.loaded.handbook, loaded.handbook
    if old is None or new is None or as_of < old.settings.period.start:
        return
    yield from _settings(loaded, old.settings, new.settings)
    renames = Renames()
    for owner_id, owner in new.owners.items():
        renames.learn(owner_id, OwnerSnapshot(owner))
    first = old.settings.period.start
    past = is_long_past(old.settings, new.settings, as_of)

    for old_id, before in old.owners.items():
        after = new.owners.get(renames.owner(old_id))
        if after:
            yield from _corrections(loaded, before, after)
            for field, message, help in (
                *_team(renames, before, after, first, past),
                *_leaves(before, after, first, past),
                *_last_day(before, after, first, past),
            ):
                if correction := _corrected(before, after, field):
                    why = f"{message}: {correction.why}"
                    yield loaded.finding(after.id, (field,), "GH618", why, "check that it is true: sums follow it")
                else:
                    yield loaded.finding(after.id, (field,), "GH611", message, help or _how(before, after, field))


def is_long_past(old: Settings, new: Settings, as_of: datetime.date) -> IsPast:
    """Return whether a day of the period is longer ago than it may take to write down what happened then."""

    def is_past(day: datetime.date) -> bool:
        return day >= old.period.start and one_period_later(day, new.review_every) < as_of

    return is_past


def _corrections(loaded: Loaded, before: AnyOwner, after: AnyOwner) -> Iterator[Finding]:
    """GH611 for a correction that was edited or removed."""
    now = getattr(after, "corrections", ())
    for correction in getattr(before, "corrections", ()):
        if correction not in now:
            message = f"the correction of {correction.field} on {correction.on} was edited or removed"
            yield loaded.finding(after.id, ("corrections",), "GH611", message, "restore it, and add another one")


def _corrected(before: AnyOwner, after: AnyOwner, field: str) -> PastCorrection | None:
    """The new correction that leads to what the file says now; the first of several leads on from what it said."""
    known = getattr(before, "corrections", ())
    new = [c for c in getattr(after, "corrections", ()) if c.field == field and c not in known]
    are_true = new and new[0].was == said_of_the_past(before, field) and new[-1].now == said_of_the_past(after, field)
    return new[-1] if are_true and all(map(gives_a_reason, new)) else None


def _how(before: AnyOwner, after: AnyOwner, field: str) -> str:
    """How to say honestly that the past was otherwise than the file said."""
    was, now = (", ".join(said_of_the_past(owner, field)) for owner in (before, after))
    was, now = (f"[{value}]" if ", " in value else value for value in (was, now))
    item = f"{{on: …, by: …, why: …, field: {field}, was: {was}, now: {now}}}"
    return f"restore it; if it is true and was found out late, add to corrections: {item}"


def _settings(loaded: Loaded, old: Settings, new: Settings) -> Iterator[Finding]:
    document = loaded.settings_document
    help = "the plan's rates are fixed for the period: restore it, and adjust the goals that should change"
    for code, rate in old.rates.items():
        if new.rates.get(code) != rate:
            now = f"is {as_yaml(new.rates[code])} now" if code in new.rates else "is gone"
            message = f"the rate of {code} was {as_yaml(rate)} and {now}, which changes what was added up before"
            yield document.finding("GH611", document.location(("rates", code)), message, help)
    if old.currency != new.currency and old.currency:
        message = f"the currency was {old.currency}, and every amount so far is in it"
        yield document.finding("GH611", document.location(("currency",)), message, f"write currency: {old.currency}")
    if quarters(old.period) != quarters(new.period) and (old.period.start, old.period.end) == (
        new.period.start,
        new.period.end,
    ):
        ends = ", ".join(str(quarter.end) for quarter in quarters(old.period))
        message = f"the quarters of this period ended on {ends}"
        yield document.finding("GH611", document.location(("period", "quarters")), message, f"write quarters: [{ends}]")


def _team(
    renames: Renames, before: AnyOwner, after: AnyOwner, first: datetime.date, is_past: IsPast
) -> Iterator[_Problem]:
    """The first day on which a seller was in another team than the file says now."""
    if not (isinstance(before, Seller) and isinstance(after, Seller)):
        return
    moves = [team.from_ for team in (*before.team, *after.team) if team.from_]

    def was_elsewhere(day: datetime.date) -> bool:
        return renames.owner(before.team_on(day)) != after.team_on(day)

    if day := _first(was_elsewhere, [first, *moves], is_past):
        was, now = renames.owner(before.team_on(day)), after.team_on(day)
        message = f"on {day} {after.name} was in {was}, and by this file in {now}"
        has_days = len(after.team) > 1 or len(before.team) > 1
        dated = f"team: [{{id: {was}}}, {{id: {now}, from: …}}]"
        yield "team", message, "" if has_days else f"write the move with its day: {dated}, or run goals move"


def _leaves(before: AnyOwner, after: AnyOwner, first: datetime.date, is_past: IsPast) -> Iterator[_Problem]:
    """The first day on which somebody was away, or there, and by the file now was not."""
    days = [day for leave in (*before.absences, *after.absences) for day in (leave.from_, leave.to + _DAY)]

    def was_otherwise(day: datetime.date) -> bool:
        return before.is_away_on(day) != after.is_away_on(day)

    if day := _first(was_otherwise, [first, *days], is_past):
        was, now = ("away", "there") if before.is_away_on(day) else ("there", "away")
        yield "away", f"on {day} {after.name} was {was}, and by this file was {now}", ""


def _last_day(before: AnyOwner, after: AnyOwner, first: datetime.date, is_past: IsPast) -> Iterator[_Problem]:
    """The first day on which a seller was still there, or had left, and by the file now was not."""
    if not (isinstance(before, Seller) and isinstance(after, Seller)):
        return
    days = [day + _DAY for day in (before.left, after.left) if day]

    def was_otherwise(day: datetime.date) -> bool:
        return before.left_before(day) != after.left_before(day)

    if day := _first(was_otherwise, [first, *days], is_past):
        was, now = ("had left", "was still there") if before.left_before(day) else ("was still there", "had left")
        yield "left", f"on {day} {after.name} {was}, and by this file {now}", ""


def _first(differs: IsPast, days: Iterable[datetime.date], is_past: IsPast) -> datetime.date | None:
    """The first of the days on which something can change that is past and differs."""
    return next((day for day in sorted(days) if is_past(day) and differs(day)), None)
