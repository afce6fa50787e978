"""What a workbook remembers of its cells as they were written: digests, so that nobody reads what was deleted since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..source.csv_table import BadRow
from ..spreadsheets.sheet import Field, Sheet
from .cells import is_blank, is_same, trimmed, words_of
from .rows import Cells, Heading, PlanTable

#: The name of the hidden sheet.
AS_WRITTEN = "As written"


@dataclass(frozen=True)
class AsWritten:
    """The digests of the cells that were not empty, each with what it said and without; none for other sheets."""

    digests: frozenset[str] = frozenset()

    @classmethod
    def read(cls, sheet: Sheet | None) -> AsWritten:
        """Return what the hidden sheet of a workbook remembers: nothing if there is none, or if it cannot be read."""
        try:
            rows = sheet.rows() if sheet else ()
            return cls(frozenset(words_of(field) for _, fields in rows for field in fields))
        except BadRow:
            return cls()

    def touched(self, key: str, cells: Cells, shown: Cells) -> set[Heading]:
        """Return the headings of the cells that say something else than is `shown` now, and than when written.

        An empty cell takes something away only if there was something when it was written. `key` is the id of the
        person, or the full id of the goal, that the row is about.
        """
        return {
            heading
            for heading, cell in cells.items()
            if not is_same(cell, shown.get(heading, "")) and self._was_touched(key, heading, cell)
        }

    def _was_touched(self, key: str, heading: Heading, cell: Field) -> bool:
        if is_blank(cell):
            return _digest(key, heading) in self.digests
        return _digest(key, heading, cell) not in self.digests


def digests(tables: Iterable[PlanTable]) -> Iterator[str]:
    """Yield what to remember of the cells of tables."""
    for table in tables:
        for key, cells in zip(table.keys, table.rows, strict=True):
            for heading, cell in cells.items():
                if not is_blank(cell):
                    yield _digest(key, heading)
                    yield _digest(key, heading, cell)


def _digest(key: str, heading: Heading, *cell: Field) -> str:
    text = "\x1f".join([key, str(heading), *map(trimmed, cell)])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
