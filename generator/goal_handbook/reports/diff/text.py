"""A difference in words: as plain text for a terminal, and line by line for a comment."""

from __future__ import annotations

from collections.abc import Iterator

from ...views.components import Event, OwedView
from ...words import plural, sentence_list
from ..markup import Style
from .model import CoverageDiff, Difference, GoalDiff, OwnerDiff, StatusDiff, ToAgree

#: The most characters of somebody's prose.
_PROSE_SHOWN = 400


def as_text(difference: Difference) -> str:
    """Return the difference for a terminal."""
    return "\n".join(lines(difference, Style("terminal"))) + "\n"


def lines(d: Difference, style: Style) -> Iterator[str]:
    """Yield the lines that describe a difference; nothing in them mentions a person or links an issue."""
    yield style.heading("What this changes in the goals", 2)
    differs = d.owners or d.settings or d.coverage or d.statuses or d.owed or d.no_longer_owed or d.to_agree
    yield from _body(d, style) if differs else ["Nothing."]
    if d.not_shown:
        yield ""
        yield f"{plural(d.not_shown, 'change')} to goals that only leaders see: not shown here."


def _body(d: Difference, style: Style) -> Iterator[str]:
    counted = [f"{plural(d.adjusted, 'goal')} adjusted"] if d.adjusted else []
    counted += [style.strong(f"{plural(d.silent, 'silent change')}")] if d.silent else []
    yield f"{', '.join(counted) or 'No agreed term changed'}. Statuses as of {style.escape(d.as_of)}."
    for owner in d.owners:
        yield ""
        yield from _owner(owner, style)
    tables = (
        ("Settings", [style.escape(line) for line in d.settings]),
        ("Coverage", [_coverage(c, style) for c in d.coverage]),
        ("Changed statuses", [_status(s, style) for s in d.statuses]),
        ("Owed now", [_owed(o, style) for o in d.owed]),
        ("No longer owed", [_owed(o, style) for o in d.no_longer_owed]),
        ("Still to agree", [_to_agree(a, style) for a in d.to_agree]),
    )
    for title, lines in tables:
        if lines:
            yield ""
            yield style.heading(title)
            yield from (style.item(line) for line in lines)


def _owner(owner: OwnerDiff, style: Style) -> Iterator[str]:
    yield style.heading(style.escape(owner.person.name))
    yield from (style.item(style.escape(line)) for line in owner.lines)
    for goal in owner.goals:
        yield style.item(f"{style.strong(style.escape(goal.title))} ({style.escape(goal.full_id)})")
        yield from (style.item(line, 1) for line in _goal(goal, style))


def _goal(goal: GoalDiff, style: Style) -> Iterator[str]:
    for event in goal.events:
        yield _event(event, style)
    if goal.edited:
        yield f"edited: {', '.join(map(style.escape, goal.edited))}"


def _event(event: Event, style: Style) -> str:
    label = style.strong(event.badge.label) if event.loud else event.badge.label
    terms = [f"{style.escape(c.field)} {style.escape(c.was)} → {style.escape(c.now)}" for c in event.changes]
    said = "; ".join([*terms, *([style.escape(event.text)] if event.text else [])])
    people = ", ".join(style.escape(p.name) for p in event.by)
    when = ", ".join(filter(None, (style.escape(event.on), people)))
    if event.origin and event.origin.said_by_one:
        when += f"; {style.escape(event.origin.said_by_one)}"
    prose = style.escape(event.prose[:_PROSE_SHOWN] + ("…" if len(event.prose) > _PROSE_SHOWN else ""))
    sentence = f"{label}: {said}" if said else label
    return f"{sentence}{f' ({when})' if when else ''}{f' — {prose}' if prose else ''}"


def _coverage(coverage: CoverageDiff, style: Style) -> str:
    whose = f"{style.escape(coverage.owner)}, {style.escape(coverage.title)}"
    return f"{whose}: {coverage.was or 'none'} → {style.strong(coverage.now)} ({coverage.badge.label.lower()})"


def _status(status: StatusDiff, style: Style) -> str:
    names = filter(None, (status.owner, status.title, status.landmark))
    return f"{', '.join(map(style.escape, names))}: {status.was.label} → {style.strong(status.now.label)}"


def _to_agree(item: ToAgree, style: Style) -> str:
    names = [style.strong(style.escape(person.name)) for person in item.people]
    who = sentence_list(names) if names else "a leader"
    return f"{who}: {style.escape(item.ref.title)} ({style.escape(item.ref.full_id)}, {item.badge.label.lower()})"


def _owed(owed: OwedView, style: Style) -> str:
    whose = f"{style.escape(owed.ref.owner.name)}, {style.escape(owed.ref.title)}"
    return f"{whose}: {owed.badge.label.lower()}, {style.escape(owed.what)}"
