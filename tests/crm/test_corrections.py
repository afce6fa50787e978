"""`--replace --why`: a reading that changes is corrected in the goal too, so that the gate has nothing to ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goal_handbook.cli import main

from ..changes.story import Story
from .house import CRM, House, book, seller, table

AGREED = "    agreed: [{on: 2017-01-05, by: [anna, lee]}]\n"
HELD = "goal,on,value\nanna/sales,2017-01-31,60000\nanna/sales,2017-02-28,80000\nbjorn/sales,2017-01-31,5\n"
EXPORT = table(("anna", "2017-01-10", 65_000), ("anna", "2017-02-10", 20_000), ("bjorn", "2017-01-10", 5))
WHY = ["--replace", "--why", "Isdom was booked to the wrong team"]


@pytest.fixture
def at(house: Callable[[Mapping[str, str]], House]) -> House:
    files = {
        "handbook.yaml": book(),
        "leaders/lee.yaml": "name: Lee\n",
        "sellers/anna.yaml": seller("Anna Schäfer") + AGREED,
        "readings/crm.csv": HELD,
    }
    return house(files)


def check(*options: str) -> Result:
    return CliRunner().invoke(main, ["check", "--as-of", "2017-12-31", *options])


def test_the_correction_is_written_into_the_goal(at: House) -> None:
    before = at.files()
    result = at.bring_in(EXPORT, *WHY, "--by", "lee", "--by", "Anna")
    assert (result.exit_code, result.stderr) == (0, "")
    after = at.files()
    assert {name for name in after if after[name] != before[name]} == {"goals/sellers/anna.yaml", str(CRM)}
    assert after["goals/sellers/anna.yaml"].decode() == seller("Anna Schäfer") + AGREED + (
        "    adjustments:\n"
        "      - on: 2017-12-31\n"
        "        by: [lee, anna]\n"
        "        why: Isdom was booked to the wrong team\n"
        "        changes:\n"
        "          - {field: checkins.2017-01-31, was: 60_000, now: 65_000}\n"
        "          - {field: checkins.2017-02-28, was: 80_000, now: 85_000}\n"
    )
    assert "anna/sales,2017-01-31,65000\nanna/sales,2017-02-28,85000\n" in after["goals/readings/crm.csv"].decode()


def test_the_lines_written_into_goals_are_shown(at: House) -> None:
    result = at.bring_in(EXPORT, *WHY)
    assert result.stdout == (
        "goals/sellers/anna.yaml\n"
        "+   10 |     adjustments:\n"
        "+   11 |       - on: 2017-12-31\n"
        "+   12 |         why: Isdom was booked to the wrong team\n"
        "+   13 |         changes:\n"
        "+   14 |           - {field: checkins.2017-01-31, was: 60_000, now: 65_000}\n"
        "+   15 |           - {field: checkins.2017-02-28, was: 80_000, now: 85_000}\n"
        "2 goals read up to 2017-02-28; 3 readings written to goals/readings/crm.csv\n"
        "  counted: 85,005 USD in 3 rows\n"
        "  no column with a currency: 3 amounts taken to be in USD\n"
        "  corrected: 2 readings, explained in the adjustments of 1 goal\n"
    )


def test_a_dry_run_shows_both_files_and_writes_neither(at: House) -> None:
    before = at.files()
    result = at.bring_in(EXPORT, *WHY, "--dry-run")
    assert at.files() == before
    assert [line for line in result.stdout.splitlines() if line.startswith("goals/")] == [
        "goals/sellers/anna.yaml",
        "goals/readings/crm.csv",
    ]


def test_importing_again_corrects_nothing_a_second_time(at: House) -> None:
    at.bring_in(EXPORT, *WHY)
    before = at.files()
    again = at.bring_in(EXPORT, *WHY)
    assert again.stdout.startswith("2 goals read up to 2017-02-28; goals/readings/crm.csv is already up to date\n")
    assert at.files() == before


def test_a_correction_that_is_in_the_goal_already_is_not_repeated(at: House) -> None:
    """So that an import that was killed between the two files can be run again."""
    at.bring_in(EXPORT, *WHY)
    owner = at.files()["goals/sellers/anna.yaml"]
    Path("goals/readings/crm.csv").write_text(HELD, encoding="utf-8")
    assert at.bring_in(EXPORT, *WHY).exit_code == 0
    assert at.files()["goals/sellers/anna.yaml"] == owner
    assert b"anna/sales,2017-01-31,65000\n" in at.files()["goals/readings/crm.csv"]


def test_a_later_correction_is_not_dated_before_the_one_it_continues(at: House) -> None:
    at.bring_in(EXPORT, *WHY)
    assert at.bring_in(EXPORT.replace("65000", "66000"), *WHY, "--as-of", "2017-06-30").exit_code == 0
    assert at.files()["goals/sellers/anna.yaml"].count(b"- on: 2017-12-31\n") == 2
    assert check().exit_code == 0


def test_without_a_reason_nothing_is_replaced(at: House) -> None:
    before = at.files()
    result = at.bring_in(EXPORT, "--replace")
    assert (result.exit_code, at.files()) == (2, before)
    assert "Missing option '--why': why do readings change" in result.stderr


@pytest.mark.parametrize(
    ("option", "message"), [(["--by", "xaver"], 'unknown person "xaver"'), (["--why", " "], "the text is empty")]
)
def test_an_option_that_cannot_be_read_is_refused(at: House, option: list[str], message: str) -> None:
    before = at.files()
    result = at.bring_in(EXPORT, *WHY, *option)
    assert (result.exit_code, at.files()) == (2, before)
    assert message in result.stderr


def test_if_a_goal_s_file_cannot_be_edited_the_readings_stay_too(at: House) -> None:
    path = Path("goals/sellers/anna.yaml")
    path.write_text(path.read_text(encoding="utf-8") + "    nonsense: [\n", encoding="utf-8")
    before = at.files()
    result = at.bring_in(EXPORT, *WHY)
    assert (result.exit_code != 0, at.files()) == (True, before)
    assert "Traceback" not in result.output


@pytest.mark.parametrize("failing", ["anna.yaml", "crm.csv"])
def test_if_one_file_cannot_be_replaced_neither_is(at: House, monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    before, replace = at.files(), Path.replace

    def fail(self: Path, target: Path) -> Path:
        if Path(target).name == failing and self.read_bytes() != before[str(target)]:
            raise PermissionError(13, "Permission denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    result = at.bring_in(EXPORT, *WHY)
    assert (result.exit_code, at.files()) == (2, before)
    assert "Permission denied" in result.stderr


def test_a_reading_in_the_goal_s_own_file_stands_against_the_export(at: House) -> None:
    """What would be an error afterwards is one now, and nothing is written."""
    path = Path("goals/sellers/anna.yaml")
    path.write_text(
        path.read_text(encoding="utf-8") + "    checkins: [{on: 2017-01-31, value: 60_000}]\n", encoding="utf-8"
    )
    before = at.files()
    result = at.bring_in(EXPORT, *WHY)
    assert (result.exit_code, at.files()) == (1, before)
    assert (
        "goals/readings/crm.csv:2:1: GH117 anna/sales has two readings on 2017-01-31: 60000 and 65000" in result.stderr
    )
    assert result.stderr.endswith("1 error found\nno reading was written\n")


@pytest.fixture
def story(at: House, tmp_path: Path) -> Callable[..., str]:
    """Return a function that runs git; the house is its first commit."""
    repository = Story.__new__(Story)
    repository.folder, repository.goals = tmp_path, tmp_path / "goals"
    repository.git("init", "--quiet", "--initial-branch=main")
    repository.commit("begin", "2017-03-01")
    return repository.commit


CHANGED = {
    "restated months": EXPORT,
    "a reopened deal": table(("anna", "2017-02-10", 80_000), ("bjorn", "2017-01-10", 5)),
    "a deal that came later": table(("anna", "2017-01-10", 60_000), ("anna", "2017-02-10", 20_000), ("anna", "2017-02-28", "0.50"), ("bjorn", "2017-01-10", 5)),
    "two people": table(("anna", "2017-01-10", 1), ("bjorn", "2017-01-10", 6)),
    "nothing left": table(("bjorn", "2017-02-10", 5)),
}  # fmt: skip


@pytest.mark.parametrize("export", CHANGED.values(), ids=CHANGED)
def test_the_gate_passes_after_an_import_that_corrects(at: House, story: Callable[..., str], export: str) -> None:
    assert at.bring_in(export, *WHY, "--complete").exit_code == 0
    found = check("--since", "HEAD")
    assert (found.exit_code, "GH605" in found.output, "GH608" in found.output) == (0, False, False)


def test_the_gate_passes_after_two_corrections_on_one_day(at: House, story: Callable[..., str]) -> None:
    at.bring_in(EXPORT, *WHY)
    at.bring_in(EXPORT.replace("65000", "66000"), *WHY)
    at.bring_in(EXPORT, *WHY)
    assert check("--since", "HEAD").exit_code == 0
    story("imported", "2017-03-02")
    at.bring_in(EXPORT.replace("65000", "67000"), *WHY)
    assert check("--since", "HEAD").exit_code == 0


def test_the_past_shows_what_was_known_then(at: House) -> None:
    at.bring_in(EXPORT, *WHY)
    status = CliRunner().invoke(main, ["status", "anna/sales", "--as-of", "2017-03-01"])
    assert "$80,000" in status.stdout
    assert "$85,000" in CliRunner().invoke(main, ["status", "anna/sales", "--as-of", "2017-12-31"]).stdout
