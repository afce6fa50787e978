"""The imports that handbook.yaml remembers: which of them an export is for, and how an answered one gets there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..findings import did_you_mean, with_help
from .edits import write_files
from .import_options import ImportOptions
from .prompts import choose, is_interactive

if TYPE_CHECKING:
    from ..model.imports import Import
    from ..workspace import Workspace

#: Returns the headings of the sheet with a name ("": the first visible one).
Headings = Callable[[str], Sequence[str]]


def recalled(options: ImportOptions, imports: Sequence[Import], headings: Headings, folder: Path) -> ImportOptions:
    """Return the options with what a remembered import says besides: the one named, or the one with these headings.

    Where there is none, they are returned as they are. Raises UsageError if the named one does not exist, and where
    nobody can be asked if several have these headings, or none has and no column is named.
    """
    if options.import_name:
        found = _named(options.import_name, imports)
    else:
        fitting = [one for one in imports if _fits(one, headings(options.sheet or one.sheet or ""))]
        if not fitting:
            if imports and not options.names_columns and not is_interactive():
                raise _unlike(imports, lambda one: headings(options.sheet or one.sheet or ""))
            return options
        found = fitting[0] if len(fitting) == 1 else _chosen(fitting)
    return options.or_else(ImportOptions.remembered(found, folder))


def _fits(remembered: Import, headings: Sequence[str]) -> bool:
    return not _lacking(remembered, headings)


def _lacking(remembered: Import, headings: Sequence[str]) -> list[str]:
    """Return the columns of an import that are not there."""
    from ..crm.columns import folded_heading

    there = set(map(folded_heading, headings))
    return [column for column in remembered.columns if folded_heading(column) not in there]


def _unlike(imports: Sequence[Import], headings: Callable[[Import], Sequence[str]]) -> click.UsageError:
    """What is wrong with an export that none of the imports is for, by the import that lacks the fewest columns."""
    nearest = min(imports, key=lambda one: len(_lacking(one, headings(one))))
    lacking, there = _lacking(nearest, headings(nearest)), headings(nearest)
    message = f'no import in handbook.yaml fits this export: "{nearest.name}" reads a column "{lacking[0]}"'
    near = did_you_mean(lacking[0], there)
    help = f"{near} " if near else ""
    return click.UsageError(with_help(message, f"{help}correct it there, or name all columns with options"))


def _named(name: str, imports: Sequence[Import]) -> Import:
    for one in imports:
        if one.name == name:
            return one
    names = [one.name for one in imports]
    help = did_you_mean(name, names) or (f"there are {', '.join(names)}" if names else "leave out --as, to be asked")
    raise click.BadParameter(with_help(f'handbook.yaml has no import "{name}"', help), param_hint="'--as'")


def _chosen(fitting: Sequence[Import]) -> Import:
    """Return the one that a person chooses. Raises UsageError without a terminal."""
    names = [one.name for one in fitting]
    if not is_interactive():
        message = f"handbook.yaml has several imports of these columns: {', '.join(names)}"
        raise click.UsageError(with_help(message, f"name one, e.g. --as {names[0]}"))
    return fitting[names.index(choose("--as", "Which import is it", None, names))]


def remember(options: ImportOptions, name: str, into: str, folder: Path, workspace: Workspace) -> Workspace:
    """Write complete options into handbook.yaml as an import with a name, show it, and return the handbook with it.

    `into` is the path of the readings file in the goals folder. Raises Unusable if it cannot be edited.
    """
    from ..source.edit import Add
    from ..source.file_edit import edited_files

    said = {key: value for key, value in _as_data(options).items() if value}
    item = {"name": name, **{key: said[key] for key in _keys() if key in said}, "into": into}
    edits = {"handbook.yaml": [Add(("imports",), item)]}
    return write_files(folder, folder / "handbook.yaml", workspace, lambda _: edited_files(folder, edits))


def _keys() -> list[str]:
    """Return the keys of an import in the format's order."""
    from ..model.imports import Import

    return list(Import.model_fields)


def _as_data(options: ImportOptions) -> dict[str, str | list[str]]:
    """Return options as handbook.yaml spells them."""
    found: dict[str, str | list[str]] = {}
    for key in _keys():
        value = getattr(options, key, None)
        if isinstance(value, bool):
            found[key] = "yes" if value else ""
        elif isinstance(value, tuple):
            found[key] = list(value)
        elif isinstance(value, str) and (key, value) != ("per", "month"):
            found[key] = value
    return found
