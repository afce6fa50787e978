"""Files are written whole; several of them all together, or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from goal_handbook.source.atomic import write_all


def test_several_files_are_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    files = {tmp_path / "sellers" / "a.yaml": b"a", tmp_path / "leaders" / "b.yaml": b"b"}
    write_all(files)
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == files


@pytest.mark.parametrize("failing", range(3))
def test_after_an_error_all_are_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int) -> None:
    old, other, new = (tmp_path / f"{name}.yaml" for name in ("old", "other", "new"))
    old.write_bytes(b"old")
    other.write_bytes(b"other")
    replace, count = Path.replace, 0

    def broken(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == failing + 1:
            raise OSError(5, "Input/output error")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(OSError, match="Input/output"):
        write_all({new: b"1", old: b"2", other: b"3"})
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"old.yaml": b"old", "other.yaml": b"other"}
