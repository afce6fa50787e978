"""Who committed a decision and when, in words: the day in the file is typed, the commit is not."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from ..changes.said import NOT_COMMITTED, Origin, author_name, origin, said_by_one, said_in_words
from ..model.records import Agreement, Record, RecordKind
from .components import AccountingView, Event, OriginView, SharedCommit, SignatureView
from .context import ViewContext

#: What people decide; a reading or a session says what happened, whoever wrote it down.
_DECISIONS = frozenset({"agreed", "adjustments", "accountings"})

#: What came in a commit, and may say so.
Committed = Event | AccountingView | SignatureView
CommittedT = TypeVar("CommittedT", Event, AccountingView, SignatureView)


def origin_view(
    context: ViewContext, full_id: str, kind: RecordKind, record: Record, *, new: frozenset[Record] = frozenset()
) -> OriginView | None:
    """Return who committed a goal's agreement, adjustment or accounting, None for other records and where nobody knows.

    `new` are the records of a change: of them, what is in no commit is not committed yet.
    """
    if kind.name not in _DECISIONS:
        return None

    def origin_of(one: Record) -> Origin | None:
        return origin(context.history, full_id, kind, one) or (NOT_COMMITTED if new and one in new else None)

    found = origin_of(record)
    if found is None:
        return None
    said = ""
    if isinstance(record, Agreement):
        state = context.assessment.goals.get(full_id)
        verdicts = state.agreed.verdicts if state and state.agreed else {}
        rounds = said_by_one(context.assessment.handbook, full_id, origin_of, verdicts)
        book, words = context.assessment.handbook, context.words
        said = next((said_in_words(book, one, words) for one in rounds if record in one.agreements), "")
    if not found.commit:
        return OriginView("", found.day, said, said)
    author, on = author_name(context.assessment.handbook, found), context.day(found.day)
    if said:
        return OriginView(author, found.day, context.text("{what}, on {day}", what=said, day=on), said)
    return OriginView(author, found.day, context.text("committed by {author} on {day}", author=author, day=on))


def shared_commit(context: ViewContext, entries: Iterable[Committed]) -> SharedCommit | None:
    """Return the commit by one author that at least three of four entries came in, None if there is not one.

    Where it is not known of some entry, none is shared: whatever names no commit would seem to have come in it.
    """
    entries = tuple(entries)
    if not all(entry.commit for entry in entries):
        return None
    counts = Counter[str]()
    origins: dict[str, set[tuple[str, datetime.date]]] = defaultdict(set)
    for entry in entries:
        counts[entry.commit] += 1
        if entry.origin:
            origins[entry.commit].add((entry.origin.author, entry.origin.day))
    commit, most = max(counts.items(), key=lambda pair: pair[1], default=("", 0))
    if most < 2 or 4 * most < 3 * counts.total() or len(origins[commit]) > 1:
        return None
    author, day = next(iter(origins[commit]), ("", None))
    return SharedCommit(commit, author, context.day(day), most == counts.total())


def without_commit(entry: CommittedT, shared: SharedCommit) -> CommittedT:
    """Return an entry that does not name the commit it shares; who brought both names of an agreement stays."""
    if entry.commit != shared.commit:
        return entry
    return replace(entry, commit="", origin=entry.origin and replace(entry.origin, words=entry.origin.said_by_one))
