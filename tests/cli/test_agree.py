"""`goals agree`: each party says it for themselves, as the person git's configuration names."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goal_handbook.cli import main

from ..status.make import case

GOAL, MOSES, LEADER = "moses-frase/new-business", "sellers/moses-frase.yaml", "leaders/dustin-brinkmann.yaml"
BOTH = 'both names in one commit are "said by one": to say it themselves, each runs goals agree\n'


def agree(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["agree", *arguments])


@pytest.fixture
def desk(house: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook in a repository, on a computer whose git knows nobody; Moses and Dustin have addresses."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    git("init", "--quiet")
    for path, lines in (
        (MOSES, "emails: Moses@MavenTech.example\naliases: [mo, M. Frase]\n"),
        (LEADER, "emails: [db@maventech.example]\n"),
    ):
        file = house / path
        file.write_text(file.read_text(encoding="utf-8") + lines, encoding="utf-8")
    return house


def git(*command: str) -> None:
    subprocess.run(["git", *command], check=True)


def signed(house: Path) -> list[str]:
    """What the command added to the agreements of the goal."""
    lines = (house / MOSES).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if "on: 2017-07-31" in line]


@pytest.mark.parametrize(
    ("email", "name", "who"),
    [
        case("by an address of theirs", "moses@maventech.example", "", "moses-frase"),
        case("by an address in other letters", "MOSES@MAVENTECH.EXAMPLE", "Somebody", "moses-frase"),
        case("by an alias", "elsewhere@example.com", "m. frase", "moses-frase"),
        case("by their name", "elsewhere@example.com", "moses  FRASE", "moses-frase"),
        case("a leader", "db@maventech.example", "db", "dustin-brinkmann"),
        case("by the address, whatever the name", "db@maventech.example", "Moses Frase", "dustin-brinkmann"),
    ],
)
def test_without_by_it_is_the_person_git_names(desk: Path, email: str, name: str, who: str) -> None:
    git("config", "user.email", email)
    git("config", "user.name", name)
    result = agree(GOAL)
    assert result.exit_code == 0, result.output
    assert signed(desk) == [f"- {{on: 2017-07-31, by: [{who}]}}"]
    assert "by git's user.email or user.name" in result.stdout
    assert BOTH not in result.stdout


@pytest.mark.parametrize(
    ("email", "name"),
    [
        case("nobody has the address or the name", "x@example.com", "Maintainers"),
        case("git has neither", "", ""),
        case("somebody who is neither the seller nor a leader", "cy@example.com", "Cy"),
        case("two people share the address", "both@example.com", "Moses Frase"),
    ],
)
def test_where_git_names_nobody_who_could_agree_it_says_which_option_to_give(desk: Path, email: str, name: str) -> None:
    (desk / "sellers/cy.yaml").write_text(
        "name: Cy\nteam: central\nemails: both@example.com\ngoals: []\n", encoding="utf-8"
    )
    with (desk / MOSES).open("a", encoding="utf-8") as file:
        file.write("x-note: moved\n")
    text = (desk / MOSES).read_text(encoding="utf-8")
    (desk / MOSES).write_text(
        text.replace("emails: Moses@MavenTech.example", "emails: both@example.com"), encoding="utf-8"
    )
    for key, value in (("user.email", email), ("user.name", name)):
        git("config", key, value)
    result = agree(GOAL)
    assert result.exit_code == 2
    assert "Missing option '--by': who agrees, and git does not name the seller or a leader" in result.stderr
    assert "help: give it once, or add your address in git to emails: in your file" in result.stderr
    assert signed(desk) == []


@pytest.mark.parametrize(
    ("by", "both"),
    [
        case("the seller", ["moses-frase"], False),
        case("a leader", ["dustin-brinkmann"], False),
        case("both", ["moses-frase", "dustin-brinkmann"], True),
    ],
)
def test_by_may_name_others_and_both_are_said_by_one(desk: Path, by: list[str], both: bool) -> None:
    git("config", "user.email", "db@maventech.example")
    result = agree(GOAL, *(word for who in by for word in ("--by", who)))
    assert result.exit_code == 0, result.output
    assert signed(desk) == [f"- {{on: 2017-07-31, by: [{', '.join(by)}]}}"]
    assert (BOTH in result.stdout) == both


def test_a_handbook_outside_a_repository_is_agreed_with_by(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    assert "Missing option '--by'" in agree(GOAL).stderr
    assert agree(GOAL, "--by", "moses").exit_code == 0


def test_what_is_no_address_is_refused(desk: Path) -> None:
    text = (desk / LEADER).read_text(encoding="utf-8")
    (desk / LEADER).write_text(text.replace("[db@maventech.example]", "[db, d b@x.example]"), encoding="utf-8")
    said = CliRunner().invoke(main, ["check"]).stdout
    for wrong in ("db", "d b@x.example"):
        assert f'GH104 "{wrong}" is not an email address' in said
    assert "  help: write it as name@example.com\n" in said
