"""Rows of many at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from peewee import OP, SQL, Expression, NodeList, TextField, Value

from models.database import is_sqlite
from models.prepared import Slot


def among(column: Any, values: Iterable[object] | Slot) -> Any:
    """The column, of numbers or of texts, is one of `values`, which are one parameter however many they are.

    Peewee would look at each of them three times: half the time that a report of many cases takes.
    """
    is_text = isinstance(column, TextField)
    listed = _texts if is_text else _numbers
    array = values.passed(listed) if isinstance(values, Slot) else Value(listed(values), converter=False)
    if is_sqlite():
        each = (SQL("(SELECT value FROM json_each("), array, SQL("))"))
    else:
        end = SQL("::jsonb))") if is_text else SQL("::jsonb)::bigint)")
        each = (SQL("(SELECT jsonb_array_elements_text("), array, end)
    return Expression(column, OP.IN, NodeList(each, glue=""))


def _numbers(values: Iterable[object]) -> str:
    return f"[{','.join(map(str, values))}]"


def _texts(values: Iterable[object]) -> str:
    import json  # most commands only list numbers

    return json.dumps(list(values))
