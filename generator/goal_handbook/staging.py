"""The new site replaces the old one as a whole: it is built beside it, and then the two are exchanged in one step.

An engine empties the site's folder first and fills it page by page, so a build that fails or is killed would leave half
a site. With `renameat2(RENAME_EXCHANGE)` there is the old site or the new one at every moment; on systems without it,
two renames come close.
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
    """Return a folder beside the site to build in, or None if the site's folder cannot be replaced.

    It cannot if it is a link or a mount. What killed builds left behind is removed.
    """
    if site_dir.is_symlink() or os.path.ismount(site_dir) or not os.access(site_dir.parent, os.W_OK):
        return None
    for stray in site_dir.parent.glob(f".{site_dir.name}{_MARK}*"):
        if not _is_running(stray.name.rpartition("-")[2]):
            shutil.rmtree(stray, ignore_errors=True)
    return site_dir.parent / f".{site_dir.name}{_MARK}{os.getpid()}"


def exchange(staging: Path, site_dir: Path) -> None:
    """Put `staging` in the place of `site_dir` and remove the old site, but for its hidden entries. Raises OSError.

    Engines keep those (a `.git`, a `.nojekyll`), and so do we: the new site has them before it takes its place.
    """
    if not site_dir.exists():
        staging.rename(site_dir)
        return
    for entry in site_dir.glob(".*"):
        _carry_over(entry, staging / entry.name)
    if not _exchanged(staging, site_dir):
        old = staging.with_name(f"{staging.name}.old")
        site_dir.rename(old)
        staging.rename(site_dir)
        staging = old
    shutil.rmtree(staging, ignore_errors=True)


def discard(staging: Path) -> None:
    """Remove what a failed build made."""
    shutil.rmtree(staging, ignore_errors=True)


def _carry_over(entry: Path, to: Path) -> None:
    """Give the new site an entry of the old one, unless the build has made its own. A link costs no copy."""
    if to.exists():
        return
    if entry.is_dir() and not entry.is_symlink():
        shutil.copytree(entry, to, symlinks=True, copy_function=link_or_copy)
    else:
        link_or_copy(entry, to)


def link_or_copy(source: Path | str, to: Path | str) -> None:
    """Make a file appear in a second place, by a hard link where the system can. Raises OSError."""
    try:
        os.link(source, to, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, to, follow_symlinks=False)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step if the system can (Linux 3.15 with glibc 2.28, or later); return if it did."""
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
