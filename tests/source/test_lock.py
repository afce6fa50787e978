"""The lock of a handbook belongs to its folder: writers wait for each other, and nothing is lost or left behind."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from goal_handbook.source import file_edit, lock
from goal_handbook.source.edit import CannotEdit, Put
from goal_handbook.source.load import load
from goal_handbook.source.lock import LOCK_FILE, handbook_lock

HOUSE = Path(__file__).parent.parent / "rules" / "house"
GOAL = "moses-frase/new-business"


@pytest.fixture(params=["a local drive", "a drive that locks only files"])
def drive(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a test twice: folders can be locked, and they cannot, as on NFS."""
    if request.param == "a local drive":
        return
    flock = fcntl.flock

    def only_files(handle: int, operation: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EBADF, "Bad file descriptor")
        flock(handle, operation)

    monkeypatch.setattr(fcntl, "flock", only_files)


@pytest.mark.usefixtures("drive")
def test_writers_wait_for_each_other_and_leave_no_file(tmp_path: Path) -> None:
    counter = tmp_path / "counter"
    counter.write_text("0", encoding="utf-8")

    def count() -> None:
        for _ in range(20):
            with handbook_lock(tmp_path):
                before = int(counter.read_text(encoding="utf-8"))
                time.sleep(0.001)
                counter.write_text(str(before + 1), encoding="utf-8")

    threads = [threading.Thread(target=count) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counter.read_text(encoding="utf-8") == "100"
    assert [path.name for path in tmp_path.iterdir()] == ["counter"]


@pytest.mark.usefixtures("drive")
def test_whoever_waits_too_long_is_asked_to_try_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.1)
    with handbook_lock(tmp_path), pytest.raises(CannotEdit) as caught, handbook_lock(tmp_path):
        pass
    assert (caught.value.message, caught.value.help) == (
        "another command is writing to this handbook",
        "try again in a moment",
    )
    with handbook_lock(tmp_path):  # it is free again
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("drive")
def test_an_error_ends_the_lock(tmp_path: Path) -> None:
    with suppress(ZeroDivisionError), handbook_lock(tmp_path):
        raise ZeroDivisionError
    with handbook_lock(tmp_path):
        pass


@pytest.mark.usefixtures("drive")
def test_a_lock_file_that_a_killed_command_left_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / LOCK_FILE).touch()
    with handbook_lock(tmp_path):
        pass


def test_a_lock_file_is_not_data(goals: Callable[..., Path]) -> None:
    folder = goals({LOCK_FILE: ""})
    assert load(folder, "goals").findings == []


def test_without_the_folder_there_is_nothing_to_lock(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), handbook_lock(tmp_path / "goals"):
        pass


def test_check_ins_at_once_by_people_with_different_caches_are_never_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in two accounts, or two containers, on one shared drive."""
    shutil.copytree(HOUSE, tmp_path / "goals")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1501459200")
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "add", "."], check=True)
    files = {path for path in Path("goals").rglob("*") if path.is_file()}
    days = [f"2017-07-{day:02}" for day in range(11, 31)]
    command = [sys.executable, "-m", "goal_handbook", "checkin", GOAL]
    at_once = {
        day: subprocess.Popen(
            [*command, str(140_000 + i), "--on", day],
            env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / ".cache" / day)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for i, day in enumerate(days)
    }
    done = {day for day, process in at_once.items() if process.wait() == 0}
    handbook = load(Path("goals")).handbook
    assert handbook
    assert len(done) >= 5
    assert {str(checkin.on) for checkin in handbook.goals[GOAL].checkins} & set(days) == done
    assert {path for path in Path("goals").rglob("*") if path.is_file()} == files
    git = ["git", "ls-files", "--modified", "--others", "goals"]
    changed = subprocess.run(git, check=True, capture_output=True, text=True).stdout
    assert changed.splitlines() == ["goals/sellers/moses-frase.yaml"]


def test_what_an_editor_saves_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "sellers" / "moses.yaml"
    path.parent.mkdir()
    path.write_text("name: Moses\nteam: central\n", encoding="utf-8")

    made = file_edit.edited_files(tmp_path, {"sellers/moses.yaml": [Put(("name",), "Moses F.")]})
    assert made["sellers/moses.yaml"][1] == b"name: Moses F.\nteam: central\n"
    path.write_text("name: Moses\nteam: north\n", encoding="utf-8")
    message = "the file was changed by someone else in the meantime\n  help: run the command"
    with pytest.raises(CannotEdit, match=message):
        file_edit.replace_all({path: made["sellers/moses.yaml"]})
    assert path.read_text(encoding="utf-8") == "name: Moses\nteam: north\n"
