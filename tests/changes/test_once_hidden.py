"""What the team may see of a goal follows from its whole history: a table of histories, and the ids that stay hidden.

A history is written as its versions, from the first to the last: `ana: talks` is a goal of Ana's, `talks!` one for
leaders only, `words<talks` one that was called talks before, and `bea<ana:` Ana under another name.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from goal_handbook.changes.blob import kind_of, read_blob
from goal_handbook.changes.history import History
from goal_handbook.changes.once_hidden import past_goals
from goal_handbook.changes.replay import replay
from goal_handbook.changes.visibility import hidden_since
from goal_handbook.model.audience import Redaction
from goal_handbook.model.handbook import Handbook
from goal_handbook.source.load import load_files

from ..conftest import HANDBOOK

TEAMS = ("north", "south")
Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Entry:
    path: str
    old: str
    new: str
    elsewhere: tuple[bool, bool] = (False, False)


@dataclass(frozen=True)
class Commit:
    id: str
    day: datetime.date
    entries: Sequence[Entry]
    author: str = "lea"
    email: str = ""
    is_merge: bool = False
    boundary: bool = False


def files_of(version: str) -> Files:
    """The files of a version. JSON is YAML."""
    owners = dict(map(owner_of, version.split(";"))) if version.strip() else {}
    return {"handbook.yaml": HANDBOOK.encode(), **{path: json.dumps(data).encode() for path, data in owners.items()}}


def owner_of(text: str) -> tuple[str, dict[str, Any]]:
    name, _, goals = text.partition(":")
    owner_id, *formerly = name.strip().split("<")
    data: dict[str, Any] = {"name": owner_id, "formerly": formerly, "goals": list(map(goal_of, goals.split()))}
    return (f"teams/{owner_id}.yaml", data) if owner_id in TEAMS else (f"leaders/{owner_id}.yaml", data)


def goal_of(text: str) -> dict[str, Any]:
    name, *formerly = text.split("<")
    visibility = "leaders" if name.endswith("!") else "team"
    goal_id = name.removesuffix("!")
    landmarks = [{"id": "end", "due": "2017-12-31", "deliver": "It"}]
    return {"id": goal_id, "title": goal_id, "formerly": formerly, "visibility": visibility, "landmarks": landmarks}


def history_of(versions: Sequence[Files]) -> History:
    before: Files = {}
    commits: list[Commit] = []
    snapshots: dict[tuple[str, str], str | None] = {}
    for number, files in enumerate(versions, 1):
        touched = sorted(path for path in {**before, **files} if before.get(path) != files.get(path))
        entries = [Entry(path, before.get(path, b"").decode(), files.get(path, b"").decode()) for path in touched]
        commits.append(Commit(str(number), datetime.date(2017, 2, number), entries))
        for entry in entries:
            kind = kind_of(entry.path)
            assert kind
            snapshots[kind, entry.new] = read_blob(kind, entry.path, entry.new.encode())
        before = files
    assert all(said for (_, blob), said in snapshots.items() if blob)
    return replay(commits, snapshots)


def book_of(files: Files) -> Handbook:
    loaded = load_files(files, "goals")
    assert loaded.handbook
    return loaded.handbook


def former_ids(book: Handbook) -> Iterator[str]:
    """What the goals of a version were called, as their owners' own files say."""
    owners = book.owners.values()
    return (f"{owner.id}/{old}" for owner in owners for goal in owner.goals for old in goal.formerly)


def still_hidden(history: str) -> set[str]:
    """The full ids, of all versions, that the team may not see a trace of; on the site and in every diff alike."""
    versions = list(map(files_of, history.split("|")))
    books = list(map(book_of, versions))
    known, now = history_of(versions), books[-1]
    redaction = Redaction.of(now, past_goals(known, now))
    ids = {full_id for book in books for full_id in (*book.goals, *former_ids(book))}
    hidden = {full_id for full_id in ids if redaction.is_hidden(full_id)}
    for number, then in enumerate(books):
        past = past_goals(known, now, then, before=history_of(versions[: number + 1]))
        seen = hidden_since(then, now, past).goals
        in_diff = {full_id for full_id, goal in seen.items() if goal.visibility == "leaders"}
        assert hidden & seen.keys() <= in_diff, f"the diff since version {number + 1}"
    return hidden


@pytest.mark.parametrize(
    ("history", "hidden"),
    [
        # It stays where it is
        ("ana: talks", ""),
        ("ana: talks!", "ana/talks"),
        ("ana: talks | ana: talks!", "ana/talks"),
        ("ana: talks! | ana: talks", ""),
        # It goes
        ("ana: talks | ana:", ""),
        ("ana: talks! | ana:", "ana/talks"),
        ("ana: talks! |", "ana/talks"),
        ("ana: talks | ana: talks! | ana:", "ana/talks"),
        ("ana: talks! | ana: talks | ana:", "ana/talks"),
        ("ana: talks! | ana: | ana: talks", ""),
        ("ana: talks! | ana: | ana: talks | ana:", "ana/talks"),
        # It is renamed
        ("ana: talks! | ana: words!<talks", "ana/talks ana/words"),
        ("ana: talks! | ana: words<talks", "ana/talks"),
        ("ana: talks | ana: words!<talks", "ana/talks ana/words"),
        ("ana: talks! | ana: words!<talks | ana:", "ana/talks ana/words"),
        ("ana: talks | ana: words<talks | ana: words!<talks | ana:", "ana/talks ana/words"),
        ("ana: talks! | ana: words<talks | ana:", "ana/talks ana/words"),
        ("ana: talks | ana: words<talks | ana:", ""),
        # It is renamed twice
        ("ana: a! | ana: b!<a | ana: c!<a<b", "ana/a ana/b ana/c"),
        ("ana: a! | ana: b!<a | ana: c!<a<b | ana:", "ana/a ana/b ana/c"),
        ("ana: a | ana: b<a | ana: c<a<b | ana: c!<a<b", "ana/a ana/b ana/c"),
        # Only its last name is still in the file
        ("ana: a! | ana: b!<a | ana: c!<b", "ana/a ana/b ana/c"),
        ("ana: a! | ana: b!<a | ana: c!<b | ana:", "ana/a ana/b ana/c"),
        ("ana: a! | ana: b!<a | ana: c<b", "ana/a ana/b"),
        ("ana: a | ana: b<a | ana: c<b | ana: c!<b", "ana/a ana/b ana/c"),
        ("ana: a | ana: b<a | ana: c<b | ana: c!", "ana/a ana/b ana/c"),
        ("ana: a | ana: b<a | ana: c<b | ana: c! | ana:", "ana/a ana/b ana/c"),
        # Its owner is renamed
        ("ana: talks! | bea<ana: talks!", "ana/talks bea/talks"),
        ("ana: talks! | bea<ana: talks! | bea<ana:", "ana/talks bea/talks"),
        ("ana: talks | bea<ana: talks | bea<ana: talks!", "ana/talks bea/talks"),
        ("ana: talks | bea<ana: talks | bea: talks!", "ana/talks bea/talks"),
        ("ana: talks! | bea<ana: words<talks", "ana/talks"),
        ("ana: a | bea<ana: b<a | cleo<bea: c<b | cleo<bea: c!<b", "ana/a bea/a bea/b cleo/b cleo/c"),
        # It is moved to somebody else
        ("ana: talks! ; bea: | ana: ; bea: talks!", "ana/talks bea/talks"),
        ("ana: talks ; bea: | ana: ; bea: talks | ana: ; bea: talks!", "ana/talks bea/talks"),
        ("ana: talks ; bea: | ana: ; bea: talks! | ana: ; bea:", "ana/talks bea/talks"),
        ("ana: a ; bea: | ana: b<a ; bea: | ana: ; bea: b | ana: ; bea: b!", "ana/a ana/b bea/b"),
        ("ana: a! ; bea: | ana: ; bea: b<a", "ana/a bea/a"),
        ("ana: a! ; bea: | ana: ; bea: | ana: ; bea: a | ana: ; bea: b<a", "ana/a bea/a"),
        # Somebody else has one with the same id
        ("ana: talks! ; bea: talks", "ana/talks"),
        ("ana: talks! ; bea: talks | ana: talks! ; bea:", "ana/talks"),
        ("ana: talks ; bea: talks! | ana: ; bea: talks!", "bea/talks"),
        ("ana: a! ; bea: a | ana: ; bea: b<a", "ana/a"),
        ("ana: a! ; bea: b<a | ana: ; bea: b<a", "ana/a"),
        ("ana: a! ; bea: | ana: a! ; bea: b<a", "ana/a"),
        # Another goal takes its id
        ("ana: talks! | ana: words!<talks | ana: words!<talks talks", "ana/words"),
        # Its team is dissolved
        ("north: plan! ; south: | south:", "north/plan"),
        ("north: plan ; south: | south:", ""),
        ("north: plan ; south: | south: plan!", "north/plan south/plan"),
        ("north: plan ; south: | north: plan! ; south: | south:", "north/plan"),
        ("north: plan ; south: | north: plan ; south: other!", "south/other"),
    ],
)
def test_what_was_once_for_leaders_stays_hidden(history: str, hidden: str) -> None:
    assert still_hidden(history) == set(hidden.split())
