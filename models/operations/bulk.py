"""Many rows of one table at once, through the driver: twenty times what the object mapper manages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from peewee import __exception_wrapper__ as driver_errors_as_ours  # type: ignore[attr-defined]

from models.database import is_sqlite
from models.tables import database

FEW = 5
"""Rows that PostgreSQL takes faster one by one; hundreds cost our process half as much when they are copied."""


def plain(values: Iterable[Any]) -> tuple[Any, ...]:
    """Values as the driver takes them: it knows no instants."""
    return tuple([int(value.timestamp()) if value.__class__ is datetime else value for value in values])


def insert(table: Any, columns: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> None:
    """Insert `rows` of `plain` values that stand in the order of `columns` (column names of the table)."""
    if rows:
        with driver_errors_as_ours:
            write(table._meta.table_name, columns, rows)


def write(table: str, columns: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> None:
    """The same for a table that the object mapper does not know, with the driver's own errors."""
    if is_sqlite() or len(rows) < FEW:
        database.cursor().executemany(_insert(table, columns, is_sqlite()), rows)
        return
    with database.cursor().copy(_copy(table, columns)) as copy:
        for row in rows:
            copy.write_row(row)


def new_ids(table: Any, count: int) -> Iterator[int]:
    """The ids of the next `count` rows, for rows of other tables that name them before they are written.

    Inside a transaction that writes. On SQLite nobody else can write then, and ids go on from the largest as they
    always do; PostgreSQL takes them from the table's own sequence.
    """
    name = table._meta.table_name
    if is_sqlite():
        (largest,) = database.execute_sql(_largest(name)).fetchone()
        return iter(range(largest + 1, largest + 1 + count))
    taken = database.execute_sql(
        "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", (f'"{name}"', count)
    )
    return iter([row[0] for row in taken.fetchall()])


def found(
    table: Any, columns: Sequence[str], where: tuple[str, Any], among: tuple[str, Collection[Any]]
) -> list[tuple[Any, ...]]:
    """`columns` of the rows in which one column has a value and another one of several; as the driver reads them."""
    if not among[1]:
        return []
    statement = _select(
        table._meta.table_name, tuple(columns), where[0], among[0], len(among[1]), "?" if is_sqlite() else "%s"
    )
    rows: list[tuple[Any, ...]] = database.execute_sql(statement, (where[1], *among[1])).fetchall()
    return rows


# Names come from the table classes, never from outside.


@cache
def _largest(table: str) -> str:
    return " ".join(["SELECT COALESCE(MAX(id), 0) FROM", _quoted(table)])


@cache
def _insert(table: str, columns: tuple[str, ...], is_for_sqlite: bool) -> str:
    marks = ["?" if is_for_sqlite else "%s"] * len(columns)
    return " ".join(["INSERT INTO", _quoted(table), _listed(map(_quoted, columns)), "VALUES", _listed(marks)])


@cache
def _copy(table: str, columns: tuple[str, ...]) -> str:
    return " ".join(["COPY", _quoted(table), _listed(map(_quoted, columns)), "FROM STDIN"])


@lru_cache(maxsize=64)
def _select(table: str, columns: tuple[str, ...], where: str, among: str, count: int, mark: str) -> str:
    chosen = ", ".join(map(_quoted, columns))
    matches = ["WHERE", _quoted(where), "=", mark, "AND", _quoted(among), "IN", _listed([mark] * count)]
    return " ".join(["SELECT", chosen, "FROM", _quoted(table), *matches])


def _quoted(name: str) -> str:
    return f'"{name}"'


def _listed(parts: Iterable[str]) -> str:
    return f"({', '.join(parts)})"
