"""A store whose n-th statement fails, whichever it is, and what the store holds at a moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import peewee
import pytest

from models.tables import ALL, database


class Fault(peewee.OperationalError):
    """What a driver raises; the store's own words do not matter."""


class _Cursor:
    """A driver's cursor that counts what it is asked to do, and fails at one of them."""

    def __init__(self, real: Any, plan: Plan) -> None:
        self._real, self._plan = real, plan

    def execute(self, *args: Any) -> Any:
        self._plan.count()
        return self._real.execute(*args)

    def executemany(self, *args: Any) -> Any:
        self._plan.count()
        return self._real.executemany(*args)

    def copy(self, *args: Any) -> Any:
        self._plan.count()
        return self._real.copy(*args)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._real)


class Plan:
    """Which statement fails; afterwards everything works again, as after a moment's trouble."""

    def __init__(self, fails_at: int) -> None:
        self.fails_at = fails_at
        self.seen = 0

    def count(self) -> None:
        self.seen += 1
        if self.seen == self.fails_at:
            raise Fault(f"statement {self.seen} failed")

    @property
    def has_failed(self) -> bool:
        return self.seen >= self.fails_at


@contextmanager
def failing_at(number: int) -> Iterator[Plan]:
    """Within the block the statement `number`, counted from 1, fails before it reaches the store."""
    engine, plan = database.obj, Plan(number)
    real = engine.cursor

    def cursor(*args: Any, **options: Any) -> _Cursor:
        return _Cursor(real(*args, **options), plan)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "cursor", cursor)
        yield plan


def snapshot() -> dict[str, list[tuple[Any, ...]]]:
    """Everything that the store holds."""
    tables: list[Any] = list(ALL)
    return {table._meta.table_name: sorted(table.select().tuples(), key=repr) for table in tables}
