"""What the linters at hand do not know: each finds places in one parsed file, as line numbers."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.contracts.sources import is_built, name_of

SQL = re.compile(
    r"\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER|PRAGMA|WITH|VACUUM|ATTACH|COPY|TRUNCATE)\s"
)
RUNS_SQL = {"execute_sql", "execute", "executemany", "SQL", "executescript"}

CATCHES_ALL = {"Exception", "BaseException"}

MAKES_DRAWABLE = {"Content", "Text"}
READS_MARKUP = {"from_markup", "from_ansi", "to_content", "visualize"}
DRAWS_STRINGS = {
    *("Static", "Label", "Button", "Option", "Selection", "Tab", "TabPane", "Collapsible", "Checkbox", "RadioButton"),
    *("Hit", "DiscoveryHit", "add_option", "add_row", "add_column", "add_columns", "add_leaf", "update", "notify"),
    *("Panel", "Rule", "Segment", "Strip", "Log", "RichLog", "write_line", "Tooltip"),
}
DRAWN_ATTRIBUTES = {"border_title", "border_subtitle", "tooltip", "label", "prompt"}


def built_sql(module: ast.Module) -> Iterator[int]:
    """Statements put together from strings; values belong into parameters, names into a closed list."""
    for node in ast.walk(module):
        if isinstance(node, ast.expr) and is_built(node) and SQL.match(_beginning(node)):
            yield node.lineno
        if isinstance(node, ast.Call) and name_of(node.func) in RUNS_SQL and any(map(is_built, node.args[:1])):
            yield node.lineno


def catch_alls(module: ast.Module) -> Iterator[int]:
    """Handlers for everything, unless they only clean up and raise it again."""
    for node in ast.walk(module):
        if isinstance(node, ast.ExceptHandler):
            caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            cleans_up = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
            if not cleans_up and any(each is None or name_of(each) in CATCHES_ALL for each in caught):
                yield node.lineno
        if isinstance(node, ast.Call) and name_of(node.func) == "suppress":
            yield from (node.lineno for each in node.args if name_of(each) in CATCHES_ALL)


def slow_dataclasses(module: ast.Module) -> Iterator[int]:
    """The standard library's, which compile their methods each time that a program starts."""
    for node in ast.walk(module):
        match node:
            case ast.ImportFrom(module="dataclasses", names=names) if any(each.name == "dataclass" for each in names):
                yield node.lineno
            case ast.Attribute(value=ast.Name(id="dataclasses"), attr="dataclass"):
                yield node.lineno


def unsafe_drawing(module: ast.Module) -> Iterator[int]:
    """Strings on their way to the screen past `screens.safe`: Textual would read markup in them."""
    for node in ast.walk(module):
        match node:
            case ast.Call(func=func, args=[_, *_]) if name_of(func) in MAKES_DRAWABLE | READS_MARKUP:
                yield node.lineno
            case ast.Attribute(value=ast.Name(id="Content" | "Text"), attr="styled" | "assemble" | "from_markup"):
                yield node.lineno
            case ast.Call(func=func, args=args) if name_of(func) in DRAWS_STRINGS and any(map(is_built, args)):
                yield node.lineno
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="self" | "app") | ast.Attribute(attr="app"), attr="notify"),
                args=[message, *_],
                keywords=options,
            ):
                is_fixed = isinstance(message, ast.Constant)
                if not (is_fixed or any(each.arg == "markup" for each in options)):
                    yield node.lineno
            case ast.Assign(targets=[ast.Attribute(attr=name)], value=value) if name in DRAWN_ATTRIBUTES:
                if is_built(value):
                    yield node.lineno


def _beginning(text: ast.expr) -> str:
    match text:
        case ast.Constant(value=str(value)):
            return value
        case ast.JoinedStr(values=[first, *_]):
            return _beginning(first)
        case ast.BinOp(left=left):
            return _beginning(left)
        case ast.Call(func=ast.Attribute(value=value)):
            return _beginning(value)
    return ""
