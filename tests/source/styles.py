"""One seller's file in every style in which people write YAML: the same values, different bytes."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping
from typing import Any

SELLER: Mapping[str, Any] = {
    "name": "Möses “Frase” 🎉",
    "team": "central",
    "goals": [
        {
            "id": "new-business",
            "title": "Close 260,000 of new business: all of it",
            "why": "A fifth over last year's pace; the line is new.\nMoses knows its buyers best.",
            "supports": ["revenue"],
            "actions": ["Ten first meetings a week, with retailers", "Every lost deal: looked at"],
            "measure": {"unit": "money", "target": "260_000"},
            "landmarks": [
                {"id": "q2", "due": "2017-06-30", "value": "90_000"},
                {"id": "year", "due": "2017-12-31", "value": "260_000"},
            ],
            "agreed": [{"on": "2017-02-20", "by": ["moses", "dustin"]}],
            "checkins": [{"on": "2017-03-31", "value": "16_000", "note": "# not a comment"}],
            "reviews": [],
        },
        {
            "id": "negotiation",
            "title": "Certificate",
            "kind": "education",
            "landmarks": [{"id": "exam", "due": "2017-08-31", "deliver": "Exam, passed"}],
        },
        {
            "id": "coffee",
            "title": "A coffee with a customer",
            "kind": "skill",
            "measure": {"cadence": {"times": "1", "per": "week", "with": "anyone"}},
        },
    ],
}


class Style:
    """The way one author writes; the seed determines every choice."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.indent = self.dice.choice((2, 4))
        self.hanging = self.dice.choice((True, False))
        self.comments = self.dice.choice((0, 0.2, 0.6))
        self.flow = self.dice.choice((0, 0.3, 0.7))
        self.newline = self.dice.choice(("\n", "\n", "\r\n"))
        self.tabs = self.dice.random() < 0.2
        self.spread = self.dice.choice((0, 0, 0.3))

    def write(self, data: Mapping[str, Any]) -> str:
        """Return the whole file."""
        lines = ["# Who: Möses", ""] * self.often(0.5) + self.keys(data, 0)
        lines += ["", "# the end"] * self.often(0.3)
        text = self.newline.join(lines) + self.newline * self.dice.choice((0, 1, 1, 1, 2))
        return "\ufeff" * self.often(0.1) + text

    def often(self, chance: float) -> bool:
        return self.dice.random() < chance

    def keys(self, data: Mapping[str, Any], column: int) -> list[str]:
        """Return a mapping as lines."""
        lines: list[str] = []
        for key, value in data.items():
            lines += self.above(column)
            lines += self.entry(key, value, column)
        return lines

    def above(self, column: int) -> list[str]:
        """Return what can be between two keys."""
        found = [""] * self.often(0.1)
        return found + [" " * self.dice.choice((0, column)) + "# a comment: {x"] * self.often(self.comments / 3)

    def entry(self, key: str, value: Any, column: int) -> list[str]:
        pad = " " * column
        name = self.dice.choice((key, key, key, f'"{key}"'))
        if isinstance(value, str):
            return self.text(pad + name, value, column)
        if not value or self.often(self.flow) or (isinstance(value, dict) and self.often(0.3)):
            return self.wrapped(f"{pad}{name}: {self.braces(value)}")
        if isinstance(value, dict):
            return [f"{pad}{name}:{self.tail()}", *self.keys(value, column + self.indent)]
        inner = column + (self.indent if self.hanging else 0)
        lines = [f"{pad}{name}:{self.tail()}"]
        for item in value:
            lines += self.above(inner)
            lines += self.item(item, inner)
        return lines

    def item(self, item: Any, column: int) -> list[str]:
        dash = " " * column + "-" + " " * self.dice.choice((1, 1, 1, 3))
        if isinstance(item, str):
            return [f"{dash}{self.short(item, flow=False)}{self.tail()}"]
        if "goals" not in item and "title" not in item and self.often(max(self.flow, 0.4)):
            return self.wrapped(f"{dash}{self.braces(item)}")
        first, *rest = [
            line
            for i, (k, v) in enumerate(item.items())
            for line in (self.above(len(dash)) if i else []) + self.entry(k, v, len(dash))
        ]
        return [dash + first.lstrip(" "), *rest]

    def text(self, head: str, value: str, column: int) -> list[str]:
        """Return a text after its key: bare, quoted, or on lines of its own."""
        if "\n" in value and self.often(0.6):
            return [
                f"{head}: |-",
                *(" " * (column + self.indent) + line for line in value.split("\n")),
                *[""] * self.often(0.4),
            ]
        return [f"{head}: {self.short(value, flow=False)}{self.tail()}"]

    def short(self, value: str, flow: bool) -> str:
        bare = not any(sign in value for sign in "\n:#,[]{}'\"“") and value == value.strip()
        if bare and self.often(0.8):
            return value
        if "\n" not in value and self.often(0.5):
            return "'" + value.replace("'", "''") + "'"
        return json.dumps(value, ensure_ascii=False)

    def braces(self, value: Any) -> str:
        """Return a value on one line, in braces or brackets."""
        if isinstance(value, str):
            return self.short(value, flow=True)
        space = self.dice.choice(("", " "))
        if isinstance(value, list):
            comma = "," * self.often(0.15) if value else ""
            return f"[{space}{self.joined(map(self.braces, value))}{comma}{space}]"
        return f"{{{space}{self.joined(f'{k}: {self.braces(v)}' for k, v in value.items())}{space}}}"

    def joined(self, items: Iterable[str]) -> str:
        """Return items separated by commas, with an occasional line break after one."""
        text = ""
        for item in items:
            comma = f",{self.tail()}\n{' ' * 30}" if text and self.often(self.spread) else ", " if text else ""
            text += comma + item
        return text

    def wrapped(self, line: str) -> list[str]:
        return (line + self.tail()).split("\n")

    def tail(self) -> str:
        """Return what can follow a value on its line."""
        blank = "\t" if self.tabs and self.often(0.3) else " " * self.dice.choice((0, 0, 0, 2))
        return (
            f"{blank or ' '}# {self.dice.choice(('why not', 'ü 🎉', '- x: y'))}" if self.often(self.comments) else blank
        )
