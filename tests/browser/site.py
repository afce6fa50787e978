"""The pages of a built site, and a server for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread


@dataclass(frozen=True)
class Site:
    """A site in a folder, and its address, which ends with a slash."""

    folder: Path
    url: str

    @property
    def pages(self) -> tuple[str, ...]:
        """The addresses of all pages, such as `sellers/moses-frase/`, without those that only redirect."""
        return tuple(address for address in _addresses(self.folder) if not _redirects(self.folder / address))

    @property
    def kinds(self) -> dict[str, str]:
        """The page with most on it of each kind: `sellers/*/` -> `sellers/moses-frase/`."""
        by_size = sorted(self.pages, key=lambda address: self.file(address).stat().st_size)
        return dict(sorted({_kind(address): address for address in by_size}.items()))

    def of_kind(self, kind: str) -> list[str]:
        """Return the addresses of all pages of a kind."""
        found = [address for address in self.pages if _kind(address) == kind]
        assert found, f"the example has no page like {kind}"
        return found

    def file(self, address: str) -> Path:
        """Return the file of a page."""
        return self.folder / address / "index.html"


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    """Serve a folder on this machine for as long as the block runs."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield Site(folder, f"http://127.0.0.1:{server.server_port}/")
        server.shutdown()


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def _addresses(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("index.html")):
        address = path.parent.relative_to(folder).as_posix()
        yield "" if address == "." else f"{address}/"


def _redirects(page: Path) -> bool:
    return 'http-equiv="refresh"' in (page / "index.html").read_text(encoding="utf-8")


def _kind(address: str) -> str:
    """Return an address with a star for an id, a month or the name of a chapter; all pages of the manual are one kind."""
    return "manual/" if address.startswith("manual/") else re.sub(r"^([^/]+)/[^/]+/", r"\1/*/", address)
