"""The real yaml-language-server, headless: completion, hover, a diagnostic on a wrong key, and its fix."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from goal_handbook.source.schema import schema_of

from ..node import NODE, node_module

SELLER = """# yaml-language-server: $schema=../.schema/seller.json
name: Moses Frase
team: central
goals:
  - id: new-business
    title: Close 260,000
    landmraks:
      - {id: q2, due: 2017-06-30, value: 90_000}
"""


class Editor:
    """An editor's half of the language server protocol, over standard input and output."""

    def __init__(self, folder: Path) -> None:
        server = node_module("yaml-language-server") / "bin" / "yaml-language-server"
        self.process = subprocess.Popen([NODE, server, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.last = 0
        self.diagnostics: dict[str, list[dict[str, Any]]] = {}
        self.ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}})
        self.print_findings("initialized", {})
        settings = {"yaml": {"schemaStore": {"enable": False}, "hover": True, "completion": True, "validate": True}}
        self.print_findings("workspace/didChangeConfiguration", {"settings": settings})

    def open(self, path: Path) -> str:
        """Open a file and wait for what the server says of it."""
        uri, text = path.as_uri(), path.read_text(encoding="utf-8")
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.print_findings("textDocument/didOpen", {"textDocument": document})
        while uri not in self.diagnostics:
            self.handle(self.read())
        return uri

    def at(self, method: str, uri: str, line: int, character: int, **more: Any) -> Any:
        """Ask about a place (from 0)."""
        location = {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}
        return self.ask(f"textDocument/{method}", {**location, **more})

    def ask(self, method: str, params: Any) -> Any:
        self.last += 1
        self.send({"jsonrpc": "2.0", "id": self.last, "method": method, "params": params})
        while True:
            message = self.read()
            if message.get("id") == self.last and "method" not in message:
                assert "error" not in message, message
                return message["result"]
            self.handle(message)

    def print_findings(self, method: str, params: Any) -> None:
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def handle(self, message: dict[str, Any]) -> None:
        """What the server says or asks by itself."""
        if message.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "id" in message and "method" in message:
            asked = message["params"].get("items", []) if message["method"] == "workspace/configuration" else None
            answer = [None for _ in asked] if asked is not None else None
            self.send({"jsonrpc": "2.0", "id": message["id"], "result": answer})

    def send(self, message: dict[str, Any]) -> None:
        body = json.dumps(message).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def read(self) -> dict[str, Any]:
        assert self.process.stdout
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b": ")
            length = int(value) if name.lower() == b"content-length" else length
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        return message


@pytest.fixture(scope="module")
def goals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A seller's file with a misspelt key, beside the schemas."""
    folder = tmp_path_factory.mktemp("editor") / "goals"
    for kind in ("seller", "team"):
        path = folder / ".schema" / f"{kind}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(schema_of(kind)), encoding="utf-8")
    (folder / "sellers").mkdir()
    (folder / "sellers" / "moses-frase.yaml").write_text(SELLER, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def editor(goals: Path) -> Iterator[Editor]:
    """An editor with the folder open."""
    editor = Editor(goals)
    yield editor
    editor.process.kill()
    editor.process.communicate()


@pytest.fixture(scope="module")
def moses(editor: Editor, goals: Path) -> str:
    """The seller's file, opened."""
    return editor.open(goals / "sellers" / "moses-frase.yaml")


def test_a_wrong_key_is_marked_at_its_line(editor: Editor, moses: str) -> None:
    (value_error,) = editor.diagnostics[moses]
    assert (value_error["range"]["start"], "landmraks" in value_error["message"]) == ({"line": 6, "character": 4}, True)


def test_the_key_that_was_meant_is_offered(editor: Editor, moses: str) -> None:
    (value_error,) = editor.diagnostics[moses]
    params = {"textDocument": {"uri": moses}, "range": value_error["range"], "context": {"diagnostics": [value_error]}}
    actions = editor.ask("textDocument/codeAction", params)
    assert "landmarks" in json.dumps(actions)


def test_a_key_is_explained_where_the_pointer_rests(editor: Editor, moses: str) -> None:
    said = editor.at("hover", moses, 5, 6)["contents"]["value"]
    assert "The goal in one line, e.g. `Close 260,000 of new business`." in said


def test_keys_are_completed(editor: Editor, goals: Path) -> None:
    path = goals / "sellers" / "anna.yaml"
    path.write_text(SELLER.partition("    landmraks")[0] + "    \n", encoding="utf-8")
    labels = {item["label"] for item in editor.at("completion", editor.open(path), 6, 4)["items"]}
    assert {"landmarks", "measure", "supports", "why"} <= labels
    assert "title" not in labels


def test_values_are_completed(editor: Editor, goals: Path) -> None:
    path = goals / "sellers" / "ben.yaml"
    path.write_text(SELLER.partition("    landmraks")[0] + "    kind: \n", encoding="utf-8")
    labels = {item["label"] for item in editor.at("completion", editor.open(path), 6, 10)["items"]}
    assert {"production", "education", "skill", "improvement", "support"} <= labels


def test_a_good_file_has_nothing_marked(editor: Editor, goals: Path) -> None:
    path = goals / "sellers" / "good.yaml"
    path.write_text(SELLER.replace("landmraks", "landmarks"), encoding="utf-8")
    uri = editor.open(path)
    assert editor.diagnostics[uri] == []
