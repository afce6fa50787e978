"""From a finding in a file that a sheet would write, back to the cell that says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..findings import Finding, Location
from ..source.document import Document
from ..source.load import Loaded
from ..source.nodes import MappingNode, Node, NodePath, ScalarNode, SequenceNode, node_at

Cells = Mapping[NodePath, str]

#: What to do instead of what the help says about the file, by the code of the rule.
_HELP = {
    "GH602": "say in a sentence what has changed since it was agreed",
    "GH603": "account for it first: goals account {}#LANDMARK",
    "GH604": "restore the cell; records are put right with goals correct {}",
    "GH611": "for a move that was found out late use goals move {}",
}


def at_cells(
    loaded: Loaded, book: str, people: Mapping[str, Cells], goals: Mapping[str, Cells], findings: Iterable[Finding]
) -> list[Finding]:
    """Return findings at the cells they come from: of `people` by their ids, of `goals` by their full ids.

    What no cell says stays where it is.
    """
    owners = {document.path: owner_id for owner_id, document in loaded.documents.items()}
    found = []
    for finding in findings:
        owner_id = owners.get(finding.location.path, "")
        cell, about = "", owner_id
        if owner_id:
            cell, about = _cell(loaded.documents[owner_id], owner_id, finding.location, people, goals)
        found.append(_at(finding, f"{book}: {cell}", about) if cell else finding)
    return found


def _at(finding: Finding, cell: str, about: str) -> Finding:
    """The finding at a cell, with help for somebody who has a sheet before them."""
    help = _HELP.get(finding.code, finding.help).replace("{}", about)
    return replace(finding, at=Location(cell), help=help, line="")


def _cell(
    document: Document, owner_id: str, location: Location, people: Mapping[str, Cells], goals: Mapping[str, Cells]
) -> tuple[str, str]:
    """The cell that says what is at a place in an owner's file ("" if none does), and the id of whom it is about."""
    path = _path_at(document.root, location) if document.root else ()
    if path[:1] != ("goals",) or len(path) < 2:
        return _nearest(people.get(owner_id, {}), path), owner_id
    goal = node_at(document.root, path[:2])
    full_id = f"{owner_id}/{_id(goal)}"
    inner = path[2:]
    if inner[:1] == ("landmarks",) and len(inner) > 1:
        inner = ("landmarks", _id(node_at(goal, inner[:2])))
    return _nearest(goals.get(full_id, {}), inner) or people.get(owner_id, {}).get((), ""), full_id


def _nearest(cells: Cells, path: NodePath) -> str:
    """The cell of a path, or of what is around it."""
    return next((cells[path[:i]] for i in range(len(path), -1, -1) if path[:i] in cells), "")


def _path_at(node: Node, location: Location) -> NodePath:
    """The path of the innermost value or key at a place in a file, or of the last one before it."""
    inner: list[tuple[str | int, Node, tuple[int, int]]] = []
    if isinstance(node, MappingNode):
        inner = [(key, value, (name.line, name.column)) for key, (name, value) in node.entries.items()]
    elif isinstance(node, SequenceNode):
        inner = [(index, item, (item.line, item.column)) for index, item in enumerate(node.items)]
    before = [(step, found) for step, found, begins in inner if begins <= (location.line, location.column)]
    if not before:
        return ()
    step, found = before[-1]
    return (step, *_path_at(found, location))


def _id(node: Node | None) -> str:
    entry = node.entries.get("id") if isinstance(node, MappingNode) else None
    return entry[1].text if entry and isinstance(entry[1], ScalarNode) else ""
