"""Who pays for the way back of goods that a ruling sends back."""

from __future__ import annotations

from typing import Any

SQLITE = "ALTER TABLE decision ADD COLUMN freight TEXT"
POSTGRES = 'ALTER TABLE decision ADD COLUMN freight TEXT COLLATE "C"'


def up(migrator: Any, db: Any) -> None:
    """Rulings of before said nothing of it."""
    db.execute_sql(SQLITE if type(db).__name__ == "APSWDatabase" else POSTGRES)
