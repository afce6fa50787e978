"""What a new handbook's CI installs: the same package that started it, from the same source."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import Any
from urllib.parse import SplitResult, urlsplit

from .package_files import PACKAGE, package_files

_NAME = "goal-handbook"
#: The extra that builds the site: the workflows run `mkdocs build`.
_EXTRA = "[mkdocs]"
#: What an installer leaves of a wheel's metadata; the rest it writes about the machine.
_METADATA = ("METADATA", "WHEEL", "entry_points.txt")
#: A zip file has no earlier day; with one day for all, the same package is the same file.
_DAY_ONE = (1980, 1, 1, 0, 0, 0)


def requirement_files() -> dict[str, bytes]:
    """Return `requirements.txt` by its path, for the package that runs; with its wheel where nobody else has it.

    A package from a package index is pinned to its version, one from git to its commit, one from an address to its
    hash. One from a folder or a file of this machine comes along as a wheel in `vendor/`, and so does one from an
    address with a query, which can be a secret of whoever installed it, or from one that makes no sense.
    """
    try:
        package = distribution(_NAME)
    except PackageNotFoundError:  # run from its source, without an installation
        from .. import __version__

        return _only(f"{_NAME}{_EXTRA}=={__version__}")
    recorded = package.read_text("direct_url.json")  # PEP 610
    if not recorded:
        return _only(f"{_NAME}{_EXTRA}=={package.version}")
    if address := _address_in(recorded):
        return _only(f"{_NAME}{_EXTRA} @ {address}")
    wheel = f"vendor/{PACKAGE}-{package.version}-py3-none-any.whl"
    return {**_only(f"./{wheel}{_EXTRA}"), wheel: _wheel(package)}


def _only(requirement: str) -> dict[str, bytes]:
    note = "# What builds and checks this handbook; commit a change of it like any other.\n"
    return {"requirements.txt": f"{note}{requirement}\n".encode()}


def _address_in(recorded: str) -> str:
    """Return the address that anybody can fetch the package from, "" if there is none."""
    try:
        origin = json.loads(recorded)
        url = urlsplit(origin["url"])
        has_address = url.netloc and url.scheme != "file" and not url.query
        return _address(url, origin) if has_address else ""
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""


def _address(url: SplitResult, origin: dict[str, Any]) -> str:
    """Return where a package was fetched from as pip wants it, without the credentials that it was fetched with."""
    host = url.netloc.rpartition("@")[2]
    if url.scheme == "ssh":  # its user is part of the address, its password is not
        host = f"{url.username or 'git'}@{host}"
    address = url._replace(netloc=host, fragment="").geturl()
    folder = [f"subdirectory={origin['subdirectory']}"] if "subdirectory" in origin else []
    if vcs := origin.get("vcs_info"):
        address = f"{vcs['vcs']}+{address}@{vcs['commit_id']}"
        return "#".join([address, *folder])
    hashes = [f"{name}={value}" for name, value in origin.get("archive_info", {}).get("hashes", {}).items()]
    return "#".join([address, *filter(None, ["&".join([*hashes[:1], *folder])])])


def _wheel(package: Distribution) -> bytes:
    """Return the installed package as the wheel that installs it again: its own files and its metadata."""
    info = f"{PACKAGE}-{package.version}.dist-info"
    contents = {f"{PACKAGE}/{path}": data for path, data in package_files()}
    contents |= {f"{info}/{name}": (package.read_text(name) or "").encode() for name in _METADATA}
    for path in package.files or ():
        name = path.as_posix()
        if name.startswith(f"{info}/licenses/"):
            contents[name] = path.read_binary()
    record = [f"{name},sha256={_digest(data)},{len(data)}\n" for name, data in contents.items()]
    contents[f"{info}/RECORD"] = "".join([*record, f"{info}/RECORD,,\n"]).encode()
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as wheel:
        for name, data in contents.items():
            wheel.writestr(zipfile.ZipInfo(name, _DAY_ONE), data, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
