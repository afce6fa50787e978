"""What of an owner's file is for leaders, as far as anybody can know it of a file that has errors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from ..findings import nearest
from ..model.goal import Goal
from ..model.people import Context, Leader, Seller, Team
from ..source.document import Document
from ..source.nodes import MappingNode, Node, ScalarNode, SequenceNode

#: How much the team may read of a finding: all of it, where it is, or nothing.
Sight = Literal["whole", "place", "nothing"]

#: What is somewhere in a file that has something for leaders, however it is written.
_FOR_LEADERS = re.compile("leader|visib|motiv|abilit", re.IGNORECASE)
_OWNER_KEYS = {key for model in (Team, Seller, Leader) for key in model.model_fields}


@dataclass(frozen=True)
class PrivateLines:
    """Lines of a file, from `first` to `last`, that the team may not read whole; for a goal, its id and its title."""

    sight: Sight
    first: int
    last: int
    id: str = ""
    title: str = ""


def private_lines(document: Document) -> tuple[PrivateLines, ...]:
    """Return what is for leaders ("nothing"), or may be once what is wrong in the file is corrected ("place")."""
    if document.root is None:
        unclear = _FOR_LEADERS.search(document.text)
        return (PrivateLines("place", 0, document.text.count("\n") + 1),) if unclear else ()
    return tuple(_lines(document, document.root))


def sight_of_line(private: Iterable[PrivateLines], line: int) -> Sight:
    """Return how much the team may read of a finding about a line; line 0 is the file as a whole."""
    sights = {part.sight for part in private if part.first <= line <= part.last}
    return "nothing" if "nothing" in sights else "place" if sights else "whole"


def _lines(document: Document, root: MappingNode) -> Iterator[PrivateLines]:
    for key, (name, value) in root.entries.items():
        if key == "motivation":
            yield _private(document, "nothing", name, value)
        elif key == "goals":
            yield from _goals(document, name, value)
        elif key == "context":
            yield from _context(document, name, value)
        elif key not in _OWNER_KEYS:
            yield _private(document, "place", name, value)


def _goals(document: Document, name: ScalarNode, goals: Node) -> Iterator[PrivateLines]:
    if not isinstance(goals, SequenceNode):
        yield _private(document, "place", name, goals)
        return
    for goal in goals.items:
        sight = _sight_of_goal(document, goal)
        if sight != "whole":
            yield _private(document, sight, goal, goal, _text(goal, "id"), _text(goal, "title"))


def _sight_of_goal(document: Document, goal: Node) -> Sight:
    if not isinstance(goal, MappingNode):
        return "place"
    if _text(goal, "visibility") == "leaders":
        return "nothing"
    misspelt = any(key not in Goal.model_fields and nearest(key, ["visibility"]) for key in goal.entries)
    unclear = "visibility" in goal.entries and _text(goal, "visibility") != "team"
    return "place" if unclear or misspelt or "leaders" in document.text[goal.start : goal.end] else "whole"


def _context(document: Document, name: ScalarNode, context: Node) -> Iterator[PrivateLines]:
    """A limit is for leaders if its goal is, which is known for the file that is read, not here."""
    if not isinstance(context, MappingNode):
        yield _private(document, "place", name, context)
        return
    for key, (inner, value) in context.entries.items():
        if key == "abilities":
            yield _private(document, "nothing", inner, value)
        elif key == "capacity" and isinstance(value, SequenceNode):
            yield from (_private(document, "place", one, one) for one in value.items if _text(one, "goal"))
        elif key not in Context.model_fields:
            yield _private(document, "place", inner, value)


def _private(document: Document, sight: Sight, begin: Node, node: Node, id: str = "", title: str = "") -> PrivateLines:
    return PrivateLines(sight, begin.line, node.line + document.text.count("\n", node.start, node.end), id, title)


def _text(node: Node, key: str) -> str:
    """Return what is written for a key of a mapping, "" for nothing or no text."""
    value = node.entries[key][1] if isinstance(node, MappingNode) and key in node.entries else None
    return value.text if isinstance(value, ScalarNode) else ""
