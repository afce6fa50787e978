"""The days of commits: anyone can write any day into one, and none is believed before an older commit or after today."""

from __future__ import annotations

import datetime
import random
from pathlib import Path

import pytest

from goal_handbook.git import commands as git

from ..changes.story import Story

TODAY = datetime.date(2017, 7, 31)


def days(*texts: str) -> list[datetime.date]:
    return [datetime.date.fromisoformat(f"2017-{text}" if len(text) == 5 else text) for text in texts]


@pytest.mark.parametrize(
    ("written", "believed"),
    [
        ((), ()),
        (("07-01", "07-01", "07-20"), ("07-01", "07-01", "07-20")),
        (("07-20", "1990-01-01"), ("07-20", "07-20")),
        (("07-20", "2030-01-01"), ("07-20", "07-31")),
        (("01-20", "1990-01-01", "03-01", "04-01"), ("01-20", "01-20", "03-01", "04-01")),
        (("01-20", "2030-01-01", "03-01", "04-01"), ("01-20", "03-01", "03-01", "04-01")),
        (("1990-01-01", "03-01", "02-01", "04-01"), ("1990-01-01", "03-01", "03-01", "04-01")),
    ],
    ids=["none", "in order", "dated back", "in the future", "back in between", "ahead in between", "of two the later"],
)
def test_a_day_that_is_out_of_order_is_put_between_its_neighbours(
    written: tuple[str, ...], believed: tuple[str, ...]
) -> None:
    assert git.in_order(days(*written), TODAY) == days(*believed)


@pytest.mark.parametrize("seed", range(200))
def test_whatever_is_written_the_days_never_go_back_and_those_in_order_stay(seed: int) -> None:
    dice = random.Random(seed)
    written = [TODAY + datetime.timedelta(days=dice.randrange(-300, 60)) for _ in range(dice.randrange(12))]
    believed = git.in_order(written, TODAY)
    assert believed == sorted(believed)
    assert all(day <= TODAY for day in believed)
    in_order = sorted(min(day, TODAY) for day in written)
    assert git.in_order(in_order, TODAY) == in_order


def test_a_commit_is_no_older_than_those_before_it(tmp_path: Path) -> None:
    story = Story(tmp_path / "repository")
    story.commit("one", "2017-07-20")
    story.write("notes.txt", "a file that the handbook does not read")
    head = story.commit("dated back", "2017-01-02")
    assert git.commit_day(story.goals, head) == datetime.date(2017, 7, 20)
    assert [commit.day for commit in git.log(story.goals)] == [datetime.date(2017, 7, 20)] * 2
