"""The JSON Schema of handbook.json: a file, made of the contract that the data is held to (tests compare the two)."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from ..reports.contract import StatusData
from ..source.schema import DRAFT


class _Untitled(GenerateJsonSchema):
    """Pydantic's schema without the titles it makes of the keys."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Leave titles out: the keys say as much."""
        return False


def data_schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12). It allows no key that it does not name."""
    return {"$schema": DRAFT, **TypeAdapter(StatusData).json_schema(schema_generator=_Untitled)}


def data_schema_text() -> str:
    """Return the schema as its file holds it: making it takes longer than everything else about handbook.json."""
    return files("goal_handbook.feeds").joinpath("handbook.schema.json").read_text(encoding="utf-8")


def made_schema_text() -> str:
    """Return what that file has to hold."""
    return json.dumps(data_schema(), indent=1, ensure_ascii=False) + "\n"
