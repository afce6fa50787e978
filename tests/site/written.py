"""What people wrote in the files of goals, replaced by something else, so that what is left on a page is ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import yaml

#: What people write; a unit is a noun, unless it is money or percent.
WRITTEN = {
    *("name", "title", "why", "fits", "note", "do", "what", "deliver", "market", "motivation", "understood", "next"),
    *("actions", "unit"),
}
KEPT = {"money", "percent", "USD"}


def copy_with(goals: Path, folder: Path, change: Callable[[str], str], **settings: str) -> Path:
    """Copy a goals folder with everything that people wrote changed, and other settings; returns the copy."""
    for path in goals.rglob("*.*"):
        copy = folder / path.relative_to(goals)
        copy.parent.mkdir(exist_ok=True)
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".yaml":
            node = yaml.compose(text, Loader=yaml.SafeLoader)
            _change(node, change, "", settings if path.name == "handbook.yaml" else {})
            text = yaml.serialize(node, Dumper=yaml.SafeDumper, allow_unicode=True)
        copy.write_text(text, encoding="utf-8")
    return folder


def _change(node: yaml.Node | None, change: Callable[[str], str], key: str, settings: Mapping[str, str]) -> None:
    """Change the texts below a key. Nodes keep what YAML takes for a truth value as it is written: `on`."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            _change(value, change, name.value, settings)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _change(value, change, key, settings)
    elif isinstance(node, yaml.ScalarNode) and key in settings:
        node.value = settings[key]
    elif isinstance(node, yaml.ScalarNode) and key in WRITTEN and node.value not in KEPT:
        node.value = change(node.value)
