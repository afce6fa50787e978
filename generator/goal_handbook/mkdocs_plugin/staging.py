"""The new site takes the old one's place whole: built beside it, then exchanged in one step.

MkDocs empties the site's folder first and fills it page by page; a build that is killed, or fails, would leave half
a site. `renameat2(RENAME_EXCHANGE)` leaves the old one or the new one at every moment; where a system does not have
it, two renames come close.
"""

from __future__ import annotations

import ctypes
import os
import shutil
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_MARK = ".new-"


def staging_folder(site_dir: Path) -> Path | None:
    """A folder beside the site to build in, or None where the site's folder must stay the same one.

    That is a link, a mount, or one with hidden entries: MkDocs keeps those (a `.git`, a `.nojekyll`), so do we.
    What builds that were killed left behind is cleared away.
    """
    stays = site_dir.is_symlink() or os.path.ismount(site_dir) or any(site_dir.glob(".*"))
    if stays or not os.access(site_dir.parent, os.W_OK):
        return None
    for stray in site_dir.parent.glob(f".{site_dir.name}{_MARK}*"):
        if not _is_running(stray.name.rpartition("-")[2]):
            shutil.rmtree(stray, ignore_errors=True)
    return site_dir.parent / f".{site_dir.name}{_MARK}{os.getpid()}"


def exchange(staging: Path, site_dir: Path) -> None:
    """Put `staging` in the place of `site_dir` and clear the old site away. Raises OSError."""
    if not site_dir.exists():
        staging.rename(site_dir)
        return
    if not _exchanged(staging, site_dir):
        old = staging.with_name(f"{staging.name}.old")
        site_dir.rename(old)
        staging.rename(site_dir)
        staging = old
    shutil.rmtree(staging, ignore_errors=True)


def discard(staging: Path) -> None:
    """Clear away what a failed build made."""
    shutil.rmtree(staging, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Whether the system exchanged the two folders in one step (Linux 3.15 with glibc 2.28 and later)."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    done = renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), ctypes.c_uint(_RENAME_EXCHANGE))
    return bool(done == 0)


def _is_running(pid: str) -> bool:
    if not pid.isdigit() or os.name == "nt":
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
