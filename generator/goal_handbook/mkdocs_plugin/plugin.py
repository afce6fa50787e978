"""The MkDocs plugin `goal-handbook`: its hooks only translate."""

from __future__ import annotations

import atexit
import gc
import posixpath
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from ..catalogue import words_in
from ..pages.forge import SCRIPT
from ..pages.page import Site
from ..pages.render import OVERRIDES, BadTemplate
from ..pages.routes import STYLE, Addresses
from ..pages.search import search_html
from ..parts import Manifest
from ..rules.registry import judge
from ..site import Shown, SiteSettings, show, site_of
from ..snapshots.publish import site_at, with_snapshots
from ..staging import discard, exchange, staging_folder
from .adapter import (
    HandbookPage,
    add_to_navigation,
    addresses_of,
    deferred,
    free_drafts,
    listed,
    navigation_of,
    page_of,
    refused,
)
from .chapter_findings import chapter_findings, report
from .chapters import Chapter, ChapterExtension, without
from .fast import FastPath, base_of, fast_path
from .load import Goals, log, read_goals, read_site_at, read_snapshots, without_files
from .options import Options
from .part import leave_to_first, manifest_of, no_fast_path
from .preview import Preview
from .serving import serve_goals


class GoalHandbookPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Reads the goals before MkDocs clears the old site, and gives it pages that are already rendered."""

    serving = False
    dirty = False
    good: Goals | None = None  # the last goals without errors, kept by `mkdocs serve`
    shown: Shown | None = None  # what the audience saw of them
    end_serving: Callable[[], None] | None = None
    pages: tuple[HandbookPage, ...] = ()
    site_dir: Path
    staging: Path | None = None  # where the site is built before it replaces the old one
    site: Site
    extension: ChapterExtension
    content: str = ""  # of the chapter that is being indexed for search
    fast: FastPath | None = None
    preview: Preview | None = None  # what `mkdocs serve` answers
    built_with: MkDocsConfig
    manifest: Manifest | None = None
    nav: Navigation

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember the command; that this hook exists keeps the plugin alive between the builds of `serve`."""
        self.serving, self.dirty = command == "serve", dirty
        self.preview = Preview() if self.serving and not dirty else None
        self.good = self.shown = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check everything. Raises PluginError, and then the old site is still there."""
        goals_dir = Path(config.config_file_path).parent / self.config.goals_dir
        config.watch.append(str(goals_dir))
        self.built_with = config
        if not self.serving:
            gc.disable()  # one build ends before much of it is garbage; looking for that again and again takes time
        goals = read_goals(goals_dir, self.config, self.good if self.serving else None)
        goals = self.good = goals if self.serving else without_files(goals, self.config)
        try:
            self.site = self._build(goals_dir, goals, self._settings(config))
        except BadTemplate as error:
            raise PluginError(str(error)) from None
        config.theme.dirs.append(str(Path(__file__).parent.parent / "pages" / "theme"))
        config.extra_css.insert(0, STYLE)
        if any(file.name == SCRIPT for file in self.site.texts):
            config.extra_javascript.append(deferred(SCRIPT))
        self.extension = ChapterExtension(self.site.chapters)
        config.markdown_extensions.append(self.extension)  # type: ignore[arg-type]
        self._stage(config)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add our pages, style sheet, data and redirects. Raises PluginError if a file of the user's is in the way."""
        to_goals, texts = self._to_goals(config), (*self.site.texts, *self.site.moves)
        self.fast = fast_path(self, config, to_goals) if self.config.fast and not self.dirty else None
        self.manifest = manifest_of(self.config.part, config, self.good) if self.config.part and self.good else None
        if self.manifest:
            if self.serving or not self.fast:
                raise no_fast_path(self, config)
            self.fast.part = self.manifest.part
        free = free_drafts(self.site.drafts, files, config)
        if self.fast:
            self.fast.add_texts(texts, files)
        else:
            for text in texts:
                files.append(File.generated(config, text.name, content=text.make().encode()))
        rest = self.fast.add_pages(free, files) if self.fast else free
        self.pages = tuple(page_of(draft, to_goals, config) for draft in rest)
        for page in self.pages:
            page.is_made_late = self.fast is not None
            files.append(page.file)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Add our own pages to the navigation, unless the user has placed them."""
        self.nav = add_to_navigation(nav, self.pages, config)
        return self.nav

    def _report_chapters(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Report what chapters call by a wrong name. Raises PluginError, but not for `serve`, which shows it there.

        On a site of the past nothing is wrong with a chapter of today that names a goal that was not there yet.
        """
        if self.config.site_at:
            return env
        root = Path(config.config_file_path).parent
        findings = chapter_findings(self.extension.chapters.values(), Path(config.docs_dir), root)
        rules = self.good.handbook.settings.rules if self.good else {}
        report(judge(findings, rules, self.config.strict_rules), self.serving)
        return env

    @event_priority(-100)
    def _start_writing(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Begin to write the pages that are alike, now that no plugin changes the templates any more."""
        if self.fast:
            self.fast.start(env, self.nav, files)
            if not self.fast.part.is_first:
                leave_to_first(files, config)
        return env

    on_env = CombinedEvent(_report_chapters, _start_writing)

    @event_priority(100)
    def _before_search(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give our page its own part of the navigation, and the search plugin only the page's text."""
        if isinstance(page, HandbookPage):
            if page.is_made_late:
                page.complete()
            context["nav"] = navigation_of(page, nav, Addresses(config.use_directory_urls).url)
            page.content = search_html(page.site_page.search or ())
        elif placed := self.extension.placed(page.file):
            self.content = page.content or ""
            page.content = without(self.content, placed)
        return context

    @event_priority(-100)
    def _after_search(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Restore the page's whole content."""
        if isinstance(page, HandbookPage):
            page.content = page.site_page.html
        elif self.extension.placed(page.file):
            page.content = self.content
        return context

    on_page_context = CombinedEvent(_before_search, _after_search)

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Leave pages of the past out of the sitemap."""
        if template_name == "sitemap.xml":
            pages = context["pages"]
            context["pages"] = listed(self.fast.in_order(pages) if self.fast else pages)
        return context

    @event_priority(100)
    def _finish_writing(self, *, config: MkDocsConfig) -> None:
        """Wait until the pages that are alike are written, and put what they say into the search index."""
        if self.fast:
            self.fast.finish()
            if self.manifest:
                pages = tuple(self.fast.urls) if self.manifest.part.is_first else ()
                replace(self.manifest, pages=pages).write(Path(config.site_dir))

    @event_priority(-100)
    def _publish(self, *, config: MkDocsConfig) -> None:
        """Replace the old site with the new one, now complete, unless `--strict` is about to refuse it.

        Raises PluginError if it cannot be replaced, and then it is still there.
        """
        if self.staging and not refused(config):
            try:
                exchange(self.staging, self.site_dir)
            except OSError as error:
                raise PluginError(f"{self.site_dir} cannot be replaced: {error}") from None
            config.site_dir, self.staging = str(self.site_dir), None
            log.info(f"The site is in {self.site_dir}")
        gc.enable()

    @event_priority(-100)
    def _start_preview(self, *, config: MkDocsConfig) -> None:
        """Let later edits of the goals be shown without another build, as far as that is possible."""
        if self.preview:
            is_simple = self.fast and not self.config.site_at and not any(c.placed for c in self._chapters())
            self.preview.built(base_of(self.fast) if self.fast and is_simple else None, self.pages, self.site)

    on_post_build = CombinedEvent(_finish_writing, _publish, _start_preview)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch the goals instead of MkDocs, and show them at once."""
        if self.preview:
            goals_dir = Path(config.config_file_path).parent / self.config.goals_dir
            config.watch.remove(str(goals_dir))
            self.end_serving = serve_goals(server, self.preview, goals_dir, self.read_again)
        return server

    def on_shutdown(self) -> None:
        """Stop watching the goals."""
        if self.end_serving:
            self.end_serving()

    def read_again(self) -> bool:
        """Read the goals after an edit; returns whether MkDocs can do without another build."""
        config, before = self.built_with, self.good
        goals_dir = Path(config.config_file_path).parent / self.config.goals_dir
        goals = read_goals(goals_dir, self.config, before)
        if goals is before or self.preview is None:
            return True
        if self.preview.failed:
            return False
        is_shown = self.preview.takes(self._build(goals_dir, goals, self._settings(config)))
        self.good = goals
        return is_shown

    def on_build_error(self, *, error: Exception) -> None:
        """Keep the old site; `serve` has none any more."""
        if self.preview:
            self.preview.failed = str(error)
        self._give_up()

    def _give_up(self) -> None:
        """Leave nothing behind of a build that did not end well."""
        gc.enable()
        if self.fast:
            self.fast.stop()
        if self.staging:
            discard(self.staging)

    def _chapters(self) -> Iterable[Chapter]:
        return self.extension.chapters.values()

    def _settings(self, config: MkDocsConfig) -> SiteSettings:
        overrides = (Path(config.theme.custom_dir) / OVERRIDES,) if config.theme.custom_dir else ()
        words = words_in(str(config.theme.get("language") or "en"))
        return SiteSettings(self.config.audience, addresses_of(config, self._to_goals(config)), overrides, words)

    def _build(self, goals_dir: Path, goals: Goals, settings: SiteSettings) -> Site:
        """Return today's site with its snapshots, or a site of the past; `serve` leaves out snapshots to be quick."""
        if self.config.site_at:
            return site_at(read_site_at(goals_dir, self.config, goals, self.config.site_at), settings)
        known = self.shown if self.serving else None
        self.shown = show(goals.handbook, goals.assessment, goals.history, settings.audience, known)
        site = site_of(self.shown.assessment, self.shown.history, settings)
        snapshots = () if self.serving else read_snapshots(goals_dir, self.config, goals)
        return with_snapshots(site, snapshots, goals.handbook, settings)

    def _to_goals(self, config: MkDocsConfig) -> str:
        """Return the goals folder relative to the docs."""
        root = Path(config.config_file_path).parent / self.config.goals_dir
        return posixpath.relpath(root.as_posix(), Path(config.docs_dir).as_posix())

    def _stage(self, config: MkDocsConfig) -> None:
        """Build beside the old site; `serve` builds in a temporary folder that only its own server reads."""
        self.site_dir = Path(config.site_dir)
        self.staging = None if self.serving else staging_folder(self.site_dir)
        if self.staging:
            config.site_dir = str(self.staging)
            atexit.register(self._give_up)  # for MkDocs, Ctrl-C is not an error of the build
