"""What a text says in a language that the desk reads, where a file or an agent brings both."""

from __future__ import annotations

from typing import Any

SQLITE = "ALTER TABLE claim ADD COLUMN translation TEXT; ALTER TABLE message ADD COLUMN translation TEXT"
POSTGRES = """
ALTER TABLE claim ADD COLUMN translation TEXT COLLATE "C"; ALTER TABLE message ADD COLUMN translation TEXT COLLATE "C"
"""


def up(migrator: Any, db: Any) -> None:
    for statement in (SQLITE if type(db).__name__ == "APSWDatabase" else POSTGRES).split(";"):
        db.execute_sql(statement)
