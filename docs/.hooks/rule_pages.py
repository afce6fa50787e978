"""A page for each rule, and their list: made from the rules, so that the manual cannot say anything else."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from goal_handbook.rules.page import rule_page
from goal_handbook.rules.registry import FAMILIES, RULES, family

FOLDER = "manual/rules"
INDEX = """# The rules

`goals check` names a rule in every finding; `goals rule GH301` shows its page. A house may judge otherwise, in
`handbook.yaml`, by the code of a rule or of a family: `rules: {GH301: error, GH5: off}`. The family GH1 cannot be
lowered: what was not read cannot be published. GH6 is checked by `goals check --since REV`, and judged by the
handbook as it was before the change. `goals check --strict` and the plugin's `strict_rules` make warnings errors.
"""


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the pages to MkDocs' files."""
    files.append(File.generated(config, f"{FOLDER}/index.md", content=index()))
    for rule in RULES.values():
        page = File.generated(
            config, f"{FOLDER}/{rule.code}.md", content=rule_page(rule).markdown(), inclusion=InclusionLevel.NOT_IN_NAV
        )
        page.edit_uri = f"../generator/goal_handbook/rules/pages/{rule.code}.md"
        files.append(page)
    return files


def index() -> str:
    """The list of all rules, by family."""
    parts = [INDEX]
    for name, title in FAMILIES.items():
        rows = (
            f"| [{rule.code}]({rule.code}.md) | {rule.slug} | {rule.severity} | {rule.summary} |\n"
            for rule in RULES.values()
            if family(rule.code) == name
        )
        parts.append(
            f"\n## {name} {title}\n\n| Rule | Name | By default | What is wrong |\n|---|---|---|---|\n{''.join(rows)}"
        )
    return "".join(parts)
