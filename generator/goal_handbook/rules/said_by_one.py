"""GH613: seller and leader both agree, by two names that one author wrote down."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from ..changes.history import History
from ..changes.kinds import RecordAdded
from ..changes.said import NOT_COMMITTED, Origin, SaidByOne, agreement_origin, said_by_one, said_in_words
from ..findings import Finding
from ..model.handbook import Handbook
from ..model.records import Agreement
from ..source.load import Loaded
from ..status.agreement import Verdicts


def check_said_by_one(
    loaded: Loaded, agreements: Iterable[RecordAdded], history: History, verdicts: Mapping[str, Verdicts]
) -> Iterator[Finding]:
    """Yield GH613 for each agreement of both that new `agreements` complete.

    `history` is that of the files as they are, `verdicts` say what signatures are worth. It is at the last name that is
    new: names that were there before the change are not its business.
    """
    new: dict[str, list[Agreement]] = {}
    for change in agreements:
        if isinstance(change.record, Agreement):
            new.setdefault(change.full_id, []).append(change.record)
    handbook = loaded.handbook
    for full_id, of_goal in new.items():
        if handbook is None or full_id not in handbook.goals:
            continue
        for said in said_by_one(handbook, full_id, _origins(history, full_id, of_goal), verdicts.get(full_id, {})):
            if last := [agreement for agreement in said.agreements if agreement in of_goal]:
                yield _finding(loaded, handbook, full_id, said, last[-1])


def _origins(history: History, full_id: str, new: Collection[Agreement]) -> Callable[[Agreement], Origin | None]:
    """Where each agreement of a goal comes from; what is new and in no commit is not committed yet."""
    committed = agreement_origin(history, full_id)
    return lambda agreement: committed(agreement) or (NOT_COMMITTED if agreement in new else None)


def _finding(loaded: Loaded, handbook: Handbook, full_id: str, said: SaidByOne, last: Agreement) -> Finding:
    owner_id, _, goal_id = full_id.partition("/")
    index = loaded.written(full_id).agreed.index(last)
    goals = [goal.id for goal in handbook.owners[owner_id].goals]
    path = ("goals", goals.index(goal_id), "agreed", index)
    message = f'"{goal_id}" is agreed by both, but {said_in_words(handbook, said)}'
    help = f"each of the two runs goals agree {full_id} and commits it"
    return loaded.finding(owner_id, path, "GH613", message, help)
