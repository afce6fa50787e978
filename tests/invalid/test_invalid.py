"""Golden cases: what `goals check` says about a bad file, whole. Read them as the product's manners.

A file here is put into the small handbook of `tests/data/brinkmann` and checked; what the command says, and its
exit code, stands beside it. `pytest tests/invalid --refresh` writes them anew: read the difference before you commit.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from goal_handbook.cli import main
from goal_handbook.rules.registry import RULES

HERE = Path(__file__).parent
BRINKMANN = HERE.parent / "data" / "brinkmann"

#: Where a case's file goes in the handbook, by the folder it lies in.
PLACES = {
    "handbook": "handbook.yaml",
    "teams": "teams/central-brinkmann.yaml",
    "sellers": "sellers/moses-frase.yaml",
    "leaders": "leaders/dustin-brinkmann.yaml",
    "readings": "readings/crm.csv",
}


def one_file_cases() -> list[Path]:
    """The bad files, each to take the place of a good one."""
    return sorted(p for folder in PLACES for p in (HERE / folder).iterdir() if p.suffix in {".yaml", ".csv"})


def folder_cases() -> list[Path]:
    """Folders to be laid over the good handbook."""
    return sorted(p for p in (HERE / "folders").iterdir() if p.is_dir())


@pytest.fixture
def handbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A good handbook in ./goals to spoil."""
    shutil.copytree(BRINKMANN, tmp_path / "goals")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return tmp_path / "goals"


@pytest.fixture
def says(request: pytest.FixtureRequest) -> Callable[[Path], None]:
    """Compares what `goals check` says of ./goals with a file, or writes that file with --refresh."""

    def compare(expected: Path) -> None:
        result = CliRunner().invoke(main, ["check", "goals"])
        assert not isinstance(result.exception, Exception), result.exception
        said = f"{result.output}exit {result.exit_code}\n"
        if request.config.getoption("--refresh"):
            expected.write_text(said, encoding="utf-8")
        assert said == expected.read_text(encoding="utf-8")

    return compare


def test_the_handbook_the_cases_spoil_is_good(handbook: Path) -> None:
    result = CliRunner().invoke(main, ["check", "goals"])
    assert (result.exit_code, result.output) == (0, "3 files, 4 goals: nothing to mend\n")


@pytest.mark.parametrize("case", one_file_cases(), ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_a_bad_file_is_told(case: Path, handbook: Path, says: Callable[[Path], None]) -> None:
    spoilt = handbook / PLACES[case.parent.name]
    spoilt.parent.mkdir(exist_ok=True)
    shutil.copyfile(case, spoilt)
    says(case.with_suffix(".txt"))


@pytest.mark.parametrize("case", folder_cases(), ids=lambda p: p.name)
def test_a_bad_folder_is_told(case: Path, handbook: Path, says: Callable[[Path], None]) -> None:
    shutil.copytree(case, handbook, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt"))
    says(case / "expected.txt")


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
    "spoil",
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
        large_file,
        large_field,
        note_that_is_too_long,
        undecodable_row_far_down,
    ],
    ids=lambda f: f.__name__,
)
def test_what_git_cannot_hold_everywhere_is_told(
    spoil: Callable[[Path], None], handbook: Path, says: Callable[[Path], None]
) -> None:
    spoil(handbook)
    says(HERE / "made" / f"{spoil.__name__.replace('_', '-')}.txt")


def test_a_file_that_cannot_be_read_is_told(handbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    result = CliRunner().invoke(main, ["check", "goals"])
    assert result.exit_code == 1
    assert (
        "goals/sellers/moses-frase.yaml: GH114 the file cannot be read: Permission denied, mend its rights or remove it"
    ) in result.output


def expected_files() -> Iterator[Path]:
    yield from (case.with_suffix(".txt") for case in one_file_cases())
    yield from (case / "expected.txt" for case in folder_cases())
    yield from (HERE / "made").glob("*.txt")


def test_every_rule_of_the_format_and_its_references_has_a_case() -> None:
    told = "\n".join(path.read_text(encoding="utf-8") for path in expected_files())
    assert [code for code in RULES if code.startswith(("GH1", "GH2")) and code not in told] == []
