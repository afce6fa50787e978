"""A cadence in the words of people: `1 per week with each seller, 30-45 minutes`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ..model.measure import LENGTHS, Cadence
from ..model.values import quoted, value_error

_ONCE = {"once": "1", "twice": "2", "one": "1", "two": "2", "three": "3", "four": "4"}
_ADVERBS = {"weekly": "1 per week", "monthly": "1 per month", "quarterly": "1 per quarter"}
_NUMBERS = r"([0-9]+)(?:\s*(?:[-–—]|to|or)\s*([0-9]+))?"
_CADENCE = re.compile(
    rf"{_NUMBERS}\s*(?:x|times)?\s*(?:per|a|each|every|/)\s*(week|month|quarter)"
    rf"(?:\s+with\s+(.+?))?(?:,?\s*{_NUMBERS}\s*({'|'.join(LENGTHS)}))?\Z",
    re.DOTALL,
)
_PARTNERS = {"each seller": "each-seller", "every seller": "each-seller", "each-seller": "each-seller"} | {
    word: who for who in ("team", "anyone") for word in (who, f"the {who}")
}


def shown_cadence(cadence: Cadence) -> str:
    """Return a cadence in words, which read_cadence reads as the same."""
    words = f"{_range(cadence.times)} per {cadence.per}"
    if cadence.people:
        words += f" with {', '.join(cadence.people)}"
    elif cadence.with_ != "anyone":
        words += f" with {str(cadence.with_).replace('-', ' ')}"
    lengths = (f", {_range(found)} {unit}" for unit in LENGTHS if (found := getattr(cadence, unit)))
    return words + "".join(lengths)


def read_cadence(text: str, person: Callable[[str], str]) -> dict[str, Any]:
    """Return a cadence as the file has it; `person` finds an id by a name. Raises GH108, and what `person` raises."""
    words = " ".join(text.split())
    lower = words.casefold()
    for word, meant in (*_ADVERBS.items(), *((word, number) for word, number in _ONCE.items())):
        if lower == word or lower.startswith(f"{word} "):
            words = lower = meant + lower[len(word) :]
    match = _CADENCE.match(lower)
    if not match:
        raise value_error("GH108", f"{quoted(text)} is not a cadence", 'write e.g. "1 per week with each seller"')
    low, high, per, partners, shortest, longest, unit = match.groups()
    found: dict[str, Any] = {"times": _numbers(low, high), "per": per}
    if partners:
        named = [word.strip() for word in re.split(r",|\band\b", partners) if word.strip()]
        found["with"] = _PARTNERS.get(partners) or [person(name) for name in named]
    if found.get("with") == "anyone":
        del found["with"]
    return found | ({unit: _numbers(shortest, longest)} if unit else {})


def _range(numbers: int | tuple[int, int]) -> str:
    low, high = numbers if isinstance(numbers, tuple) else (numbers, numbers)
    return f"{low}" if low == high else f"{low}-{high}"


def _numbers(low: str, high: str | None) -> str | list[str]:
    return [low, high] if high and high != low else low
