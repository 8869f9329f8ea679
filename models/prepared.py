"""Statements that are spelled once: Peewee writes a query's SQL anew each time, which takes longer than running it.

    @prepared
    def _messages_of(case: Slot) -> Any:
        return Message.select().where(Message.dispute == case).order_by(Message.id)

    _messages_of.rows(12)

The function says the query in Peewee's words, with a `Slot` for each argument. It is called once for each kind of
engine; what it leads to is kept, and run on the driver with the values that are handed in. Values pass their fields on
the way in and out as they do in Peewee; rows come back as tuples whose columns also have their names, never as models.
Nothing that changes between calls may be read inside the function: it would be kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, reduce
from operator import and_, itemgetter
from typing import Any

import peewee
from peewee import __exception_wrapper__ as driver_errors_as_ours  # type: ignore[attr-defined]

from models.dataclass import dataclass
from models.tables import database

Converter = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Argument:
    """Stands among a statement's parameters for a value that comes with each call."""

    place: int
    converter: Converter | None


class Slot(peewee.ColumnBase):
    """The place of an argument. Compared with a field, or written to one, its values pass that field."""

    def __init__(self, place: int, passes: Converter | None = None) -> None:
        self.place = place
        self.passes = passes

    def passed(self, converter: Converter) -> Slot:
        """The same argument, always through `converter`."""
        return Slot(self.place, converter)

    def __sql__(self, ctx: Any) -> Any:
        return ctx.value(_Argument(self.place, self.passes or ctx.state.converter), converter=False)


@dataclass(frozen=True, slots=True)
class _Spelled:
    """A statement as one kind of engine takes it."""

    sql: str
    parameters: list[Any]
    arguments: tuple[tuple[int, int, Converter | None], ...]
    """For each slot: its place among the parameters and among the arguments, and what its values pass."""
    row: type[tuple[Any, ...]]
    conversions: tuple[tuple[int, Converter], ...]
    """By column; only those that are not used as they are stored."""


class Prepared:
    """A statement that takes `count` arguments."""

    def __init__(self, write: Callable[..., Any], count: int) -> None:
        self._write = write
        self._count = count
        self._spelled: dict[type, _Spelled] = {}

    def rows(self, *values: Any) -> list[Any]:
        """Every row."""
        spelled, cursor = self._run(values)
        with driver_errors_as_ours:
            found = cursor.fetchall()
        row, conversions = spelled.row, spelled.conversions
        return [row(_converted(each, conversions)) for each in found] if conversions else [row(each) for each in found]

    def first(self, *values: Any) -> Any:
        """The first row; None where there is none."""
        return next(iter(self.rows(*values)), None)

    def value(self, *values: Any) -> Any:
        """The first column of the first row; None where there is none."""
        row = self.first(*values)
        return None if row is None else row[0]

    def run(self, *values: Any) -> int:
        """Carry out a write; how many rows it wrote."""
        _, cursor = self._run(values)
        return int(database.rows_affected(cursor))

    def new_id(self, *values: Any) -> Any:
        """Carry out an insert of one row; its primary key."""
        _, cursor = self._run(values)
        if not database.returning_clause:
            return database.last_insert_id(cursor)
        with driver_errors_as_ours:
            return cursor.fetchone()[0]

    def _run(self, values: tuple[Any, ...]) -> tuple[_Spelled, Any]:
        engine = database.obj.__class__
        spelled = self._spelled.get(engine)
        if spelled is None:
            spelled = self._spelled[engine] = _spell(self._write(*map(Slot, range(self._count))))
        parameters = spelled.parameters.copy()
        for at, place, converter in spelled.arguments:
            parameters[at] = values[place] if converter is None else converter(values[place])
        return spelled, database.execute_sql(spelled.sql, parameters)


def prepared(write: Callable[..., Any]) -> Prepared:
    """The statement that `write` says, with as many arguments as it has parameters."""
    return Prepared(write, write.__code__.co_argcount)


def insert(table: Any, values: Mapping[str, Any]) -> Any:
    """Write one row, with the table's defaults for what is not named; its primary key."""
    return _inserting(table, tuple(values)).new_id(*values.values())


def update(table: Any, values: Mapping[str, Any], **key: Any) -> int:
    """Write `values` to the rows whose columns are as `key` names them; how many there were."""
    return _updating(table, tuple(values), tuple(key)).run(*values.values(), *key.values())


@lru_cache(maxsize=512)
def _inserting(table: Any, names: tuple[str, ...]) -> Prepared:
    return Prepared(lambda *slots: table.insert(_written(table, names, slots)), len(names))


@lru_cache(maxsize=512)
def _updating(table: Any, names: tuple[str, ...], key: tuple[str, ...]) -> Prepared:
    def write(*slots: Slot) -> Any:
        which = (getattr(table, name) == slot for name, slot in zip(key, slots[len(names) :], strict=True))
        return table.update(_written(table, names, slots[: len(names)])).where(reduce(and_, which))

    return Prepared(write, len(names) + len(key))


def _written(table: Any, names: Iterable[str], slots: Iterable[Slot]) -> dict[Any, Slot]:
    fields = (table._meta.combined[name] for name in names)
    return {field: slot.passed(field.db_value) for field, slot in zip(fields, slots, strict=True)}


def _spell(query: Any) -> _Spelled:
    sql, parameters = database.get_sql_context().sql(_with_names(query)).query()
    arguments = tuple(
        (at, each.place, each.converter) for at, each in enumerate(parameters) if isinstance(each, _Argument)
    )
    columns = getattr(query, "_returning", None) or ()
    read = ((at, _converter(column)) for at, column in enumerate(columns))
    return _Spelled(
        sql, parameters, arguments, _row_of(map(_name, columns)), tuple((at, each) for at, each in read if each)
    )  # fmt: skip


def _with_names(query: Any) -> Any:
    """A select of one table's own columns with their names as they will be: Peewee finds out for each of them anew."""
    table = getattr(query, "model", None)
    is_select = isinstance(query, peewee.ModelSelect)
    if not is_select or len(query._from_list) != 1 or query._from_list[0] is not table:
        return query
    columns = query._returning
    if not all(isinstance(each, peewee.Field) and each.model is table for each in columns):
        return query
    spelled = query.clone()
    spelled._returning = tuple(peewee.Entity("t1", each.column_name) for each in columns)
    return spelled


def _row_of(names: Iterable[str | None]) -> type[tuple[Any, ...]]:
    """A class for the rows; a named tuple's own would take longer to make than a dozen statements to run."""
    named = {name: property(itemgetter(at)) for at, name in enumerate(names) if name is not None}
    return type("Row", (tuple,), {"__slots__": (), **named})


def _converted(row: Iterable[Any], conversions: Iterable[tuple[int, Converter]]) -> list[Any]:
    values = list(row)
    for at, convert in conversions:
        if values[at] is not None:
            values[at] = convert(values[at])
    return values


def _name(column: Any) -> str | None:
    if column.is_alias():
        return str(column._alias)
    node = column.unwrap()
    if not isinstance(node, peewee.Field):
        return None
    return str(node.object_id_name if isinstance(node, peewee.ForeignKeyField) else node.name)


def _converter(column: Any) -> Converter | None:
    """What Peewee would pass the column's values through; None where they are used as the store gives them."""
    node = column.unwrap()
    if isinstance(node, peewee.Function) and column._coerce is True and node.arguments:
        node = node.arguments[0]  # such as the latest of instants
    if not isinstance(node, peewee.Field) or column._coerce is not True:
        return None
    field = node.field if isinstance(node, peewee.FieldAlias) else node
    while isinstance(field, peewee.ForeignKeyField):
        field = field.rel_field
    return None if _is_used_as_stored(field) else field.python_value


def _is_used_as_stored(field: Any) -> bool:
    """The tables are strict: an integer is one in the store, and so is a text."""
    is_plain = isinstance(field, peewee.IntegerField | peewee.TextField)
    return is_plain and type(field).python_value is peewee.Field.python_value
