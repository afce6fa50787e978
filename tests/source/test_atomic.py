"""Several files are written together: all of them, or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from goal_handbook.source.atomic import write_together
from goal_handbook.source.edit import CannotEdit
from goal_handbook.source.file_edit import replace_all


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_all_files_are_replaced_and_new_ones_created(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old", encoding="utf-8")
    write_together({tmp_path / "a": b"new", tmp_path / "b": b"new"})
    assert contents(tmp_path) == {"a": "new", "b": "new"}


@pytest.mark.parametrize("failing", ["a", "b", "c"])
def test_if_one_cannot_be_replaced_all_keep_their_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    for name in ("a", "c"):
        (tmp_path / name).write_text("old", encoding="utf-8")
    replace = Path.replace

    def fail(self: Path, target: Path) -> Path:
        if Path(target).name == failing and self.read_bytes() == b"new":
            raise PermissionError(13, "Permission denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(PermissionError):
        write_together({tmp_path / name: b"new" for name in ("a", "b", "c")})
    assert contents(tmp_path) == {"a": "old", "c": "old"}


def test_if_one_cannot_be_written_no_file_is_touched(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old", encoding="utf-8")
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OSError, match=r"exists|directory"):
        write_together({tmp_path / "a": b"new", tmp_path / "file" / "b": b"new"})
    assert contents(tmp_path) == {"a": "old", "file": ""}


@pytest.mark.parametrize("changed", ["a", "b"])
def test_what_somebody_else_saved_meanwhile_is_not_overwritten(tmp_path: Path, changed: str) -> None:
    (tmp_path / "a").write_text("old", encoding="utf-8")
    (tmp_path / changed).write_text("theirs", encoding="utf-8")
    before = contents(tmp_path)
    with pytest.raises(CannotEdit, match="changed by someone else"):
        replace_all({tmp_path / "a": (b"old", b"new"), tmp_path / "b": (b"", b"new")})
    assert contents(tmp_path) == before
