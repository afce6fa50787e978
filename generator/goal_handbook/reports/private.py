"""Which findings an audience may read: a message quotes the line that it is about."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

from ..changes.baseline import Baseline
from ..findings import Finding
from ..model.audience import Audience
from ..rules.registry import RULES
from ..source.load import Loaded
from ..source.nodes import Document, MappingNode, Node, ScalarNode, SequenceNode

#: What only leaders read in a file, beside goals for leaders only.
_PRIVATE = (("motivation",), ("context", "abilities"))


def findings_for_audience(
    findings: Iterable[Finding], audience: Audience, loaded: Loaded, baseline: Baseline | None = None
) -> list[Finding]:
    """Return the findings an audience may read.

    The team reads none that point into what only leaders see, or that name a goal which only they see, in one of the
    two versions. Of a file that cannot be read nobody knows: where the word `leaders` is in it, nothing is quoted.
    """
    if audience == "leaders":
        return list(findings)
    versions = [loaded, *([baseline.loaded] if baseline else [])]
    hidden = {name for version in versions for name in _hidden_names(version)}
    documents = {document.path: document for document in loaded.documents.values()}
    found = []
    for finding in findings:
        document = documents.get(finding.location.path)
        said = f"{finding.message} {finding.help} {finding.excerpt}"
        if any(name in said for name in hidden) or (document and _is_private(document, finding.location.line)):
            continue
        unknown = document and document.root is None and "leaders" in document.text
        found.append(_without_quotes(finding) if unknown else finding)
    return found


def _without_quotes(finding: Finding) -> Finding:
    """Return a finding that says no more than where it is and what its rule is about."""
    return dataclasses.replace(
        finding, message=RULES[finding.code].summary, help="see what goals check says", excerpt=""
    )


def _hidden_names(version: Loaded) -> Iterator[str]:
    """Yield what goals for leaders only are called in messages: by full id, by quoted id, and by title."""
    for full_id, goal in version.handbook.goals.items() if version.handbook else ():
        if goal.visibility == "leaders":
            yield from (full_id, f'"{goal.id}"', goal.title)


def _is_private(document: Document, line: int) -> bool:
    """Return whether a line of a file is in something that only leaders read."""
    nodes = [document.at(path) for path in _PRIVATE]
    goals = document.at(("goals",))
    if isinstance(goals, SequenceNode):
        nodes += [goal for goal in goals.items if _is_for_leaders(goal)]
    return any(
        node.line <= line <= node.line + document.text.count("\n", node.start, node.end) for node in nodes if node
    )


def _is_for_leaders(goal: Node) -> bool:
    if not isinstance(goal, MappingNode) or "visibility" not in goal.entries:
        return False
    value = goal.entries["visibility"][1]
    return isinstance(value, ScalarNode) and value.text == "leaders"
