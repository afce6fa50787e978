"""`goals site-at`: a site of the handbook as it stood on a day."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from .common import DIR, Day, Unusable, goals_folder


@click.command("site-at")
@click.argument("day", metavar="DATE", type=Day())
@click.option("--out", metavar="DIR", type=click.Path(path_type=Path), help="Where to build it; default: site-at/DATE.")
@DIR
def site_at(day: datetime.date, out: Path | None, directory: Path) -> None:
    """Build the site as the handbook stood on a day.

    Its files are those of git on that day, and so is its status date. Whatever was removed since is not shown. It needs
    the mkdocs.yml (or properdocs.yml) of the handbook.
    """
    from ..build import CannotBuild, build_site_at

    config, site = _config_of(directory), out or Path("site-at") / str(day)
    if site.exists() and not is_replaceable(site):
        raise Unusable(f"{site} is not a site of a handbook", "name a new folder with --out")
    try:
        build_site_at(config, day, site)
    except CannotBuild as problem:
        raise Unusable(str(problem)) from None
    click.echo(f"built the site of {day} in {site}")


def _config_of(directory: Path) -> Path:
    """The engine's configuration in the folder that is named, or beside the goals. Raises Unusable."""
    from ..build import CONFIG_NAMES

    folder = goals_folder(directory)
    if not (folder / "handbook.yaml").exists():
        raise Unusable(f"no handbook.yaml in {folder.as_posix()}", "name the folder that contains it")
    places = (place / name for place in (directory, folder.absolute().parent) for name in CONFIG_NAMES)
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        help = "name the folder that contains both with --dir"
        raise Unusable(f"no mkdocs.yml beside {folder.as_posix()}", help)
    return found


def is_replaceable(site: Path) -> bool:
    """Whether nothing but a site is lost when another takes its place."""
    return site.is_dir() and (not any(site.iterdir()) or (site / "handbook.json").is_file())
