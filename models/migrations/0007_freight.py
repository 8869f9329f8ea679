"""Who pays for the way back of goods that a ruling sends back."""

from __future__ import annotations

from typing import Any


def up(migrator: Any, db: Any) -> None:
    """Rulings of before said nothing of it."""
    text = "TEXT" if type(db).__name__ == "APSWDatabase" else 'TEXT COLLATE "C"'
    db.execute_sql(f"ALTER TABLE decision ADD COLUMN freight {text}")
