"""The house rules that hold in every file, and that the rules would notice."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.contracts import lints
from tests.contracts.sources import ROOT, SHIPPED, files, tree

Lint = Callable[[ast.Module], Iterator[int]]

MOST_LINES = 400
MAY_CATCH_ALL = {Path("models/gateway.py"), Path("console/__main__.py")}
"""The thread that runs the store's work, and the edge of the program; everywhere else an error has a name."""
MAY_DRAW = {Path("screens/safe.py")}
MAY_BE_SLOW = {Path("models/dataclass.py")}
EMPTY_NAMES = {"util", "utils", "helper", "helpers", "manager", "controller", "common", "misc"}


def places(lint: Lint, packages: tuple[str, ...], *, allowed: set[Path] | None = None) -> list[str]:
    return [f"{file}:{line}" for file in files(*packages) if file not in (allowed or ()) for line in lint(tree(file))]


def test_no_file_is_too_long_to_be_read() -> None:
    long = {
        str(file): lines
        for file in files(*SHIPPED, "tests")
        if (lines := len((ROOT / file).read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }
    assert long == {}


def test_every_file_is_named_after_what_is_in_it() -> None:
    assert [str(file) for file in files(*SHIPPED, "tests") if file.stem in EMPTY_NAMES] == []


def test_no_sql_is_put_together_from_strings() -> None:
    assert places(lints.built_sql, SHIPPED) == []


def test_errors_are_caught_by_name() -> None:
    assert places(lints.catch_alls, SHIPPED, allowed=MAY_CATCH_ALL) == []


def test_text_becomes_drawable_in_one_place() -> None:
    assert places(lints.unsafe_drawing, ("console", "screens"), allowed=MAY_DRAW) == []


def test_dataclasses_are_ours() -> None:
    assert places(lints.slow_dataclasses, SHIPPED, allowed=MAY_BE_SLOW) == []


@pytest.mark.parametrize(
    ("lint", "code"),
    [
        (lints.built_sql, 'db.execute_sql(f"SELECT * FROM {table}")'),
        (lints.built_sql, 'query = "SELECT * FROM a WHERE b = %s" % value'),
        (lints.built_sql, 'query = "SELECT * FROM " + table + " WHERE a"'),
        (lints.built_sql, 'query = "DELETE FROM {}".format(table)'),
        (lints.built_sql, "cursor.execute(' '.join(parts))"),
        (lints.catch_alls, "try: go()\nexcept: pass"),
        (lints.catch_alls, "try: go()\nexcept Exception: pass"),
        (lints.catch_alls, "try: go()\nexcept (OSError, BaseException) as error: raise Other() from error"),
        (lints.catch_alls, "with suppress(Exception): go()"),
        (lints.slow_dataclasses, "from dataclasses import dataclass, field"),
        (lints.slow_dataclasses, "@dataclasses.dataclass(frozen=True)\nclass Case: ..."),
        (lints.unsafe_drawing, 'Static(f"{seller}")'),
        (lints.unsafe_drawing, 'label.update("Seller: " + seller)'),
        (lints.unsafe_drawing, 'Label("%s" % seller if seller else "nobody")'),
        (lints.unsafe_drawing, "Static(str(seller))"),
        (lints.unsafe_drawing, "Content(seller)"),
        (lints.unsafe_drawing, "content.Content.from_markup(seller)"),
        (lints.unsafe_drawing, "table.add_row(Text(seller))"),
        (lints.unsafe_drawing, "self.notify(seller)"),
        (lints.unsafe_drawing, 'self.border_title = f"{seller}"'),
    ],
)
def test_a_violation_is_found(lint: Lint, code: str) -> None:
    assert list(lint(ast.parse(code)))


@pytest.mark.parametrize(
    ("lint", "code"),
    [
        (lints.built_sql, 'db.execute_sql("SELECT a FROM b WHERE c = ?", (value,))'),
        (lints.built_sql, 'message = f"Select {what} first"'),
        (lints.catch_alls, "try: go()\nexcept BaseException:\n    stop()\n    raise"),
        (lints.catch_alls, "try: go()\nexcept OSError: pass"),
        (lints.slow_dataclasses, "from dataclasses import field, replace\nfrom models.dataclass import dataclass"),
        (lints.unsafe_drawing, "Static(content(seller))"),
        (lints.unsafe_drawing, 'Static("Nothing is overdue")'),
        (lints.unsafe_drawing, "self.notify(visible(message), markup=False)"),
        (lints.unsafe_drawing, "Text()"),
    ],
)
def test_what_is_in_order_is_left_alone(lint: Lint, code: str) -> None:
    assert not list(lint(ast.parse(code)))
