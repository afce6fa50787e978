"""A goal as data: its status, and every number that its card shows."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from ..figures import rounded
from ..model.goal import Goal
from ..model.records import Adjustment, Agreement
from ..model.settings import Settings
from ..model.terms import Value, spell
from ..status.assessment import Assessment, GoalState
from ..status.attainment import Attainment, Rates
from ..status.cadence import CadenceRow, CadenceState
from ..status.coverage import CapacityUse, Coverage
from ..status.curve_history import CurveHistory
from ..status.landmark import LandmarkState
from .contract import (
    AdjustmentData,
    AgreedData,
    Amount,
    AttainmentData,
    CadenceData,
    CadenceRowData,
    CapacityData,
    CoverageData,
    CurveChangeData,
    FanData,
    GoalData,
    InvestedData,
    LandmarkData,
    SpentData,
    StepData,
)

#: The ratio at which all of something is reached, held or used.
_WHOLE = Decimal(1)


def goal_data(assessment: Assessment, goal: GoalState) -> GoalData:
    """Return a goal as plain data."""
    settings, as_of, measure = assessment.handbook.settings, assessment.as_of, goal.goal.measure
    coverage, cadence, reading = goal.coverage, goal.cadence, goal.reading
    judged = goal.progress.reading if goal.progress else None
    capacity = [capacity_data(use) for use in goal.capacities]
    history = assessment.curve_history(goal.full_id)
    bands = (settings.catch_up.on_track, settings.catch_up.at_risk)
    return {
        "title": goal.goal.title,
        "kind": goal.goal.kind,
        "status": goal.status,
        "months": [month.statuses[goal.full_id] for month in assessment.months],
        "result": goal.goal.closed.result if goal.goal.closed else None,
        "recovering": goal.recovering,
        "pace": _computed(goal.pace, 4, _WHOLE),
        "catch_up": _computed(goal.progress.catch_up, 4, *bands) if goal.progress else None,
        "pace_on": judged.on.isoformat() if judged else None,
        "expected": _curve_value(goal.expected, *([judged.value] if judged else [])),
        "attainment": _attainment_data(goal.attainment, as_of, goal.rates),
        "silent_since": goal.silent_since.isoformat() if goal.silent_since else None,
        "reading": {"on": reading.on.isoformat(), "value": number(reading.value)} if reading else None,
        "unit": (measure.unit or None) if measure else None,
        "target": _optional(goal.goal.target),
        "last": _optional(measure.last) if measure else None,
        "start_value": _optional(measure.start_value) if measure and goal.goal.target is not None else None,
        "readings": _readings(goal, history),
        "at_this_pace": _fan_data(goal, as_of),
        "start": goal.goal.start.isoformat(),
        "due": goal.goal.due.isoformat(),
        "agreement": goal.agreement,
        "proof": goal.agreed.level if goal.agreed and goal.agreed.on else None,
        "agreed": [_agreed_data(agreed) for agreed in goal.goal.agreed],
        "confidence": goal.last_review.confidence if goal.last_review else None,
        "review_due": goal.review_due.isoformat() if goal.review_due else None,
        "coverage": _coverage_data(coverage, capacity, settings) if coverage else None,
        "capacity": capacity,
        "cadence": _cadence_data(cadence) if cadence else None,
        "supports": {
            to: _computed(assessment.support_shares.get((goal.full_id, to)), 4, _WHOLE)
            for to in assessment.handbook.supports[goal.full_id]
        },
        "adjustments": [_adjustment_data(adjustment) for adjustment in goal.goal.adjustments],
        "curve_changes": list(_curve_changes(history)) if history else [],
        "steps": list(_steps(goal)),
        "reviews": [review.on.isoformat() for review in goal.goal.reviews],
        "invested": _invested_data(goal.goal),
        "landmarks": {s.landmark.id: _landmark_data(s, as_of) for s in goal.landmarks},
    }  # fmt: skip


def _readings(goal: GoalState, history: CurveHistory | None) -> list[tuple[str, Amount, Amount | None]]:
    """Each reading with what was agreed for its day at the time."""
    return [
        (
            reading.on.isoformat(),
            number(reading.value),
            _curve_value(history.on(reading.on), reading.value) if history else None,
        )
        for reading in goal.readings
    ]


def _fan_data(goal: GoalState, as_of: datetime.date) -> FanData | None:
    found = goal.fan_on(as_of)
    if found is None:
        return None
    lately, slowest, fastest = (_rounded(value) for value in (found.lately, found.slowest, found.fastest))
    return {"by": found.due.isoformat(), "lately": lately, "slowest": slowest, "fastest": fastest}


def _cadence_data(cadence: CadenceState) -> CadenceData:
    ends = [cell.span.end.isoformat() for row in cadence.rows for cell in row.cells[-1:] if cell.status == "open"]
    return {
        "held": cadence.held,
        "due": cadence.due,
        "open_until": max(ends, default=None),
        "rows": [_cadence_row(row) for row in cadence.rows],
    }


def _cadence_row(row: CadenceRow) -> CadenceRowData:
    return {
        "person": row.person.id if row.person else None,
        "held": row.held,
        "due": row.due,
        "periods": [
            [cell.held, cell.times, cell.brief] if cell.brief else [cell.held, cell.times] for cell in row.cells
        ],
    }


def _adjustment_data(adjustment: Adjustment) -> AdjustmentData:
    changes = {change.field: (_value(change.was), _value(change.now)) for change in adjustment.changes}
    return {"on": adjustment.on.isoformat(), "changes": changes}


def _value(value: Value) -> Amount | str | None:
    return number(value) if isinstance(value, Decimal) else spell(value) or None


def _curve_changes(history: CurveHistory) -> Iterator[CurveChangeData]:
    for before, after in pairwise(history.versions):
        was, now = (_rounded(version.curve.on(after.since)) for version in (before, after))
        yield {"on": after.since.isoformat(), "was": was, "now": now}


def _steps(goal: GoalState) -> Iterator[StepData]:
    for plan in goal.plans:
        for state in plan.steps:
            step = state.step
            yield {
                "landmark": plan.accounting.landmark,
                "do": step.do,
                "who": step.who,
                "due": step.due.isoformat() if step.due else None,
                "done": step.done.isoformat() if step.done else None,
                "overdue": state.days_overdue,
            }


def _invested_data(goal: Goal) -> InvestedData | None:
    if goal.invest is None:
        return None
    spent, aside = goal.spent, goal.invest
    return {"hours": _spent(spent.hours, aside.hours), "money": _spent(spent.money, aside.money)}


def _spent(spent: Decimal | None, set_aside: Decimal | None) -> SpentData | None:
    if spent is None or set_aside is None:
        return None
    return {"spent": number(spent), "set_aside": number(set_aside)}


def _agreed_data(agreed: Agreement) -> AgreedData:
    return {
        "on": agreed.on.isoformat(),
        "by": list(agreed.by),
        "met": agreed.met.isoformat() if agreed.met else None,
        "understood": agreed.understood or None,
    }


def _attainment_data(
    found: Attainment | None, as_of: datetime.date, rates: Rates | None = None
) -> AttainmentData | None:
    if found is None:
        return None
    data: AttainmentData = {
        "ratio": _computed(found.ratio, 4, _WHOLE),
        "gap": _optional(found.gap),
        "needed_per_day": _computed(found.needed_on(as_of), 4),
    }
    if rates:
        data |= {"best_per_day": _computed(rates.best, 4), "recent_per_day": _computed(rates.recent, 4)}
    return data


def _coverage_data(coverage: Coverage, capacity: list[CapacityData], settings: Settings) -> CoverageData:
    band = settings.coverage
    return {
        "ratio": _computed(coverage.ratio, 4, band.low, band.high, _WHOLE),
        "total": _optional(coverage.total),
        "needed": _optional(coverage.needed),
        "verdict": coverage.verdict,
        "abilities": _optional(coverage.abilities),
        "capacity": capacity,
        "goals": len(coverage.shares),
    }


def capacity_data(use: CapacityUse) -> CapacityData:
    """Return a capacity as plain data."""
    return {
        "what": use.capacity.what,
        "limit": _optional(use.capacity.limit),
        "compared": use.compared,
        "used": _computed(use.used, 4, _WHOLE),
        "over": use.over,
        "worth": _computed(use.limit, 2),
    }


def _landmark_data(state: LandmarkState, as_of: datetime.date) -> LandmarkData:
    landmark = state.landmark
    return {
        "status": state.status,
        "due": landmark.due.isoformat(),
        "value": _optional(landmark.value),
        "attainment": _attainment_data(state.attainment, as_of),
        "deliver": landmark.deliver or None,
        "met_on": state.met_on.isoformat() if state.met_on else None,
        "missed_since": state.missed_since.isoformat() if state.missed_since else None,
        "age": state.age,
        "overdue": state.overdue,
        "action": state.accounting.action if state.accounting else None,
        "adjusted": {
            "due": state.original.due.isoformat() if state.original.due else None,
            "value": _optional(state.original.value),
        } if state.adjusted else None,
    }  # fmt: skip


def _curve_value(value: Fraction | None, *limits: Decimal) -> Amount | None:
    return None if value is None else _rounded(value, *limits)


def _rounded(value: Fraction, *limits: Decimal) -> Amount:
    """Return a computed amount with two decimals, or four if it is small, on its side of what it is compared with."""
    above, below = value.as_integer_ratio()
    is_large = abs(above) >= 100 * below
    return number(rounded(value, 2 if is_large else 4, limits))


def _optional(value: Decimal | None) -> Amount | None:
    return None if value is None else number(value)


def number(value: Decimal) -> Amount:
    """Return an exact JSON number: values have at most 15 digits, which a float holds."""
    above, below = value.as_integer_ratio()
    return above if below == 1 else above / below


def _computed(value: Fraction | None, places: int, *limits: Decimal) -> Amount | None:
    """Return a rounded JSON number that is on the same side as the exact one of whatever it is compared with."""
    return number(rounded(value, places, limits)) if value is not None else None
