"""The keys by which people come in."""

from __future__ import annotations

from typing import Any

from models.migrations.dialect import run

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


def up(migrator: Any, db: Any) -> None:
    run(db, KEYS)
