"""`goals rule`: what a rule is about, why it matters, and how to fix what it finds."""

from __future__ import annotations

import click

from .common import Unusable


@click.command()
@click.argument("name", metavar="[RULE]", required=False, default="")
def rule(name: str) -> None:
    """Explain a rule, or list them all.

    Name the rule by its code (GH301) or by its name (no-landmark).
    """
    from ..rules.registry import FAMILIES, RULES, family, unknown_rule_help

    if not name:
        for family_code, title in FAMILIES.items():
            click.echo(f"{family_code} {title}")
            for one in (r for r in RULES.values() if family(r.code) == family_code):
                click.echo(f"  {one.code}  {one.slug:<25} {one.severity:<8} {one.summary}")
        return
    from ..rules.page import rule_page

    found = RULES.get(name.upper()) or next((r for r in RULES.values() if r.slug == name.lower()), None)
    if found is None:
        raise Unusable(f'unknown rule "{name}"', unknown_rule_help(name))
    click.echo(rule_page(found).markdown(), nl=False)
