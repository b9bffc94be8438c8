"""Ready-made questions to the database, for people: titles, descriptions and SQL, as data in `queries.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def queries() -> Mapping[str, Mapping[str, str]]:
    """Name -> title, description and sql of each query; all of them leave out what may not be shown."""
    told: Mapping[str, Mapping[str, str]] = tomllib.loads((files(__package__) / "queries.toml").read_text("utf-8"))
    return {name: {**query, "sql": query["sql"].strip()} for name, query in told.items()}
