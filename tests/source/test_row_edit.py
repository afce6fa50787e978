"""Edits of a readings file: one row changes, and every other byte stays."""

from __future__ import annotations

import datetime

import pytest

from goal_handbook.source.row_edit import EditRow, edited_rows

DAY = datetime.date(2017, 3, 31)
FILE = 'goal,on,value\nana/calls,2017-03-31,10\n"ana/deals",2017-03-31,"60_000"\nana/deals,2017-06-30,90000\n'


def to(value: str) -> EditRow:
    """Give Ana's deals of 31 March another value."""
    return EditRow("ana/deals", DAY, {"value": value})


@pytest.mark.parametrize(
    ("before", "edit", "after"),
    [
        (FILE, to("65000"), FILE.replace('"ana/deals",2017-03-31,"60_000"', "ana/deals,2017-03-31,65000")),
        (FILE, EditRow("ana/deals", DAY, None), FILE.replace('"ana/deals",2017-03-31,"60_000"\n', "")),
        (FILE, EditRow("ana/deals", DAY, {"on": "2017-04-01"}), FILE.replace('"ana/deals",2017-03-31,"60_000"', "ana/deals,2017-04-01,60_000")),
        ("Value,On,Goal\r\n60,2017-03-31,ana/deals\r\n\r\n", to("65"), "Value,On,Goal\r\n65,2017-03-31,ana/deals\r\n\r\n"),
        ("\ufeffgoal,on,value,note\nana/deals,2017-03-31,60,\"A, b\nc\"\n", to("65"), "\ufeffgoal,on,value,note\nana/deals,2017-03-31,65,\"A, b\nc\"\n"),
        ("goal,on,value\nana/deals, 2017-03-31 ,60", to("65"), "goal,on,value\nana/deals, 2017-03-31 ,65"),
        (FILE, EditRow("ben/deals", DAY, {"value": "1"}), FILE),
    ],
    ids=["another value", "without it", "another day", "another order and Windows", "a note on two lines", "no line end", "somebody else"],
)  # fmt: skip
def test_only_the_row_of_the_reading_changes(before: str, edit: EditRow, after: str) -> None:
    assert edited_rows(before, [edit]) == after
