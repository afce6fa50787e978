"""A move: one thing that differs between two versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .snapshot import Item, key_of

How = Literal["added", "removed", "changed", "renamed"]
What = Literal["owner", "goal", "landmark", "term", "detail", "decision", "claim", "person", "setting"]


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that differs between two versions.

    `full_id` is the owner's or the goal's id in the newer version (in the older one where it is gone). `field` says
    what: a term as an adjustment names it (`target`, `landmarks.q3.due`), a landmark (`landmarks.q3`), a detail, a
    list of decisions (`checkins`), or a setting. `was` and `now` are canonical texts, "" for nothing; of a decision
    `old` and `new` are its items. `because` is the adjustment that came with it and says what it does. A `claim` is
    what an adjustment says has moved, where that is not so; the adjustment is in `new`, what
    really was in `old`. `settled`: it was silent, and
    a later version has put it back or has told it in an adjustment. `draft`: nobody had agreed to the goal yet.
    """

    how: How
    what: What
    full_id: str
    field: str = ""
    was: str = ""
    now: str = ""
    old: Item | None = None
    new: Item | None = None
    because: Item | None = None
    settled: bool = False
    draft: bool = False

    @property
    def silent(self) -> bool:
        """Whether agreed terms or what was written down moved, and nothing says why."""
        if self.because or self.settled or self.draft:
            return False
        if self.what == "decision":
            return self.how in {"changed", "removed"}
        return self.what in {"term", "landmark"} or (self.what == "goal" and self.how == "removed")

    @property
    def key(self) -> tuple[str, str, str]:
        """What moved: two moves with one key are moves of the same thing."""
        item = self.new or self.old
        if self.what != "decision" or item is None:
            return self.full_id, self.field, ""
        return decision_key(self.full_id, self.field, item)

    @property
    def owner_id(self) -> str:
        """Whose it is."""
        return self.full_id.partition("/")[0]


def decision_key(full_id: str, name: str, item: Item) -> tuple[str, str, str]:
    """The key of the move that brings an item of a goal's list."""
    return full_id, name, "/".join(key_of(name, item))
