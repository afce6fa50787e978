"""GH611: what is true of the past by its date, such as who was in which team, and no longer is."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator

from ..changes.baseline import Baseline
from ..changes.renames import Renames
from ..changes.snapshot import OwnerSnapshot
from ..findings import Finding
from ..model.people import AnyOwner, Seller
from ..model.settings import Settings
from ..source.emit import as_yaml
from ..source.load import Loaded
from ..status.calendar import one_period_later, quarters

_DAY = datetime.timedelta(days=1)
IsPast = Callable[[datetime.date], bool]


def check_rewritten(loaded: Loaded, baseline: Baseline, as_of: datetime.date) -> Iterator[Finding]:
    """Yield GH611 for teams, leaves, last days, rates and quarters that say something else of the past than they did.

    The past is what is longer ago than one `review_every`: a move, a leave or a last day may be written down that late.
    """
    old, new = baseline.loaded.handbook, loaded.handbook
    if old is None or new is None or as_of < old.settings.period.start:
        return
    yield from _settings(loaded, old.settings, new.settings)
    renames = Renames()
    for owner_id, owner in new.owners.items():
        renames.learn(owner_id, OwnerSnapshot(owner))
    first = old.settings.period.start
    every = new.settings.review_every

    def is_past(day: datetime.date) -> bool:
        return day >= first and one_period_later(day, every) < as_of

    for old_id, before in old.owners.items():
        after = new.owners.get(renames.owner(old_id))
        if after:
            yield from _team(loaded, renames, before, after, first, is_past)
            yield from _leaves(loaded, before, after, first, is_past)
            yield from _last_day(loaded, before, after, first, is_past)


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
    loaded: Loaded, renames: Renames, before: AnyOwner, after: AnyOwner, first: datetime.date, is_past: IsPast
) -> Iterator[Finding]:
    """The first day on which a seller was in another team than the file says now."""
    if not (isinstance(before, Seller) and isinstance(after, Seller)):
        return
    moves = [team.from_ for team in (*before.team, *after.team) if team.from_]

    def was_elsewhere(day: datetime.date) -> bool:
        return renames.owner(before.team_on(day)) != after.team_on(day)

    if day := _first(was_elsewhere, [first, *moves], is_past):
        was, now = renames.owner(before.team_on(day)), after.team_on(day)
        message = f"on {day} {after.name} was in {was}, and by this file in {now}"
        dated = f"[{{id: {was}}}, {{id: {after.team_on(None)}, from: …}}]"
        help = f"write the move with its day: team: {dated}, or run goals move"
        yield loaded.finding(after.id, ("team",), "GH611", message, help)


def _leaves(
    loaded: Loaded, before: AnyOwner, after: AnyOwner, first: datetime.date, is_past: IsPast
) -> Iterator[Finding]:
    """The first day on which somebody was away, or there, and by the file now was not."""
    days = [day for leave in (*before.absences, *after.absences) for day in (leave.from_, leave.to + _DAY)]

    def was_otherwise(day: datetime.date) -> bool:
        return before.is_away_on(day) != after.is_away_on(day)

    if day := _first(was_otherwise, [first, *days], is_past):
        was, now = ("away", "there") if before.is_away_on(day) else ("there", "away")
        message = f"on {day} {after.name} was {was}, and by this file was {now}"
        help = "restore what it said; a leave can be written down until one review_every later"
        yield loaded.finding(after.id, ("away",), "GH611", message, help)


def _last_day(
    loaded: Loaded, before: AnyOwner, after: AnyOwner, first: datetime.date, is_past: IsPast
) -> Iterator[Finding]:
    """The first day on which a seller was still there, or had left, and by the file now was not."""
    if not (isinstance(before, Seller) and isinstance(after, Seller)):
        return
    days = [day + _DAY for day in (before.left, after.left) if day]

    def was_otherwise(day: datetime.date) -> bool:
        return before.left_before(day) != after.left_before(day)

    if day := _first(was_otherwise, [first, *days], is_past):
        was, now = ("had left", "was still there") if before.left_before(day) else ("was still there", "had left")
        message = f"on {day} {after.name} {was}, and by this file {now}"
        help = "restore what it said; a last day can be written down until one review_every later"
        yield loaded.finding(after.id, ("left",), "GH611", message, help)


def _first(differs: IsPast, days: Iterable[datetime.date], is_past: IsPast) -> datetime.date | None:
    """The first of the days on which something can change that is past and differs."""
    return next((day for day in sorted(days) if is_past(day) and differs(day)), None)
