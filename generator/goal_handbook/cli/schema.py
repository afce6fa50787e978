"""`goals schema`: what an editor needs to complete, explain and check as you type."""

from __future__ import annotations

import json

import click


@click.command()
@click.argument("kind", type=click.Choice(["handbook", "team", "seller", "leader"]))
def schema(kind: str) -> None:
    """Print the JSON Schema for a kind of file.

    It is JSON Schema draft 2020-12, for editors with the YAML language server.
    """
    from ..source.schema import schema_of

    click.echo(json.dumps(schema_of(kind), indent=2, ensure_ascii=False))
