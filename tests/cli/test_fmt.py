"""`goals fmt`: every file in canonical form, or a reason why not; what the commands write already is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goal_handbook.cli import main

from .test_writing import HOUSE, WRITES

REPOSITORY = Path(__file__).parents[2]
SELLER = "sellers/moses-frase.yaml"
UNTIDY = "team:  central # since May\nname: Moses Frase\n"
TIDY = "name: Moses Frase\nteam: central # since May\n"


@pytest.fixture
def folder(goals: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook in ./goals with one untidy file."""
    made = goals({SELLER: UNTIDY, "teams/central.yaml": "name: Central\n"})
    monkeypatch.chdir(made.parent)
    return made


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["fmt", *arguments])


def test_it_formats_files_and_lists_them(folder: Path) -> None:
    result = run()
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"formatted goals/{SELLER}\n1 file formatted, 2 already formatted\n"
    assert (folder / SELLER).read_text(encoding="utf-8") == TIDY
    assert run().stdout == "0 files formatted, 3 already formatted\n"


def test_check_lists_them_and_writes_nothing(folder: Path) -> None:
    result = run("--check")
    assert result.exit_code == 1
    assert result.stdout == f"would format goals/{SELLER}\n1 file would be formatted, 2 already formatted\n"
    assert (folder / SELLER).read_text(encoding="utf-8") == UNTIDY
    run()
    assert run("--check").exit_code == 0


def test_diff_is_a_patch_that_git_takes(folder: Path) -> None:
    (folder / SELLER).write_text(UNTIDY.rstrip("\n"), encoding="utf-8")
    result = run("--diff")
    assert result.exit_code == 1
    assert result.stdout == (
        f"--- a/goals/{SELLER}\n+++ b/goals/{SELLER}\n@@ -1,2 +1,2 @@\n-team:  central # since May\n-name: Moses Frase\n"
        "\\ No newline at end of file\n+name: Moses Frase\n+team: central # since May\n"
    )


def test_single_files_of_a_handbook_can_be_named(folder: Path) -> None:
    (folder / "teams/central.yaml").write_text("leader: x\nname: Central\n", encoding="utf-8")
    assert run(f"goals/{SELLER}").stdout == f"formatted goals/{SELLER}\n1 file formatted, 0 already formatted\n"
    Path("mkdocs.yml").touch()
    refused = run("mkdocs.yml")
    assert (refused.exit_code, refused.stderr) == (
        2,
        "Error: mkdocs.yml is not a file of a handbook\n"
        "  help: name handbook.yaml, or a file in teams/, sellers/, leaders/\n",
    )


def test_a_folder_without_a_handbook_is_reported(folder: Path) -> None:
    Path("empty").mkdir()
    refused = run("empty")
    assert refused.exit_code == 2
    assert "no handbook.yaml in empty\n  help: name the handbook's folder, or a file in one\n" in refused.stderr


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"name: [", "the file has errors\n  help: fix what goals check reports first\n", id="no YAML"),
        pytest.param(b"name: &a Central\n", "the file has errors", id="an anchor"),
        pytest.param(
            b"name: M\xf6ses", "this is not UTF-8 (it may be Latin-1)\n  help: save the file as UTF-8", id="Latin-1"
        ),
        pytest.param(b"name: a\x07b", "invisible control character U+0007\n  help: delete it\n", id="a bell"),
        pytest.param(b"", "the file has errors", id="nothing"),
    ],
)
def test_a_file_that_cannot_be_read_stays_and_the_others_are_formatted(folder: Path, data: bytes, says: str) -> None:
    (folder / "teams/central.yaml").write_bytes(data)
    result = run()
    assert result.exit_code == 1
    assert f"goals/teams/central.yaml: {says}" in result.stderr
    assert (folder / "teams/central.yaml").read_bytes() == data
    assert (folder / SELLER).read_text(encoding="utf-8") == TIDY


def test_where_a_file_cannot_be_written_none_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("goal_handbook.source.atomic._written_beside", full)
    result = run()
    assert result.exit_code == 2
    assert "goals: No space left on device" in result.stderr
    assert (folder / SELLER).read_text(encoding="utf-8") == UNTIDY


def test_a_link_stays_a_link(folder: Path) -> None:
    (folder / "sellers/anna-snelling.yaml").symlink_to("moses-frase.yaml")
    result = run()
    assert "goals/sellers/anna-snelling.yaml: this is a link\n  help: format the file it points to\n" in result.stderr
    assert (folder / "sellers/anna-snelling.yaml").is_symlink()


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_ends_stay_as_they_are(folder: Path, newline: str) -> None:
    (folder / SELLER).write_bytes(UNTIDY.replace("\n", newline).encode())
    run()
    assert (folder / SELLER).read_bytes() == TIDY.replace("\n", newline).encode()


def test_the_example_is_in_canonical_form() -> None:
    result = run("--check", str(REPOSITORY))
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("arguments", [arguments for arguments, _ in WRITES.values()], ids=WRITES)
def test_what_the_commands_write_is_in_canonical_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    shutil.copytree(HOUSE, tmp_path / "goals")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1501459200")
    assert CliRunner().invoke(main, arguments).exit_code == 0
    result = run("--check")
    assert result.exit_code == 0, result.output
