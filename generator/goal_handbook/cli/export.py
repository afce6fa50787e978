"""`goals export`: the site as Markdown files, for generators that load no plugins."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..words import plural
from .common import AS_OF, DIR, Unusable, goals_folder, open_for_report, output_format, print_findings, writing

if TYPE_CHECKING:
    from ..findings import Finding
    from ..model.audience import Audience
    from ..model.handbook import Handbook
    from ..site import SiteSettings

#: The folder below the target that is replaced each time, and the file beside it that is written once.
_DOCS, _CONFIG = "docs", "zensical.toml"
_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command()
@click.argument("target", metavar="TARGET", type=click.Path(path_type=Path, file_okay=False))
@output_format("markdown")
@click.option("--audience", type=click.Choice(("team", "leaders")), default="team", show_default=True, help="For whom.")
@click.option("--docs", metavar="DIR", type=_FOLDER, help="Your chapters; default: docs.")
@click.option("--overrides", metavar="DIR", type=_FOLDER, help="Where your own templates are.")
@click.option("--site-url", metavar="URL", default="", help="Where the site will be, for calendars and the feed.")
@click.option("--edit-uri", metavar="URL", default="", help="The docs on your forge, as in mkdocs.yml.")
@AS_OF
@DIR
def export(
    target: Path,
    form: str,
    audience: Audience,
    docs: Path | None,
    overrides: Path | None,
    site_url: str,
    edit_uri: str,
    as_of: datetime.date | None,
    directory: Path,
) -> None:
    """Write the site as Markdown files.

    For Zensical and other generators that do not load the plugin. TARGET/docs is replaced each time;
    TARGET/zensical.toml, with the navigation, is written once, and is yours from then on.
    """
    from ..markdown_site import CannotExport, docs_of, files_of, zensical_config
    from ..pages.render import BadTemplate
    from ..site import build_site

    folder = goals_folder(directory)
    chapters = docs or folder.absolute().parent / _DOCS
    _must_be_replaceable(target / _DOCS, chapters)
    assessment, history = open_for_report(directory, as_of)
    settings = _settings(assessment.handbook, audience, folder, chapters, overrides, site_url, edit_uri)
    try:
        site = build_site(assessment.handbook, assessment, history, settings)
        own = docs_of(site, _files(chapters), os.path.relpath(chapters))
        _stop_on_errors(own.findings, assessment.handbook)
        name = assessment.handbook.settings.name
        config = zensical_config(name, site, own.files, site_url, settings.words.language)
        with writing(target):
            count = _write(target, files_of(site, own), config)
    except (BadTemplate, CannotExport) as problem:
        raise Unusable(str(problem)) from None
    click.echo(f"wrote {plural(count, 'file')} to {target / _DOCS}")
    click.echo(f"next: cd {target} && zensical build --strict")


def _settings(
    handbook: Handbook,
    audience: Audience,
    folder: Path,
    chapters: Path,
    overrides: Path | None,
    site_url: str,
    edit_uri: str,
) -> SiteSettings:
    from ..catalogue import words_in
    from ..pages.forge import new_file_of
    from ..pages.render import OVERRIDES
    from ..pages.routes import Addresses, commits_of
    from ..site import SiteSettings

    goals = Path(os.path.relpath(folder, chapters)).as_posix()
    addresses = Addresses(True, commits_of(edit_uri), site_url, new_file_of(edit_uri, goals) if edit_uri else None)
    templates = (overrides / OVERRIDES,) if overrides else ()
    return SiteSettings(audience, addresses, templates, words_in(handbook.settings.locale), link_sources=True)


def _must_be_replaceable(written: Path, chapters: Path) -> None:
    """Raise Unusable if more than an earlier export would be lost, or if it would be exported itself."""
    here, there = written.resolve(), chapters.resolve()
    if here.is_relative_to(there) or there.is_relative_to(here):
        raise Unusable(f"{written} would be among the chapters", "name a folder elsewhere")
    if written.exists() and not _is_export(written):
        raise Unusable(f"{written} is not an earlier export", "name a new folder")


def _is_export(written: Path) -> bool:
    return written.is_dir() and (not any(written.iterdir()) or (written / "handbook.json").is_file())


def _files(docs: Path) -> dict[str, bytes]:
    """The files of a folder by their path in it, without hidden ones; none if there is no such folder."""
    found = (path for path in sorted(docs.rglob("*")) if path.is_file())
    named = ((path.relative_to(docs), path) for path in found)
    return {
        name.as_posix(): path.read_bytes() for name, path in named if not any(part[0] == "." for part in name.parts)
    }


def _stop_on_errors(found: Sequence[Finding], handbook: Handbook) -> None:
    """Print what is wrong in the chapters; exit if any of it is an error."""
    from ..rules.registry import judge

    findings = judge(found, handbook.settings.rules)
    print_findings(findings)
    if any(finding.severity == "error" for finding in findings):
        click.get_current_context().exit(1)


def _write(target: Path, files: Iterable[tuple[str, bytes]], config: str) -> int:
    """Replace the docs as a whole, and write the configuration if there is none; return how many files there are.

    Raises OSError, and whatever the files raise; then everything is as it was.
    """
    from ..source.atomic import write_text
    from ..staging import discard, exchange, staging_folder

    target.mkdir(parents=True, exist_ok=True)
    staging = staging_folder(target / _DOCS)
    if staging is None:
        raise Unusable(f"{target / _DOCS} cannot be replaced", "name a new folder")
    try:
        count = 0
        for name, content in files:
            count += 1
            path = staging / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        exchange(staging, target / _DOCS)
    except BaseException:
        discard(staging)
        raise
    if not (target / _CONFIG).exists():
        write_text(target / _CONFIG, config)
    return count
