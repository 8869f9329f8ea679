"""Many rows of one table at once, through the driver: twenty times what the object mapper manages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from peewee import __exception_wrapper__ as driver_errors_as_ours  # type: ignore[attr-defined]

from models.database import is_sqlite
from models.tables import database


def insert(table: Any, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert `rows`, whose values stand in the order of `columns` (column names of the table)."""
    values = [tuple(map(_stored, row)) for row in rows]
    if values:
        with driver_errors_as_ours:
            database.cursor().executemany(_statement(table._meta.table_name, tuple(columns), is_sqlite()), values)


def insert_returning(
    table: Any, columns: Sequence[str], rows: Sequence[Sequence[Any]], returning: Sequence[str]
) -> list[tuple[Any, ...]]:
    """Insert `rows` and read `returning` back, in no particular order."""
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(rows), 100):
        part = rows[start : start + 100]
        statement = _many(table._meta.table_name, tuple(columns), len(part), tuple(returning), is_sqlite())
        found += database.execute_sql(statement, [_stored(value) for row in part for value in row]).fetchall()
    return found


def _stored(value: Any) -> Any:
    return int(value.timestamp()) if isinstance(value, datetime) else value


@cache
def _statement(table: str, columns: tuple[str, ...], is_for_sqlite: bool) -> str:
    return _many(table, columns, 1, (), is_for_sqlite)


@cache
def _many(table: str, columns: tuple[str, ...], count: int, returning: tuple[str, ...], is_for_sqlite: bool) -> str:
    """Names come from the table classes, never from outside."""
    mark = "?" if is_for_sqlite else "%s"
    row = "(" + ", ".join([mark] * len(columns)) + ")"
    names = ", ".join(f'"{name}"' for name in columns)
    end = " RETURNING " + ", ".join(f'"{name}"' for name in returning) if returning else ""
    return " ".join(["INSERT INTO", f'"{table}"', f"({names})", "VALUES", ", ".join([row] * count)]) + end
