"""A page for each rule and a list of them all, made from the rules themselves so that the manual stays up to date."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from goal_handbook.rules.page import rule_page
from goal_handbook.rules.registry import FAMILIES, RULES, family

FOLDER = "manual/rules"
INDEX = """# Rules

Every finding of `goals check` names a rule by its code, and `goals rule GH301` shows the page of that rule.

You can change the severity of a rule or of a whole family in `handbook.yaml`: `rules: {GH301: error, GH5: off}`. Two
families are special:

- **GH1** always reports errors, because a file that cannot be read cannot be published.
- **GH6** compares two versions (`goals check --since REV`) and uses the severities of the earlier one, so a change
  cannot switch off the rule that would stop it.

A rule that is off by default is turned on by its own code, and not by its family's: `rules: {GH414: warning}`.

`goals check --strict` and the plugin option `strict_rules` turn warnings into errors.
"""


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the pages to the site."""
    files.append(File.generated(config, f"{FOLDER}/index.md", content=index()))
    for rule in RULES.values():
        page = File.generated(
            config, f"{FOLDER}/{rule.code}.md", content=rule_page(rule).markdown(), inclusion=InclusionLevel.NOT_IN_NAV
        )
        page.edit_uri = f"../generator/goal_handbook/rules/pages/{rule.code}.md"
        files.append(page)
    return files


def index() -> str:
    """Return the list of all rules, by family, as Markdown."""
    parts = [INDEX]
    for name, title in FAMILIES.items():
        rows = (
            f"| [{rule.code}]({rule.code}.md) | {rule.slug} | {rule.severity} | {rule.summary} |\n"
            for rule in RULES.values()
            if family(rule.code) == name
        )
        parts.append(f"\n## {name} {title}\n\n| Rule | Name | Default | Summary |\n|---|---|---|---|\n{''.join(rows)}")
    return "".join(parts)
