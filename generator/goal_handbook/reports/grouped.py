"""Warnings for the terminal, grouped by rule and person or counted by person, so that many of them stay readable."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..findings import Finding, in_reading_order, printable
from ..rules.registry import RULES
from ..source.load import Loaded
from ..words import plural

#: The columns of a terminal that nobody has widened.
_WIDTH = 80
#: The most people that a rule's block lists, and the most places for each of them.
_MOST_PEOPLE, _MOST_PLACES = 40, 3
#: The most people whose warnings are counted by name.
_MOST_COUNTED = 8
#: The longest name that places are aligned after.
_NAME_WIDTH = 30


def grouped(warnings: Iterable[Finding], loaded: Loaded) -> str:
    """Return warnings as text: a block for each rule, with a line or a few for each person.

    A block says what the rule is about and how to fix it. Its lines say whose it is, how often, and where: the first
    people of `warnings`, which are in the order of their files, and their first places.
    """
    blocks: dict[str, dict[str, list[Finding]]] = {}
    for warning in warnings:
        blocks.setdefault(warning.code, {}).setdefault(_whose(warning, loaded), []).append(warning)
    names = _names(loaded)
    return "\n".join("\n".join(_block(code, of, names)) + "\n" for code, of in sorted(blocks.items()))


def counted(warnings: Iterable[Finding], loaded: Loaded) -> str:
    """Return how many warnings each person or team has, the most first, on two lines or three."""
    counts = Counter(_whose(warning, loaded) for warning in warnings)
    names = _names(loaded)
    most = counts.most_common(_MOST_COUNTED)
    listed = [_name(names.get(whose, whose.rpartition("/")[2]), count) for whose, count in most]
    if len(counts) > _MOST_COUNTED:
        listed.append(f"and {len(counts) - _MOST_COUNTED:,} more people or teams")
    label = plural(counts.total(), "warning")
    return "\n".join(_wrapped(f"{label}: {'; '.join(listed)}")) + "\n"


def _whose(warning: Finding, loaded: Loaded) -> str:
    """Return the id of the owner a warning is about, or its file where it is nobody's."""
    return loaded.owner_of(warning) or warning.path


def _names(loaded: Loaded) -> Mapping[str, str]:
    return {owner.id: owner.name for owner in loaded.handbook.owners.values()} if loaded.handbook else {}


def _block(code: str, of: Mapping[str, list[Finding]], names: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of a rule's block; `of` has the warnings by owner, or by file where they are nobody's."""
    found = [warning for warnings in of.values() for warning in warnings]
    yield from _wrapped(f"{code} {RULES[code].slug} ({len(found):,}): {RULES[code].summary}")
    helps = {warning.help for warning in found}
    help = printable(helps.pop()) if len(helps) == 1 else f"see goals rule {code}"
    yield from _wrapped(f"  help: {help}") if help else ()
    first = list(of)[:_MOST_PEOPLE]
    shown = {whose: _name(names.get(whose, whose.rpartition("/")[2]), len(of[whose])) for whose in first}
    width = max(map(len, shown.values()))
    for whose in first:
        yield from _places(shown[whose].ljust(width), of[whose])
    if len(of) > _MOST_PEOPLE:
        yield f"  and {len(of) - _MOST_PEOPLE:,} more people or teams"


def _name(who: str, count: int) -> str:
    """Return a name, shortened if it is long, with the number of warnings if there are several."""
    name = printable(who if len(who) <= _NAME_WIDTH else f"{who[: _NAME_WIDTH - 1]}…")
    return f"{name} ({count:,})" if count > 1 else name


def _places(name: str, warnings: Sequence[Finding]) -> Iterator[str]:
    """Yield a line for each of the first places; the name is on the first of them."""
    for i, warning in enumerate(in_reading_order(warnings)[:_MOST_PLACES]):
        yield f"  {name if i == 0 else ' ' * len(name)}  {printable(str(warning.location))}"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)
