"""Findings for programs: GitHub's workflow annotations and SARIF 2.1.0."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from .. import __version__
from ..findings import Finding, Location, printable
from ..rules.page import rule_page
from ..rules.registry import RULES, Rule

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_github(findings: Iterable[Finding]) -> str:
    """Return workflow commands, errors first: GitHub shows ten of each kind at their lines.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    ordered = sorted(findings, key=lambda finding: finding.severity != "error")
    return "\n".join(_annotation(finding) for finding in ordered)


def _annotation(finding: Finding) -> str:
    location = finding.location
    about = {"file": location.path, "line": location.line or 1, "title": f"{finding.code} {RULES[finding.code].slug}"}
    if location.column:
        about["col"] = location.column
    properties = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in about.items())
    return f"::{finding.severity} {properties}::{_escaped(_sentence(finding))}"


def _escaped(text: str, more: str = "") -> str:
    """Return text for a workflow command: a newline in it must not start another command."""
    return "".join(f"%{ord(c):02X}" if c in f"%\r\n{more}" else c for c in text)


def as_sarif(findings: Sequence[Finding]) -> str:
    """Return a SARIF 2.1.0 log of one run, with the pages of the rules it names."""
    rules = [RULES[code] for code in sorted({finding.code for finding in findings})]
    index = {rule.code: i for i, rule in enumerate(rules)}
    driver = {"name": "goal-handbook", "semanticVersion": __version__, "rules": [_rule(rule) for rule in rules]}
    results = [_result(finding, index[finding.code]) for finding in findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)


def _rule(rule: Rule) -> dict[str, Any]:
    page = rule_page(rule)
    return {
        "id": rule.code,
        "name": rule.slug,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": " ".join(page.what.split())},
        "help": {"text": page.markdown(), "markdown": page.markdown()},
        "defaultConfiguration": {"level": rule.severity} if rule.severity != "off" else {"enabled": False},
    }


def _result(finding: Finding, rule_index: int) -> dict[str, Any]:
    sentence = _sentence(finding)
    same = f"{finding.code} {finding.location.path} {finding.message}".encode(errors="surrogateescape")
    return {
        "ruleId": finding.code,
        "ruleIndex": rule_index,
        "level": finding.severity,
        "message": {"text": sentence},
        "locations": [{"physicalLocation": _location(finding.location)}],
        "partialFingerprints": {"goalHandbook/v1": hashlib.sha256(same).hexdigest()[:32]},
    }


def _location(location: Location) -> dict[str, Any]:
    path = PurePath(location.path)
    uri = path.as_uri() if path.is_absolute() else quote(path.as_posix(), errors="surrogateescape")
    region = (
        {"region": {"startLine": location.line, "startColumn": location.column}}
        if location.line and location.column
        else {}
    )
    return {"artifactLocation": {"uri": uri}, **region}


def _sentence(finding: Finding) -> str:
    help = f"\nhelp: {printable(finding.help)}" if finding.help else ""
    return f"{printable(finding.message)}{help}"
