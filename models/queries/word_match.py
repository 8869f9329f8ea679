"""Comparing text without regard to case, alike on both engines.

SQLite's LIKE and LOWER fold ASCII only, and so do PostgreSQL's on columns that sort by bytes. Where that is not enough,
SQLite calls `folding.folded` by the name that `models.database` gives it, and PostgreSQL folds by ICU's rules and is
led to the same spelling.
"""

from __future__ import annotations

from typing import Any

from peewee import OP, SQL, Expression, NodeList, fn

from models.database import is_sqlite
from models.folding import folded


def is_whole(column: Any, value: str) -> Any:
    """The column is `value`, in any case."""
    if value.isascii():
        lower: Any = fn.LOWER(column)
        return lower == value.lower()
    return Expression(_folded(column), OP.EQ, folded(value))


def contains(column: Any, text: str) -> Any:
    """The column, in any case and any compatible form, contains `text`."""
    return contains_folded(_folded(column), text)


def contains_folded(column: Any, text: str) -> Any:
    """The same of a column that is stored folded."""
    place = fn.INSTR if is_sqlite() else fn.STRPOS
    return place(column, folded(text)) > 0


def _folded(column: Any) -> Any:
    if is_sqlite():
        return fn.desk_folded(column)
    by_icu = NodeList((fn.normalize(column, SQL("NFKC")), SQL('COLLATE "und-x-icu"')))
    plain: Any = fn.normalize(fn.LOWER(by_icu), SQL("NFKC"))
    for letter, spelling in (("ß", "ss"), ("ς", "σ")):
        plain = fn.replace(plain, letter, spelling)
    return NodeList((SQL("("), plain, SQL('COLLATE "C")')))
