"""What a text says in a language that the desk reads, where a file or an agent brings both."""

from __future__ import annotations

from typing import Any

from models.migrations.dialect import run

TRANSLATIONS = """
ALTER TABLE claim ADD COLUMN translation {text}
;
ALTER TABLE message ADD COLUMN translation {text}
"""


def up(migrator: Any, db: Any) -> None:
    run(db, TRANSLATIONS)
