"""What somebody wrote and what it means, side by side where there is room, else one after the other."""

from __future__ import annotations

from itertools import zip_longest

from rich.style import Style

from screens import looks
from screens.line_view import Line
from screens.safe import fitted, wrapped

BESIDE_FROM = 100
"""Columns of the terminal."""
RULE = " │ "
TRANSLATED = "translated"


def both(
    text: str, translation: str, width: int, *, label: str = "", lead: int, is_beside: bool, look: Style = looks.PLAIN
) -> list[Line]:
    """Lines of at most `width` cells, behind `lead` cells in which the label stands. No line where there is no text."""
    if not translation.strip():
        return _one(label, text, width, lead, look) if text else []
    if not is_beside:
        name = TRANSLATED if lead > len(TRANSLATED) else ""
        shown = translation if name else f"{TRANSLATED}: {translation}"
        return [*_one(label, text, width, lead, look), *_one(name, shown, width, lead, look)]
    half = (width - lead - len(RULE)) // 2
    rows = zip_longest(wrapped(text, half), wrapped(translation, half), fillvalue="")
    return [
        [
            (_name(label, number, lead), looks.DIM),
            (fitted(left, half), look),
            (RULE, looks.DIM),
            (right, look),
        ]
        for number, (left, right) in enumerate(rows)
    ]


def _one(label: str, text: str, width: int, lead: int, look: Style) -> list[Line]:
    rows = wrapped(text, width - lead)
    return [[(_name(label, number, lead), looks.DIM), (row, look)] for number, row in enumerate(rows)]


def _name(label: str, number: int, lead: int) -> str:
    """The label before the first line only, with a space behind it."""
    return fitted("" if number else label, lead - 1) + " "
