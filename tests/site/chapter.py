"""A chapter rendered as MkDocs renders it, without building a site."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from goal_handbook.findings import Finding
from goal_handbook.mkdocs_plugin.chapter_findings import chapter_findings
from goal_handbook.mkdocs_plugin.chapters import ChapterExtension, without
from goal_handbook.pages.routes import Addresses
from goal_handbook.site import SiteSettings, build_site
from goal_handbook.workspace import Workspace

MKDOCS = """
site_name: Test
plugins: []
markdown_extensions: [admonition, tables, attr_list, md_in_html, footnotes, pymdownx.superfences, pymdownx.highlight, toc: {permalink: false}]
"""


@dataclass(frozen=True)
class Rendered:
    """A chapter's HTML, its table of contents as MkDocs has it, what search reads of it, and what is wrong in it."""

    html: str
    toc: list[tuple[int, str, str]]
    searched: str
    findings: list[Finding]


def render_chapter(
    workspace: Workspace, text: str, folder: Path, name: str = "our-year.md", settings: SiteSettings | None = None
) -> Rendered:
    """Render a chapter of this text beside a handbook, written to `folder`."""
    settings = settings or SiteSettings(addresses=Addresses())
    assert workspace.handbook
    assert workspace.assessment
    site = build_site(workspace.handbook, workspace.assessment, workspace.history, settings)
    path = folder / "docs" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    config = load_config(str(folder / "mkdocs.yml"), use_directory_urls=settings.addresses.directories)
    extension = ChapterExtension(site.chapters)
    config.markdown_extensions.append(extension)  # type: ignore[arg-type]
    file = File(name, config.docs_dir, config.site_dir, settings.addresses.directories)
    page = Page(None, file, config)
    page.read_source(config)
    page.render(config, Files([file]))
    html = page.content or ""
    return Rendered(
        html,
        [(item.level, item.title, item.id) for top in page.toc for item in (top, *top.children)],
        without(html, extension.placed(file)),
        chapter_findings(extension.chapters.values(), Path(config.docs_dir), folder),
    )
