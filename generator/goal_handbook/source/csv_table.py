"""Reads CSV text as records, each with the line it begins on."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

FIELD_LIMIT = 131_072
#: A line with its break, as the CSV reader counts them.
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


class BadRow(Exception):
    """The CSV cannot be read any further; `line` is where the bad row begins."""

    def __init__(self, line: int, message: str, help: str) -> None:
        super().__init__(message)
        self.line, self.message, self.help = line, message, help


def lines_in(text: str) -> Iterator[str]:
    """Yield the lines of a text as the CSV reader counts them, one after the other, with their line breaks."""
    return (match[0] for match in _LINE.finditer(text))


def lines_of(text: str) -> list[str]:
    """Return the lines without their line breaks."""
    return [line.rstrip("\r\n") for line in lines_in(text)]


def records(text: str, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Yield the records of a CSV text, the header first, each with the line it begins on. Raises BadRow."""
    reader = csv.reader(lines_in(text), delimiter=delimiter, strict=True)
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
    """Translate a message of the CSV reader; return what is wrong and how to fix it."""
    if "end of data" in problem:
        return "a quote in this row is never closed", "close it, or double a quote that is part of the text"
    if "expected after" in problem:
        return "a quote ends before its field does", "double a quote that is part of the text"
    if "field limit" in problem:
        return f"a field has more than {FIELD_LIMIT:,} characters", "shorten it, or close its quotes"
    return f"invalid CSV: {problem}", "save the file as CSV again"
