"""The MkDocs plugin `goal-handbook`; the only code that knows MkDocs."""

from .plugin import GoalHandbookPlugin

__all__ = ["GoalHandbookPlugin"]
