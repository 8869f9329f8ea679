"""Peewee's runner of migrations, as both drivers can bear it."""

from __future__ import annotations

from typing import Any

from peewee import AutoField, TextField
from playhouse.migrations import Runner

from models import clock


class HistoryRunner(Runner):  # type: ignore[misc]
    """Keeps its history as text: apsw binds no datetime."""

    def __init__(self, engine: Any, directory: str) -> None:
        super().__init__(engine, directory)

        class History(engine.Model):  # type: ignore[misc]
            id = AutoField()
            name = TextField(unique=True)
            applied = TextField(default=lambda: f"{clock.now():%Y-%m-%dT%H:%M:%SZ}")

            class Meta:
                table_name = self.table_name

        self.History = History
