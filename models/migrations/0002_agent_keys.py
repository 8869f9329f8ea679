"""The keys by which people come in."""

from __future__ import annotations

from typing import Any

KEYS = """
CREATE TABLE agent_key (
    id {id},
    agent_id {int} NOT NULL REFERENCES agent (id) ON DELETE RESTRICT,
    kind {text} NOT NULL,
    blob {text} NOT NULL,
    fingerprint {text} NOT NULL,
    comment {text} NOT NULL,
    added_at {int} NOT NULL,
    added_by {text} NOT NULL,
    ended_at {int}
){strict}
;
CREATE UNIQUE INDEX agent_key_fingerprint ON agent_key (fingerprint)
;
CREATE UNIQUE INDEX agent_key_agent_id ON agent_key (agent_id) WHERE ended_at IS NULL
"""
SQLITE_WORDS = {"id": "INTEGER NOT NULL PRIMARY KEY", "int": "INTEGER", "text": "TEXT", "strict": " STRICT"}
POSTGRES_WORDS = {"id": "BIGSERIAL PRIMARY KEY", "int": "BIGINT", "text": 'TEXT COLLATE "C"', "strict": ""}


def up(migrator: Any, db: Any) -> None:
    words = SQLITE_WORDS if type(db).__name__ == "APSWDatabase" else POSTGRES_WORDS
    for statement in KEYS.format(**words).split("\n;\n"):
        db.execute_sql(statement)
