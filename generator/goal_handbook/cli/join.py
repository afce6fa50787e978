"""`goals join`: one site from the parts that several machines have built."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from .common import Unusable, writing
from .site_at import is_replaceable

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command()
@click.argument("parts", metavar="PART...", nargs=-1, required=True, type=_FOLDER)
@click.option("--into", metavar="DIR", required=True, type=click.Path(path_type=Path), help="Where the site is to be.")
def join(parts: Sequence[Path], into: Path) -> None:
    """Join the parts of a site.

    Each PART is a folder that mkdocs build has made with the option part, such as part: 2/8. What comes out is the
    site that one build without the option would have made. DIR is replaced as a whole, and the parts stay as they are.
    """
    from ..parts import CannotJoin
    from ..parts import join as join_parts
    from ..words import plural

    if any(into.resolve() in (part.resolve(), *part.resolve().parents) for part in parts):
        raise Unusable(f"{into} is a part, or holds one", "name a new folder with --into")
    if into.exists() and not is_replaceable(into):
        raise Unusable(f"{into} is not a site of a handbook", "name a new folder with --into")
    try:
        with writing(into):
            count = join_parts(parts, into)
    except CannotJoin as problem:
        raise Unusable(str(problem)) from None
    click.echo(f"joined {plural(len(parts), 'part')} in {into}: {plural(count, 'file')}")
