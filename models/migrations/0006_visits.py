"""Who has which case open at this moment."""

from __future__ import annotations

from typing import Any

from models.migrations.dialect import run

VISITS = """
CREATE TABLE visit (
    session {text} NOT NULL PRIMARY KEY,
    login {text} NOT NULL,
    dispute_id {int} NOT NULL REFERENCES dispute (id) ON DELETE CASCADE,
    is_deciding {flag} NOT NULL,
    seen_at {int} NOT NULL
){strict}
"""


def up(migrator: Any, db: Any) -> None:
    run(db, VISITS)
