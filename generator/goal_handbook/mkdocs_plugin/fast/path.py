"""Writes our pages and files beside MkDocs: which ones, joined how, by whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation

from ...pages.page import Draft, TextFile
from ...pages.render import OVERRIDES, BadTemplate
from ...pages.routes import DATA, HOME, Addresses
from ...parts import WHOLE, Part, in_order
from ...progress import bar
from ...words import plural
from ..adapter import HandbookPage, is_quiet, placed
from .files import Writer, WrittenFile, WrittenPage
from .index import Entry, entries_of
from .shell import Shells, Uncertified
from .theme import MkDocsTheme
from .workers import Crashed, Failed, Workers, shared_counts, worker_count

log = get_plugin_logger("goal-handbook")

T = TypeVar("T")

#: What a plugin or hook does in these may change any page, or count on MkDocs knowing them all.
_HANDS = (
    "files", "nav", "pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page",
    "pre_template", "template_context", "post_template",
)  # fmt: skip
#: The search plugin of Material, and of the theme that goes on from it.
_SEARCH = {"material.plugins.search.plugin", "materialx.plugins.search.plugin"}
#: Fewer pages than these are written before a worker has started.
_PER_WORKER = 100
#: So many pages of each folder are written before the workers start: as many as a team usually has.
_FIRST = 8
#: Pages that share parts come one after another.
_RUN = 64


@dataclass(frozen=True)
class Written:
    """What a worker did: the search entries of the pages it wrote, by route, and how many the theme had to render."""

    entries: dict[str, list[Entry]]
    by_theme: int = 0


@dataclass
class FastPath:
    """Takes the pages that are alike from MkDocs, and all plain files, and writes them.

    `search` is the search plugin, None without one; `routes` are those of all pages of ours, in order; `own` are the
    files that this process writes while others write the rest: what they are made from, the lists that MkDocs writes
    need as well. Of the pages and files, a `part` is written.
    """

    config: MkDocsConfig
    to_goals: str
    search: Any
    addresses: Addresses
    part: Part = WHOLE
    routes: list[str] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    texts: list[TextFile] = field(default_factory=list)
    own: list[TextFile] = field(default_factory=list)
    files: dict[str, WrittenFile] = field(default_factory=dict)
    written: list[Written] = field(default_factory=list)
    total: int = 0
    workers: Workers[Written] | None = None
    count: int = 1
    shells: Shells = field(init=False)
    writer: Writer = field(init=False)

    @cached_property
    def index(self) -> list[Entry]:
        """The search plugin's entries, which begin empty in each build."""
        entries: list[Entry] = self.search.search_index.entries if self.search else []
        return entries

    def add_pages(self, drafts: Sequence[Draft], files: Files) -> list[Draft]:
        """Take over the pages that are many alike, and return those that are left to MkDocs.

        Those are the lists and Home, and whatever has a place of its own in the user's navigation.
        """
        self.routes = [draft.route for draft in drafts]
        users = placed(self.config.nav)
        rest = []
        for draft in drafts:
            if draft.route == HOME or draft.route.endswith("/index") or f"{draft.route}.md" in users:
                rest.append(draft)
            else:
                self._add_page(draft, files)
        return rest

    def _add_page(self, draft: Draft, files: Files) -> None:
        self.drafts.append(draft)
        url = self.addresses.url(draft.route)
        file = WrittenFile(f"{draft.route}.md", self.addresses.file(draft.route), url, self.config)
        file.page = WrittenPage(draft, url, self.config)  # type: ignore[assignment]
        self.files[draft.route] = file
        files.append(file)

    def add_texts(self, texts: Iterable[TextFile], files: Files) -> None:
        """Take plain files over."""
        for text in texts:
            self.texts.append(text)
            files.append(WrittenFile(text.name, text.name, self._url(text.name), self.config))

    def start(self, env: Any, nav: Navigation, files: Files) -> None:
        """Begin to write, as soon as MkDocs' templates and navigation are final. Raises PluginError."""
        documents = files.documentation_pages()
        theme = MkDocsTheme(env, nav, files, self.config, documents, self.to_goals, self.index)
        self.shells = Shells(theme, self.addresses)
        self.drafts, self.texts = list(self.part.of(self.drafts)), list(self.part.of(self.texts))
        self.total = len(self.drafts) + len(self.texts)
        self.count = worker_count(len(self.drafts), _PER_WORKER)
        self.writer = Writer(self.config.site_dir, shared_counts(self.count))
        if self.count == 1:
            return
        self.own = [text for text in self.texts if text.name == DATA]
        self.texts = [text for text in self.texts if text.name != DATA]
        first, self.drafts = _first_of_each(self.drafts)
        self.written.append(self._guarded(lambda: self._write_pages(first)))
        self.workers = Workers(self._write_share, self.count, BadTemplate)

    def finish(self) -> None:
        """Wait until everything is written, and complete the search index. Raises PluginError."""
        with bar("Writing the site", self.total, quiet=is_quiet()) as show:
            self.written += self._guarded(lambda: self._results(lambda: show(sum(self.writer.counts))))
        if by_theme := sum(one.by_theme for one in self.written):
            log.info(f"{plural(by_theme, 'page')} rendered one by one: the theme is not one that the fast path knows")
        ours = (entry for one in self.written for entries in one.entries.values() for entry in entries)
        self.index[:] = in_order([*self.index, *ours], self.urls)

    @property
    def urls(self) -> list[str]:
        """The addresses of all pages of ours, in order."""
        return [self.addresses.url(route) for route in self.routes]

    def in_order(self, files: Iterable[File]) -> list[File]:
        """Return the documents that MkDocs renders, and in their places those that are written here."""
        ours: dict[str, File] = {f.page.draft.route: f for f in files if isinstance(f.page, HandbookPage)}
        users = [f for f in files if not isinstance(f.page, HandbookPage)]
        return users + [ours.get(route) or self.files[route] for route in self.routes]

    def stop(self) -> None:
        """End the workers of a build that has failed."""
        if self.workers:
            self.workers.stop()

    def _results(self, look: Callable[[], None]) -> list[Written]:
        if not self.workers:
            self.writer.look = look
            return [self._write_share(0)]
        self._write_texts(self.own)
        return self.workers.results(look)

    def _guarded(self, write: Callable[[], T]) -> T:
        try:
            return write()
        except (BadTemplate, Failed) as error:
            raise PluginError(str(error)) from None
        except Crashed as error:
            raise PluginError(f"a worker of the build failed; build with the option `fast: false`\n\n{error}") from None

    def _write_share(self, number: int) -> Written:
        """Write one of `count` shares of the files, and its turns of the runs of pages. Raises BadTemplate."""
        self.writer.number = number
        self._write_texts(Part(number + 1, self.count).of(self.texts))
        runs = [self.drafts[at : at + _RUN] for at in range(0, len(self.drafts), _RUN)]
        return self._write_pages([draft for run in runs[number :: self.count] for draft in run])

    def _write_texts(self, texts: Iterable[TextFile]) -> None:
        for text in texts:
            pieces = text.pieces() if text.pieces else (text.make(),)
            self.writer.write(text.name, (piece.encode() for piece in pieces))

    def _write_pages(self, drafts: Sequence[Draft]) -> Written:
        try:
            return self._join(drafts)
        except Uncertified as page:
            log.debug(f"The fast path is left: {page} is not what the theme makes of it")
            return self._render(drafts)

    def _join(self, drafts: Sequence[Draft]) -> Written:
        entries = {}
        for draft in drafts:
            page = draft.make()
            self._write_page(draft, self.shells.join(page, draft.source))
            entries[draft.route] = entries_of(page, self.files[draft.route].url)
        return Written(entries)

    def _render(self, drafts: Sequence[Draft]) -> Written:
        entries = {}
        for draft in drafts:
            html, entries[draft.route] = self.shells.theme.render(draft.make(), draft.source)
            self._write_page(draft, html)
        return Written(entries, len(drafts))

    def _write_page(self, draft: Draft, html: str) -> None:
        self.writer.write(self.files[draft.route].dest_uri, (html.encode("utf-8", errors="xmlcharrefreplace"),))

    def _url(self, name: str) -> str:
        folder, _, file = name.rpartition("/")
        is_index = self.addresses.directories and file == "index.html"
        return f"{folder or '.'}/" if is_index else name


def _first_of_each(drafts: Sequence[Draft]) -> tuple[list[Draft], list[Draft]]:
    """Return the first pages of each folder, and the rest: what the workers need they have then learned already."""
    seen = Counter[str]()
    first: list[Draft] = []
    rest: list[Draft] = []
    for draft in drafts:
        folder = draft.route.partition("/")[0]
        seen[folder] += 1
        (first if seen[folder] <= _FIRST else rest).append(draft)
    return first, rest


def fast_path(plugin: BasePlugin[Any], config: MkDocsConfig, to_goals: str) -> FastPath | None:
    """Return the fast path, None where something else has a hand in pages."""
    if other_hand(plugin, config):
        return None
    search = next(filter(_is_search, _owners(config)), None)
    return FastPath(config, to_goals, search, Addresses(config.use_directory_urls))


def other_hand(plugin: BasePlugin[Any], config: MkDocsConfig) -> str:
    """Return what else has a hand in pages: another plugin, a hook or a template of the user's; "" for nothing."""
    for owner in _owners(config):
        if owner is not plugin and not _is_search(owner):
            return f"the plugin {type(owner).__name__}" if isinstance(owner, BasePlugin) else "a hook"
    return "a template of the theme's in custom_dir" if _has_overrides(config.theme.custom_dir) else ""


def _owners(config: MkDocsConfig) -> Iterator[Any]:
    """Yield the plugin that each method with a hand in pages belongs to, None for a hook's."""
    for name in _HANDS:
        for method in config.plugins.events[name]:
            yield getattr(method, "__self__", None)


def _is_search(owner: object) -> bool:
    return type(owner).__module__ in _SEARCH and hasattr(owner, "search_index")


def _has_overrides(custom_dir: str | None) -> bool:
    """Whether the user has templates of the theme's; those of ours are rendered by us."""
    if not custom_dir:
        return False
    ours = Path(custom_dir) / OVERRIDES
    return any(ours not in path.parents for path in Path(custom_dir).rglob("*.html"))
