"""Golden cases: the complete output of `goals check --all` for bad files. Each should read like a colleague's hint.

A case is a file that replaces one in the small handbook of `tests/data/brinkmann`; beside it is what the command
prints, with its exit code. The mistakes in `mistakes/` are edits of the handbook in `mistakes/base`. After `pytest tests/invalid --refresh`, read the diff before you commit it.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from goal_handbook.cli import main
from goal_handbook.rules.registry import RULES

HERE = Path(__file__).parent
BRINKMANN = HERE.parent / "data" / "brinkmann"

MISTAKES = HERE / "mistakes"

#: The file that a case replaces in the handbook, by the case's folder.
PATHS = {
    "handbook": "handbook.yaml",
    "teams": "teams/central-brinkmann.yaml",
    "sellers": "sellers/moses-frase.yaml",
    "leaders": "leaders/dustin-brinkmann.yaml",
    "readings": "readings/crm.csv",
}


def one_file_cases() -> list[Path]:
    """Return the bad files, each of which replaces a good one."""
    return sorted(p for folder in PATHS for p in (HERE / folder).iterdir() if p.suffix in {".yaml", ".csv"})


def folder_cases() -> list[Path]:
    """Return the folders to copy over the good handbook."""
    return sorted(p for p in (HERE / "folders").iterdir() if p.is_dir())


def mistakes() -> list[dict[str, str]]:
    """Return the edits that people make by hand: their names, the file, the text before and the text after."""
    found: list[dict[str, str]] = yaml.safe_load((MISTAKES / "mistakes.yaml").read_text(encoding="utf-8"))
    return found


def expected_of(mistake: dict[str, str]) -> Path:
    """Return the file with what is printed for a mistake: its name in letters and digits."""
    words = re.sub(r"[^a-z0-9]+", "-", mistake["name"].lower().replace("€", "euro").replace("%", " percent")).strip("-")
    return MISTAKES / f"{words}.txt"


@pytest.fixture
def handbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a good handbook in ./goals, to be broken."""
    shutil.copytree(BRINKMANN, tmp_path / "goals")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return tmp_path / "goals"


@pytest.fixture
def compare(request: pytest.FixtureRequest) -> Callable[[Path], None]:
    """Return a function that compares the output of `goals check` with a file, or with --refresh writes that file."""

    def compare_with(expected: Path) -> None:
        result = CliRunner().invoke(main, ["check", "--all"])
        assert not isinstance(result.exception, Exception), result.exception
        printed = f"{result.output}exit {result.exit_code}\n"
        if request.config.getoption("--refresh"):
            expected.write_text(printed, encoding="utf-8")
        assert printed == expected.read_text(encoding="utf-8")

    return compare_with


def test_the_handbook_is_good_before_it_is_broken(handbook: Path) -> None:
    result = CliRunner().invoke(main, ["check"])
    assert (result.exit_code, result.output) == (0, "checked 3 files, 4 goals: no problems found\n")


@pytest.mark.parametrize("case", one_file_cases(), ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_a_bad_file_is_reported(case: Path, handbook: Path, compare: Callable[[Path], None]) -> None:
    path = handbook / PATHS[case.parent.name]
    path.parent.mkdir(exist_ok=True)
    shutil.copyfile(case, path)
    compare(case.with_suffix(".txt"))


@pytest.mark.parametrize("case", folder_cases(), ids=lambda p: p.name)
def test_a_bad_folder_is_reported(case: Path, handbook: Path, compare: Callable[[Path], None]) -> None:
    shutil.copytree(case, handbook, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt"))
    compare(case / "expected.txt")


def test_the_handbook_of_the_mistakes_is_good_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(MISTAKES / "base", tmp_path / "goals")
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["check"]).output == "checked 3 files, 4 goals: no problems found\n"


@pytest.mark.parametrize("mistake", mistakes(), ids=lambda mistake: mistake["name"])
def test_a_mistake_by_hand_gets_a_message_that_says_what_to_write(
    mistake: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compare: Callable[[Path], None]
) -> None:
    shutil.copytree(MISTAKES / "base", tmp_path / "goals")
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "goals" / mistake["file"]
    text = path.read_text(encoding="utf-8")
    assert mistake["before"] in text
    path.write_text(text.replace(mistake["before"], mistake["after"], 1), encoding="utf-8")
    compare(expected_of(mistake))


def test_every_mistake_has_a_file_of_its_own() -> None:
    files = [expected_of(mistake).name for mistake in mistakes()]
    assert sorted(files) == sorted(path.name for path in MISTAKES.glob("*.txt"))


def link_out(goals: Path) -> None:
    secret = goals.parent / "secret.yaml"
    secret.write_text("password: hunter2", encoding="utf-8")
    (goals / "sellers" / "anna-snelling.yaml").symlink_to(secret)


def link_to_a_folder_outside(goals: Path) -> None:
    outside = goals.parent / "outside"
    outside.mkdir()
    (outside / "secret.yaml").write_text("password: hunter2", encoding="utf-8")
    shutil.rmtree(goals / "sellers")
    (goals / "sellers").symlink_to(outside)


def link_to_nothing(goals: Path) -> None:
    (goals / "sellers" / "anna-snelling.yaml").symlink_to("nowhere.yaml")


def link_to_itself(goals: Path) -> None:
    (goals / "sellers" / "anna-snelling.yaml").symlink_to("anna-snelling.yaml")


def folder_loop(goals: Path) -> None:
    (goals / "sellers" / "again").symlink_to("..")


def fifo(goals: Path) -> None:
    os.mkfifo(goals / "sellers" / "anna-snelling.yaml")


def folder_named_like_a_file(goals: Path) -> None:
    (goals / "sellers" / "anna-snelling.yaml").mkdir()


def handbook_is_a_folder(goals: Path) -> None:
    (goals / "handbook.yaml").unlink()
    (goals / "handbook.yaml").mkdir()


def escape_sequence_in_a_name(goals: Path) -> None:
    (goals / "sellers" / "an\x1b[31mna\n.yaml").write_text("name: Anna", encoding="utf-8")


def name_that_is_not_utf_8(goals: Path) -> None:
    Path(os.fsdecode(os.fsencode(goals) + b"/sellers/m\xfcller.yaml")).write_text("name: Anna", encoding="utf-8")


def names_that_are_no_ids(goals: Path) -> None:
    names = ["Anna Snelling", "index", "README", "con", "aux.txt", "a:b", "x.", "Ünal", "-a", "a--b", "a" * 65]
    for name in names:
        (goals / "sellers" / f"{name}.yaml").write_text("name: Anna", encoding="utf-8")


def no_file_of_the_leader(goals: Path) -> None:
    (goals / "leaders" / "dustin-brinkmann.yaml").unlink()


def large_file(goals: Path) -> None:
    (goals / "sellers" / "anna-snelling.yaml").write_text("# " + "x" * 2**20, encoding="utf-8")


def large_field(goals: Path) -> None:
    (goals / "readings").mkdir()
    text = f"goal,on,value,note\nmoses-frase/new-business,2017-04-30,1,\n,,,{'x' * 131_073}\n"
    (goals / "readings" / "crm.csv").write_text(text, encoding="utf-8")


def note_that_is_too_long(goals: Path) -> None:
    (goals / "readings").mkdir()
    text = f"goal,on,value,note\nmoses-frase/new-business,2017-04-30,1,{'x' * 10_001}\n"
    (goals / "readings" / "crm.csv").write_text(text, encoding="utf-8")


def undecodable_row_far_down(goals: Path) -> None:
    (goals / "readings").mkdir()
    rows = b"moses-frase/new-business,2017-04-30,1\n" * 30_000
    (goals / "readings" / "crm.csv").write_bytes(b"goal,on,value\n" + rows + b"M\xf6bel,2017-04-30,1\n")


@pytest.mark.parametrize(
    "damage",
    [
        link_out,
        link_to_a_folder_outside,
        link_to_nothing,
        link_to_itself,
        folder_loop,
        fifo,
        folder_named_like_a_file,
        handbook_is_a_folder,
        escape_sequence_in_a_name,
        name_that_is_not_utf_8,
        names_that_are_no_ids,
        no_file_of_the_leader,
        large_file,
        large_field,
        note_that_is_too_long,
        undecodable_row_far_down,
    ],
    ids=lambda f: f.__name__,
)
def test_files_that_git_cannot_hold_on_every_system_are_reported(
    damage: Callable[[Path], None], handbook: Path, compare: Callable[[Path], None]
) -> None:
    damage(handbook)
    compare(HERE / "made" / f"{damage.__name__.replace('_', '-')}.txt")


def test_an_unreadable_file_is_reported(handbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 1
    assert (
        "goals/sellers/moses-frase.yaml: GH114 the file cannot be read: Permission denied\n"
        "  help: fix its permissions or remove it\n"
    ) in result.output


def expected_files() -> Iterator[Path]:
    yield from (case.with_suffix(".txt") for case in one_file_cases())
    yield from (case / "expected.txt" for case in folder_cases())
    yield from (HERE / "made").glob("*.txt")
    yield from MISTAKES.glob("*.txt")


def test_every_rule_about_the_format_and_references_has_a_case() -> None:
    printed = "\n".join(path.read_text(encoding="utf-8") for path in expected_files())
    assert [code for code in RULES if code.startswith(("GH1", "GH2")) and code not in printed] == []
