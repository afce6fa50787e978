"""The page of every key, made from the schema that editors check with: it has exactly what the reader accepts."""

from __future__ import annotations

import ast
import inspect
import json
import re
import sys
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from goal_handbook.model.entity import Entity
from goal_handbook.source.schema import KINDS, schema_of

PAGE = "manual/fields.md"
INTRO = """# Every key

All keys of all files, with what each can hold. This page is made from the models that read your files, and so is what
`goals schema` gives to your editor. [The file format](format.md) says how they belong together.

Keys in bold are required. A single value will do for a list of one. A key that starts with `x-` is yours: it is kept
and ignored.
"""
#: Titles of the files; the parts of a file are called by the key that holds them.
FILES = {"handbook": "handbook.yaml", "team": "A team's file", "seller": "A seller's file", "leader": "A leader's file"}
#: What a value is called, by the name of its type in `model/`.
TYPES = {
    "AllShares": "a list of divisions, such as `equal` or `60,40`",
    "Base64": "a signature",
    "Conditions": "a list of `COLUMN=VALUE`",
    "Count": "a whole number",
    "Currency": "a currency code",
    "DateFormat": "a format of dates, such as `%d/%m/%Y`",
    "Day": "a date",
    "Digest": "a checksum",
    "Email": "an email address",
    "Emails": "a list of email addresses",
    "Factor": "a number above 0, up to 10",
    "GoalPattern": "a goal, with `{owner}` for whoever it is",
    "GoalRef": "a goal",
    "Number": "a number",
    "Over": "a time, such as `3 months`",
    "Positive": "a whole number above 0",
    "Prose": "text, in Markdown",
    "Range": "a whole number, or two: from and to",
    "Rate": "a number above 0",
    "ReadingsFile": "a path, such as `readings/crm.csv`",
    "RequiredProse": "text, in Markdown",
    "Share": "a number above 0, up to 1",
    "Slug": "an id",
    "Slugs": "a list of ids",
    "SomeSlugs": "a list of ids",
    "Text": "a line of text",
    "Texts": "a list of lines of text",
    "Times": "a whole number, or two: from and to",
    "Unit": "`money`, `percent`, a currency code or a noun",
    "Value": "a value of that field, or `none`",
    "With": "`each-seller`, `team`, `anyone`, or a list of ids",
    "YesNo": "`yes` or `no`",
    "str": "text",
}
#: What the keys of a mapping are.
KEYS = {"Currency": "currency", "Slug": "id", "str": "code"}
#: Types that have the form of another one, or are a list of it.
LISTS = {"Memberships": "Membership", "Supports": "Support"}


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the page to the site."""
    page = File.generated(config, PAGE, content=page_of_fields())
    page.edit_uri = "../generator/goal_handbook/model/goal.py"
    files.append(page)
    return files


def page_of_fields() -> str:
    """Return the page as Markdown: the four kinds of files, then the parts of them in the order of their use."""
    schemas = {kind: schema_of(kind) for kind in FILES}
    definitions = {name: part for schema in schemas.values() for name, part in schema.pop("$defs").items()}
    models = {model.__name__: model for model in _subclasses(Entity)}
    files = [_section(title, KINDS[kind], schemas[kind]) for kind, title in FILES.items()]
    parts = [_section(_title(name), models[name], definitions[name]) for name in _used(schemas, definitions)]
    return "\n".join([INTRO, *files, *parts])


def _used(schemas: dict[str, Any], definitions: dict[str, Any]) -> list[str]:
    """The names of the definitions, each below the one that uses it first."""
    found: dict[str, None] = {}
    open_ends = [schemas]
    while open_ends:
        named = re.findall(r"#/\$defs/(\w+)", json.dumps(open_ends.pop(0)))
        open_ends += [definitions[name] for name in dict.fromkeys(named) if name not in found]
        found |= dict.fromkeys(named)
    return list(found)


def _subclasses(model: type[Any]) -> Iterator[type[Any]]:
    for each in model.__subclasses__():
        yield each
        yield from _subclasses(each)


def _title(name: str) -> str:
    """A part's name in words: `PlanStep` is a plan step."""
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()
    return words.capitalize()


def _link(name: str) -> str:
    title = _title(name).lower()
    return f"[{title}](#{title.replace(' ', '-')})"


def _section(title: str, model: type[Any], schema: dict[str, Any]) -> str:
    about = re.sub(r" ?\(format\.md[^)]*\)", "", inspect.getdoc(model) or "")
    lines = [f"## {title}", "", about, "", "| key | value | meaning |", "|---|---|---|"]
    names = {info.alias or name: name for name, info in model.model_fields.items()}
    for key, value in schema["properties"].items():
        label = f"**`{key}`**" if key in schema["required"] else f"`{key}`"
        lines.append(f"| {label} | {_type_of(model, names[key])} | {_meaning(value)} |")
    return "\n".join(lines) + "\n"


def _meaning(schema: dict[str, Any]) -> str:
    text: str = schema["markdownDescription"]
    return text.replace(" (Markdown)", "")  # the type says it already


def _type_of(model: type[Any], field: str) -> str:
    """What a field can hold, in words."""
    owner = next(base for base in model.__mro__ if field in inspect.get_annotations(base))
    annotation = ast.parse(inspect.get_annotations(owner)[field], mode="eval").body
    return _words(annotation, vars(sys.modules[owner.__module__]))


def _words(node: ast.expr, names: dict[str, Any]) -> str:
    match node:
        case ast.Constant():
            return ""
        case ast.BinOp(left=left):  # … | None
            return _words(left, names)
        case ast.Subscript(value=ast.Name("tuple"), slice=ast.Tuple(elts=[item, *_])):
            return f"a list: {_words(item, names)}"
        case ast.Subscript(value=ast.Name("dict"), slice=ast.Tuple(elts=[key, value])):
            return f"by {KEYS[ast.unparse(key)]}: {_words(value, names)}"
        case ast.Subscript(value=ast.Name("Literal"), slice=choices):
            return _choices(ast.literal_eval(choices))
        case ast.Subscript(value=ast.Name("Annotated"), slice=ast.Tuple(elts=[item, *_])):
            return _words(item, names)
        case ast.Name(name) if name in TYPES:
            return TYPES[name]
        case ast.Name(name) if name in LISTS:
            return f"a list: {_link(LISTS[name])}"
        case ast.Name(name) if get_origin(names[name]) is Literal:
            return _choices(get_args(names[name]))
        case ast.Name(name) if issubclass(names[name], Entity):
            return _link(name)
    raise LookupError(ast.unparse(node))


def _choices(values: Any) -> str:
    return ", ".join(f"`{value}`" for value in ([values] if isinstance(values, str) else values))
