"""The names that chapters call goals, people and teams by: what they mean, and what is wrong with them.

The handbook is the one that the audience may see. So a goal that is hidden from it is as unknown as one that has never
existed, and is never suggested.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from typing import Literal

from ..findings import did_you_mean
from ..frozen import frozen
from ..model.handbook import Handbook

Noun = Literal["goal", "person", "team", "owner"]


@frozen
class Problem:
    """What is wrong with a word of a chapter: the rule's code, the word, what is wrong, and how to fix it."""

    code: Literal["GH705", "GH706"]
    word: str
    message: str
    help: str


@frozen
class Named:
    """The present id that a name means, "" if it means nothing, and what is wrong with the name."""

    id: str
    problem: Problem | None = None


def find(handbook: Handbook, noun: Noun, name: str) -> Named:
    """Return what a name means: a goal by its full id, a person, a team or any owner by id; former ids count too."""
    if noun == "goal":
        return _find(noun, name, (handbook.goals,), handbook.renamed_goals, "write a goal as OWNER/GOAL")
    owners: Mapping[Noun, tuple[Collection[str], ...]] = {
        "person": (handbook.leaders, handbook.sellers),
        "team": (handbook.teams,),
        "owner": (handbook.owners,),
    }
    help = "an id is the name of a file in goals/, without .yaml"
    return _find(noun, name, owners[noun], handbook.renamed_owners, help)


def _find(noun: Noun, name: str, known: Sequence[Collection[str]], renamed: Mapping[str, str], otherwise: str) -> Named:
    if any(name in ids for ids in known):
        return Named(name)
    present = renamed.get(name, "")
    if any(present in ids for ids in known):
        return Named(present, Problem("GH706", name, f'"{name}" is a former id', f"use {present}, the new id"))
    help = did_you_mean(name, chain(*known)) or otherwise
    return Named("", Problem("GH705", name, f'unknown {noun} "{name}"', help))
