"""The project's own source files, parsed once."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHIPPED = ("console", "models", "screens", "seed")


@cache
def files(*packages: str) -> tuple[Path, ...]:
    """Every Python file of these packages, relative to the project's root."""
    return tuple(sorted(found.relative_to(ROOT) for package in packages for found in (ROOT / package).rglob("*.py")))


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse((ROOT / file).read_text(encoding="utf-8"))


def name_of(call: ast.expr) -> str:
    """The last word of what is called: `update` of `self.title.update`."""
    match call:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def is_built(text: ast.expr) -> bool:
    """Whether `text` is put together on the spot: an f-string, `%`, `+`, `.format()`, `.join()`, `str()`."""
    match text:
        case ast.JoinedStr() | ast.BinOp(op=ast.Mod() | ast.Add()):
            return True
        case ast.Call(func=ast.Attribute(attr="format" | "join")) | ast.Call(func=ast.Name(id="str" | "repr")):
            return True
        case ast.IfExp(body=body, orelse=orelse):
            return is_built(body) or is_built(orelse)
    return False
