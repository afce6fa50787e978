"""Which findings an audience may read: a message quotes the line that it is about."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ..changes.baseline import Baseline
from ..changes.history import History
from ..changes.visibility import past_goals
from ..findings import Finding
from ..model.audience import Audience, Redaction
from ..model.handbook import Handbook
from ..rules.registry import RULES
from ..source.document import Document
from ..source.load import Loaded
from ..source.nodes import MappingNode, Node, ScalarNode, SequenceNode

#: What only leaders read in a file, beside goals for leaders only.
_PRIVATE = (("motivation",), ("context", "abilities"))
#: An id, of a goal alone or with its owner's.
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)?")


def findings_for_audience(
    findings: Iterable[Finding], audience: Audience, loaded: Loaded, history: History, baseline: Baseline | None = None
) -> list[Finding]:
    """Return the findings an audience may read.

    The team reads none that point into what only leaders see, or that name a goal which only they see or saw, in one of
    the two versions or in the history. Of a file that cannot be read nobody knows: where the word `leaders` is in it,
    nothing is quoted.
    """
    if audience == "leaders":
        return list(findings)
    versions = [loaded, *([baseline.loaded] if baseline else [])]
    books = [version.handbook for version in versions if version.handbook]
    past = past_goals(history, *books)
    hidden = [_Hidden(book, Redaction.of(book, past)) for book in books]
    documents = {document.path: document for document in loaded.documents.values()}
    found = []
    for finding in findings:
        document = documents.get(finding.location.path)
        said, owner = f"{finding.message} {finding.help} {finding.excerpt}", loaded.owner_of(finding.location)
        private = document and _is_private(document, finding.location.line)
        if private or any(one.is_named_in(said, owner) for one in hidden):
            continue
        unknown = document and document.root is None and "leaders" in document.text
        found.append(_without_quotes(finding) if unknown else finding)
    return found


@dataclass(frozen=True)
class _Hidden:
    """What a version of the handbook calls goals that only leaders see or saw."""

    handbook: Handbook
    redaction: Redaction

    def is_named_in(self, text: str, owner: str) -> bool:
        """Return whether a text about an owner's file names such a goal, by id or by title."""
        words = set(_ID.findall(text))
        return (
            any(title in text for title in self.titles)
            or bool(words & self.in_old_records)
            or any(word in self.ids and self._is_hidden(owner, word) for word in words)
        )

    def _is_hidden(self, owner: str, name: str) -> bool:
        return self.redaction.names_hidden(owner, name) if owner in self.handbook.owners else True

    @cached_property
    def titles(self) -> list[str]:
        """The titles of the goals that are hidden now."""
        return [goal.title for goal in self.handbook.goals.values() if goal.visibility == "leaders"]

    @cached_property
    def ids(self) -> set[str]:
        """The full ids of all hidden goals, and what each is called in its owner's file."""
        hidden = {full_id for full_id in self.redaction.hidden if self.redaction.is_hidden(full_id)}
        return hidden | {full_id.partition("/")[2] for full_id in hidden}

    @cached_property
    def in_old_records(self) -> set[str]:
        """What adjustments call goals that are hidden, or gone and never known to be shown."""
        values = (
            (owner.id, value)
            for owner in self.handbook.owners.values()
            for goal in owner.goals
            for adjustment in goal.adjustments
            for change in adjustment.changes
            if change.field == "supports"
            for value in (change.was, change.now)
        )
        return {name for owner, value in values for name in self.redaction.not_shown(owner, value)}


def _without_quotes(finding: Finding) -> Finding:
    """Return a finding that says no more than where it is and what its rule is about."""
    return dataclasses.replace(
        finding, message=RULES[finding.code].summary, help="see what goals check says", excerpt=""
    )


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
