"""What all tables share: the database they are bound to when it is opened, and fields that refuse the wrong kind."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from peewee import BigIntegerField, DatabaseProxy, Model

database = DatabaseProxy()
"""Bound by `models.database.open_store`; nothing is opened by an import."""


class InstantField(BigIntegerField):
    """An instant: aware UTC in the code, whole seconds since 1970 in the store, so that it sorts alike everywhere."""

    def db_value(self, value: Any) -> int | None:
        if value is None or isinstance(value, int):
            return value
        if not isinstance(value, datetime) or value.tzinfo is None:
            raise TypeError(f"An instant is an aware datetime, not {value!r}.")
        return int(value.timestamp())

    def python_value(self, value: Any) -> datetime | None:
        return None if value is None else datetime.fromtimestamp(value, UTC)


class MoneyField(BigIntegerField):
    """An amount in minor units of the currency beside it; anything but an integer is refused."""

    def db_value(self, value: Any) -> int | None:
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            raise TypeError(f"Money is an integer of minor units, not {value!r}.")
        return value


class Table(Model):
    """A table of the store."""

    class Meta:
        database = database
        legacy_table_names = False
        strict_tables = True
        primary_key = False  # each names its own; Peewee would copy one for each, deeply, and throw it away
