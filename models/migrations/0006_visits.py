"""Who has which case open at this moment."""

from __future__ import annotations

from typing import Any

VISITS = """
CREATE TABLE visit (
    session {text} NOT NULL PRIMARY KEY,
    login {text} NOT NULL,
    dispute_id {int} NOT NULL REFERENCES dispute (id) ON DELETE CASCADE,
    is_deciding {flag} NOT NULL,
    seen_at {int} NOT NULL
){strict}
"""
SQLITE_WORDS = {"int": "INTEGER", "flag": "INTEGER", "text": "TEXT", "strict": " STRICT"}
POSTGRES_WORDS = {"int": "BIGINT", "flag": "BOOLEAN", "text": 'TEXT COLLATE "C"', "strict": ""}


def up(migrator: Any, db: Any) -> None:
    words = SQLITE_WORDS if type(db).__name__ == "APSWDatabase" else POSTGRES_WORDS
    for statement in VISITS.format(**words).split("\n;\n"):
        db.execute_sql(statement)
