"""One spelling of a statement for both engines, for every migration after the first."""

from __future__ import annotations

from typing import Any

SQLITE = {
    "id": "INTEGER NOT NULL PRIMARY KEY",
    "int": "INTEGER",
    "flag": "INTEGER",
    "text": "TEXT",
    "strict": " STRICT",
}
# Text sorts by bytes on both engines, so that a page by key continues where the last one ended.
POSTGRES = {"id": "BIGSERIAL PRIMARY KEY", "int": "BIGINT", "flag": "BOOLEAN", "text": 'TEXT COLLATE "C"', "strict": ""}


def is_sqlite(db: Any) -> bool:
    return type(db).__name__ == "APSWDatabase"


def run(db: Any, statements: str) -> None:
    """Statements, parted by a `;` on a line of its own, with `{id}`, `{int}`, `{flag}`, `{text}` and `{strict}`."""
    words = SQLITE if is_sqlite(db) else POSTGRES
    for statement in statements.format(**words).split("\n;\n"):
        db.execute_sql(statement)
