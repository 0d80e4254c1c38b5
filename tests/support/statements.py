"""Statements are compiled once per process: SQLAlchemy keeps them by engine, and every test has engines of its own."""

from typing import Any

from sqlalchemy import Engine, create_engine

from easel.runtime.embedded import database as embedded
from easel.runtime.postgres import database as postgres

_first: dict[tuple[str, Any], Engine] = {}


def compile_once() -> None:
    embedded.create_engine = postgres.create_engine = _engine  # type: ignore[attr-defined]


def _engine(*address: Any, **options: Any) -> Engine:
    engine = create_engine(*address, **options)
    kind = engine.dialect.name, options.get("isolation_level")
    first = _first.get(kind)
    if first is None or first.dialect.server_version_info is None:  # it has never connected
        _first[kind] = engine
    else:
        engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache  # noqa: SLF001
    return engine
