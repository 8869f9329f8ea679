"""The index that reads promises by their due instant: breaches of some weeks, whatever became of them."""

from __future__ import annotations

from typing import Any


def up(migrator: Any, db: Any) -> None:
    db.execute_sql("CREATE INDEX timer_due_at ON timer (due_at)")
