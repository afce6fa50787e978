"""Guesses which column of an export holds what: by the names that CRMs use, or by words in its headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from ..source.csv_table import BadRow
from ..spreadsheets.sheet import Sheet, text_of
from .columns import PRESETS, Columns, folded_heading

#: How many rows are looked at, and how many different values of a column are kept.
_ROWS = 2_000
_VALUES = 50

_OWNER = re.compile(
    r"owner|agent|seller|sales ?(?:rep|person)|\brep\b|besitzer|inhaber|verk.ufer|mitarbeiter|propri|vend", re.I
)
_DATE = re.compile(r"(?:clos|won|abschluss|schluss|gewonnen|cl.ture|ferm|gain|cierre|ganad)", re.I)
_DAY = re.compile(r"date|datum|time|\bday|fecha|am\b|\bon\b|termin|closed", re.I)
_VALUE = re.compile(r"amount|value|revenue|\barr\b|\bacv\b|betrag|wert|umsatz|montant|valeur|importe|valor|total", re.I)
_STAGE = re.compile(r"stage|status|phase|.tape|etapa|estado|statut|won", re.I)
_WON = re.compile(r"(?:closed )?won|gewonnen|.*\bgewonnen|gagn.e?|.*\bgagn.e?|ganad[oa]|.*\bganad[oa]", re.I)


@dataclass(frozen=True, slots=True)
class Sample:
    """The first rows of an export: its headings, and for each some different values, those of the first rows first."""

    header: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]

    def values_of(self, column: str) -> tuple[str, ...]:
        """Return those of a column, none for one that is not there."""
        return next((found for name, found in zip(self.header, self.values, strict=True) if name == column), ())


@dataclass(frozen=True, slots=True)
class Guess:
    """What the columns of an export may be, "" where nothing looks like it, and the preset that knows them ("": none).

    `won` is COLUMN=VALUE.
    """

    preset: str = ""
    owner: str = ""
    date: str = ""
    value: str = ""
    currency: str = ""
    won: str = ""


def sample_of(sheet: Sheet) -> Sample:
    """Return a sample of an export, as far as it can be read."""
    header: list[str] = []
    values: list[dict[str, None]] = []
    try:
        for _, row in islice(sheet.rows(), _ROWS + 1):
            if not header:
                header = list(map(text_of, row))
                values = [{} for _ in header]
                continue
            for seen, field in zip(values, row, strict=False):
                if len(seen) < _VALUES and (text := text_of(field)):
                    seen.setdefault(text)
    except BadRow:
        pass  # reading it says what is wrong
    return Sample(tuple(header), tuple(map(tuple, values)))


def guess_of(sample: Sample, preset: str = "") -> Guess:
    """Return what the columns may be, by a preset if one is named; of two that fit equally well, the first."""
    if preset:
        return _known(sample, preset, PRESETS[preset])
    by_preset = max((_known(sample, name, columns) for name, columns in PRESETS.items()), key=_known_columns)
    if _known_columns(by_preset) == 4:
        return by_preset
    owner, value = _first(sample, _OWNER), _first(sample, _VALUE)
    dates = [name for name in sample.header if _DATE.search(name)]
    date = next((name for name in dates if _DAY.search(name)), "") or _first(sample, _DAY)
    return Guess("", owner, date, value, "", _won(sample))


def _known_columns(guess: Guess) -> int:
    return sum(map(bool, (guess.owner, guess.date, guess.value, guess.won)))


def _known(sample: Sample, preset: str, columns: Columns) -> Guess:
    """Return what a preset knows of the columns."""
    names = {folded_heading(name): name for name in reversed(sample.header)}

    def first(known: Iterable[str]) -> str:
        return next((names[name] for name in map(folded_heading, known) if name in names), "")

    value = first(columns.value)
    stage = next(((column, won) for name, won in columns.won if (column := first([name]))), None)
    won = f"{stage[0]}={_spelled(sample.values_of(stage[0]), stage[1])}" if stage else ""
    currency = first(columns.currency_of(value)) if value else ""
    return Guess(preset, first(columns.owner), first(columns.date), value, currency, won)


def _spelled(values: Sequence[str], won: Sequence[str]) -> str:
    """Return which of the values means won, as the export spells it, also followed by the name of a pipeline."""
    folded = list(map(folded_heading, won))
    found = (value for value in values if folded_heading(value).partition(" (")[0] in folded)
    return next(found, won[0]).partition(" (")[0]


def _first(sample: Sample, word: re.Pattern[str]) -> str:
    return next((name for name in sample.header if word.search(name.replace("_", " "))), "")


def _won(sample: Sample) -> str:
    """Return the first column that tells how a deal ended, with the value that means won."""
    stages = ((name, values) for name, values in zip(sample.header, sample.values, strict=True) if _STAGE.search(name))
    found = chain.from_iterable((f"{name}={v}" for v in values if _WON.fullmatch(v)) for name, values in stages)
    return next(found, "")
