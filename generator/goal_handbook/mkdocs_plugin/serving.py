"""`mkdocs serve`: hears of an edit of the goals at once, and answers for the pages that MkDocs need not build again."""

from __future__ import annotations

import gc
import html
import os
import posixpath
import threading
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import get_plugin_logger
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from ..pages.render import BadTemplate
from .preview import Preview

log = get_plugin_logger("goal-handbook")

#: Seconds without another event, after which an editor or a git command has written what it writes.
_QUIET = 0.03
#: Seconds between two looks for changes that the system does not report (on a network drive), and how many times as
#: long as a look the pause is at least.
_LOOK_EVERY, _TIMES = 1.0, 100
#: After so many edits without a pause, garbage is collected all the same.
_UNTIDY = 20
_CHANGES = {"created", "modified", "deleted", "moved"}
_HTML = [("Content-Type", "text/html; charset=utf-8")]

Start = Callable[[str, list[tuple[str, str]]], Any]


def serve_goals(
    server: LiveReloadServer, preview: Preview, goals_dir: Path, read: Callable[[], bool]
) -> Callable[[], None]:
    """Answer for our pages, and `read` the goals when they change; where that returns False, MkDocs builds again.

    Returns what ends that.
    """
    build, others = server.builder, server.serve_request

    def build_alone() -> None:
        with preview.lock:
            preview.failed = ""
            try:
                build()
            except Exception as error:  # for MkDocs too, nothing is served then until somebody puts it right
                preview.failed = preview.failed or str(error)
                if not isinstance(error, SystemExit):  # which MkDocs has reported
                    log.error(traceback.format_exc())

    server.builder = build_alone
    server.set_app(_Answers(server, preview, others))
    watch = _Watch(server, preview, goals_dir, read)
    watch.start()
    return watch.end


@dataclass(eq=False)
class _Watch(FileSystemEventHandler):
    """Reads the goals after each change; what the system does not report is found by looking."""

    server: LiveReloadServer
    preview: Preview
    folder: Path
    read: Callable[[], bool]
    changed: threading.Event = field(default_factory=threading.Event)
    untidy: int = 0
    has_ended: bool = False
    look_every: float = _LOOK_EVERY

    def start(self) -> None:
        self.observer = Observer()
        self.observer.daemon = True
        try:
            self.observer.schedule(self, str(self.folder), recursive=True)
            self.observer.start()
        except OSError as error:
            log.debug(f"The system does not report changes: {error}")
        threading.Thread(target=self._loop, daemon=True).start()

    def end(self) -> None:
        self.has_ended = True
        self.observer.stop()
        self.changed.set()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Wake up; that a folder is modified is said beside what was modified in it."""
        if event.event_type in _CHANGES and not (event.is_directory and event.event_type == "modified"):
            self.changed.set()

    def _loop(self) -> None:
        seen = self._look()
        while not self.has_ended:
            if not self.changed.wait(self.look_every) and self._look() == seen:
                self._tidy()
                continue
            while self.changed.is_set() and not self.has_ended:
                self.changed.clear()
                self.changed.wait(_QUIET)
            if self.has_ended:
                return
            seen = self._look()
            gc.disable()  # collecting garbage would take as long as reading the edit: see `_tidy`
            try:
                self._read()
            except (BadTemplate, PluginError) as error:
                log.error(str(error))
            except Exception:  # whatever it is: the next edit may put it right
                log.error(traceback.format_exc())
            self.untidy += 1
            if self.untidy >= _UNTIDY:
                self._tidy()

    def _look(self) -> set[tuple[str, int, int]]:
        begin = time.monotonic()
        found = _stamps(self.folder)
        self.look_every = max(_LOOK_EVERY, _TIMES * (time.monotonic() - begin))
        return found

    def _tidy(self) -> None:
        """Collect garbage, now that nobody waits for an edit."""
        if self.untidy:
            self.untidy = 0
            gc.enable()
            with self.preview.lock:
                gc.collect()

    def _read(self) -> None:
        with self.preview.lock:
            before = self.preview.version
            if not self.read():
                _build_again(self.server)
            elif self.preview.version is not before:
                _reload(self.server)


@dataclass(frozen=True)
class _Answers:
    """Answers requests for what the preview has; MkDocs does all others."""

    server: LiveReloadServer
    preview: Preview
    others: Callable[[dict[str, Any], Start], Iterable[bytes]]

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if not path.startswith(self.server.mount_path):
            return self.others(environ, start)
        name = _name(path.removeprefix(self.server.mount_path))
        if not path.endswith("/") and self.preview.has(f"{name}/index.html"):
            start("302 Found", [("Location", f"{quote(path)}/")])
            return []
        if self.preview.failed and name.endswith(".html"):
            return self._error(self.preview.failed, start)
        try:
            made = self.preview.make(name)
        except BadTemplate as error:
            log.error(str(error))
            return self._error(str(error), start)
        if made is not None:
            return self._file(name, made, start)
        if self.preview.is_gone(name):
            start("404 Not Found", _HTML)
            return [self.server.error_handler(404) or b"404 Not Found"]
        return self.others(environ, start)

    def _error(self, text: str, start: Start) -> Iterable[bytes]:
        start("500 Internal Server Error", _HTML)
        return [self._reloading(f"<body><pre>{html.escape(text)}</pre></body>".encode())]

    def _file(self, name: str, content: bytes, start: Start) -> Iterable[bytes]:
        content = self._reloading(content) if name.endswith(".html") else content
        kind = self.server._guess_type(name)  # type: ignore[no-untyped-call]
        start("200 OK", [("Content-Type", kind), ("Content-Length", str(len(content)))])
        return [content]

    def _reloading(self, content: bytes) -> bytes:
        """A page with the script that loads it again after the next change."""
        server = self.server
        return bytes(server._inject_js_into_html(content, server._visible_epoch))  # type: ignore[no-untyped-call]


def _name(path: str) -> str:
    """The file that an address below the site's means, as MkDocs takes it."""
    return posixpath.normpath(f"/{path}index.html" if not path or path.endswith("/") else f"/{path}").lstrip("/")


def _build_again(server: LiveReloadServer) -> None:
    with server._rebuild_cond:
        server._want_rebuild = True
        server._rebuild_cond.notify_all()


def _reload(server: LiveReloadServer) -> None:
    """Let browsers load their pages again, unless MkDocs is about to build: it says so itself then."""
    with server._epoch_cond:
        if server._visible_epoch == server._wanted_epoch:
            now = max(round(time.monotonic() * 1000), server._visible_epoch + 1)
            server._visible_epoch = server._wanted_epoch = now
            server._epoch_cond.notify_all()


def _stamps(folder: Path) -> set[tuple[str, int, int]]:
    """What changes when a file below a folder does."""
    found = set()
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                status = os.stat(f"{place}/{name}")  # noqa: PTH116 - a Path for each file takes time
            except OSError:
                continue
            found.add((f"{place}/{name}", status.st_mtime_ns, status.st_size))
    return found
