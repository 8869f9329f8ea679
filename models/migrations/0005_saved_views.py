"""Views that people save."""

from __future__ import annotations

from typing import Any

VIEWS = """
CREATE TABLE saved_view (
    id {id},
    login {text} NOT NULL,
    name {text} NOT NULL,
    text {text} NOT NULL,
    sort {text} NOT NULL,
    saved_at {int} NOT NULL,
    saved_by {text} NOT NULL
){strict}
;
CREATE UNIQUE INDEX saved_view_login_name ON saved_view (login, name)
"""
SQLITE_WORDS = {"id": "INTEGER NOT NULL PRIMARY KEY", "int": "INTEGER", "text": "TEXT", "strict": " STRICT"}
POSTGRES_WORDS = {"id": "BIGSERIAL PRIMARY KEY", "int": "BIGINT", "text": 'TEXT COLLATE "C"', "strict": ""}


def up(migrator: Any, db: Any) -> None:
    words = SQLITE_WORDS if type(db).__name__ == "APSWDatabase" else POSTGRES_WORDS
    for statement in VIEWS.format(**words).split("\n;\n"):
        db.execute_sql(statement)
