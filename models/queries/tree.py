"""A query as it was understood. `str` writes it down again so that it reads as the same query."""

from __future__ import annotations

import re
from dataclasses import field

from models.dataclass import dataclass

KEYWORDS = ("or", "and", "not")
NEEDS_QUOTES = r'[\s()"\\:<>=]|^-'


def quoted(text: str) -> str:
    """`text` as one word of the language."""
    if text and not re.search(NEEDS_QUOTES, text) and text.lower() not in KEYWORDS:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


@dataclass(frozen=True, slots=True)
class Text:
    """Words that the case itself must contain."""

    text: str
    position: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return quoted(self.text)


@dataclass(frozen=True, slots=True)
class Has:
    """`name:value`."""

    name: str
    value: str
    position: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return f"{self.name}:{quoted(self.value)}"


@dataclass(frozen=True, slots=True)
class Compares:
    """`name<value`; a range `low..high` comes with `=`."""

    name: str
    sign: str
    value: str
    position: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return f"{self.name}{self.sign}{self.value}"


@dataclass(frozen=True, slots=True)
class Not:
    part: Node

    def __str__(self) -> str:
        return f"-{_bracketed(self.part)}"


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; there are two or more, and none of them is an `All`."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " ".join(f"({part})" if isinstance(part, Any) else str(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Any:
    """One of the parts holds; there are two or more, and none of them is an `Any`."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " or ".join(str(part) for part in self.parts)


Leaf = Text | Has | Compares
Node = Leaf | Not | All | Any


def _bracketed(part: Node) -> str:
    return f"({part})" if isinstance(part, All | Any) else str(part)


@dataclass(frozen=True, slots=True)
class Query:
    """The whole of it; without a root it means every case."""

    root: Node | None = None
    text: str = field(default="", compare=False)
    """As it was typed; positions count in it."""

    def __str__(self) -> str:
        return "" if self.root is None else str(self.root)

    def conjuncts(self) -> tuple[Node, ...]:
        """The parts that hold for every case found."""
        if self.root is None:
            return ()
        return self.root.parts if isinstance(self.root, All) else (self.root,)
