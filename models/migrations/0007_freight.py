"""Who pays for the way back of goods that a ruling sends back."""

from __future__ import annotations

from typing import Any

from models.migrations.dialect import run


def up(migrator: Any, db: Any) -> None:
    """Rulings of before said nothing of it."""
    run(db, "ALTER TABLE decision ADD COLUMN freight {text}")
