"""CSV text to records, each with the line it begins on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

FIELD_LIMIT = 131_072


class BadRow(Exception):
    """From here on the text is no CSV; `line` is where the row begins."""

    def __init__(self, line: int, message: str, help: str) -> None:
        super().__init__(message)
        self.line, self.message, self.help = line, message, help


def lines_of(text: str) -> list[str]:
    """The lines as the CSV reader counts them."""
    return [line.rstrip("\r\n") for line in io.StringIO(text, newline="")]


def records(text: str, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """The records of a CSV text, the header first, with the line each begins on. Raises BadRow."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadRow(begins, *_explain(str(error))) from None
        yield begins, record


def _explain(problem: str) -> tuple[str, str]:
    """What the CSV reader stumbled on, and the mend."""
    if "end of data" in problem:
        return "a quote is opened in this row and never closed", "close it, or double a quote that is text"
    if "expected after" in problem:
        return "a quote ends before its field does", "double a quote that is text"
    if "field limit" in problem:
        return f"a field has more than {FIELD_LIMIT:,} characters", "shorten it, or close its quotes"
    return f"this row is no CSV: {problem}", "save the file as CSV again"
