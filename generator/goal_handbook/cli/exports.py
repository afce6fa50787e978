"""An export on the command line, opened as a sheet: one of a workbook by its name, or the only one there is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from ..findings import Finding
from .common import Unusable, print_findings
from .prompts import id_of

if TYPE_CHECKING:
    from ..spreadsheets.sheet import Sheet


class Exports:
    """The sheets of an export. Each is opened once, and one that cannot be opened ends the command."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sheet = cache(self._sheet)

    @property
    def shown(self) -> str:
        """What messages call it."""
        return self.path.as_posix()

    @property
    def name(self) -> str:
        """The id that its name leads to, without the date that most exports have in theirs; "" if that is all."""
        return re.sub(r"(?:-?[0-9]+)+$", "", id_of(self.path.stem)).strip("-")

    def headings(self, name: str) -> Sequence[str]:
        """Return the first row of a sheet, which must be there (it was asked for) unless `name` is remembered only."""
        from ..source.csv_table import BadRow
        from ..spreadsheets.sheet import text_of

        try:
            return [text_of(field) for field in next(iter(self.sheet(name).rows()), (1, ()))[1]]
        except BadRow:
            return []

    def _sheet(self, name: str) -> Sheet:
        """Return a sheet by its name ("": the first visible one). Raises Unusable, and Exit after findings."""
        found = _opened(self.path, name)
        if isinstance(found, Finding):
            refuse([found])
        return found


def refuse(findings: list[Finding]) -> NoReturn:
    """Print what is wrong; nothing is written, and the exit code is 1."""
    print_findings(findings)
    click.echo("nothing was written", err=True)
    raise click.exceptions.Exit(1)


def _opened(path: Path, name: str) -> Sheet | Finding:
    """Return a file as a sheet, or what is wrong with it. Raises Unusable."""
    from ..spreadsheets.csv_sheet import csv_sheet
    from ..spreadsheets.sheet import SIZE_LIMIT
    from ..spreadsheets.workbook import SIGNATURE, workbook_sheet

    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise Unusable(f"{path} is larger than {SIZE_LIMIT // 1024**2} MiB", "export a shorter period")
        data = path.read_bytes()
        if data.startswith(SIGNATURE):
            return workbook_sheet(path.as_posix(), data, name)
        return csv_sheet(path.as_posix(), data)
    except ModuleNotFoundError:
        raise Unusable(
            f"{path} is a workbook, and openpyxl is not installed",
            "run pip install 'goal-handbook[xlsx]', or export CSV",
        ) from None
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror or error}") from None
