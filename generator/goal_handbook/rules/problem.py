"""What a rule finds wrong within one goal, before the goal's file and line are known."""

from __future__ import annotations

from typing import NamedTuple

from ..source.nodes import NodePath


class Problem(NamedTuple):
    """A finding in the making: the rule's code, the path below the goal, what is wrong, and how to fix it."""

    code: str
    path: NodePath
    message: str
    help: str
