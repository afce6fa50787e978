"""The examples of a new handbook: nobody has agreed to them, and everybody may delete or rewrite them."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from ..model.goal import Goal
from ..model.handbook import Handbook
from ..model.people import AnyOwner
from .load import load_files

#: The folders of the starter that hold people and teams.
_FOLDERS = ("teams", "leaders", "sellers")


def example_goals(handbook: Handbook) -> frozenset[str]:
    """Return the full ids of the goals that are examples: they and their owners are called what the starter says."""
    if not (owners := handbook.owners.keys() & _ids()):
        return frozenset()
    known = {_words(owner, goal) for owner in _examples().owners.values() for goal in owner.goals}
    return frozenset(
        f"{owner_id}/{goal.id}"
        for owner_id in owners
        for goal in handbook.owners[owner_id].goals
        if _words(handbook.owners[owner_id], goal) in known
    )


def _words(owner: AnyOwner, goal: Goal) -> tuple[str, ...]:
    """What makes a goal an example: the names of its owner and of itself, and why."""
    return owner.id, owner.name, goal.id, goal.title, goal.why


@cache
def _ids() -> frozenset[str]:
    return frozenset(path.rpartition("/")[2].removesuffix(".yaml") for path in _texts() if "/" in path)


@cache
def _examples() -> Handbook:
    loaded = load_files({path: text.encode() for path, text in _texts().items()}, "starter")
    if loaded.handbook is None:
        raise ValueError("the starter cannot be read")
    return loaded.handbook


@cache
def _texts() -> dict[str, str]:
    """The starter's files by their paths in the goals folder, with a day for each of its dates."""
    goals = files("goal_handbook").joinpath("starter", "goals")
    found = {"handbook.yaml": goals.joinpath("handbook.yaml").read_text(encoding="utf-8")}
    for folder in _FOLDERS:
        for file in goals.joinpath(folder).iterdir():
            found[f"{folder}/{file.name}"] = file.read_text(encoding="utf-8")
    return {path: re.sub("@([A-Z]+)@", lambda token: _VALUES[token[1]], text) for path, text in found.items()}


#: Something for each of the starter's tokens, so that it can be read; none of it makes a goal an example.
_VALUES = {
    "NAME": "Examples",
    "PERIOD": "2026",
    "YEAR": "2026",
    "CURRENCY": "USD",
    "LOCALE": "en_US",
    "END": "2026-12-31",
    **dict.fromkeys(("START", "FIRST", "TODAY"), "2026-01-01"),
}
