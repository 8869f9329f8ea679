"""What is wrong with a query, and where."""

from __future__ import annotations

import unicodedata

from models.errors import Misused


class QueryFault(Misused):
    """A query that cannot be read, or cannot be answered. The message is a sentence, the query and a caret below it."""

    def __init__(self, sentence: str, text: str, position: int, *, nearest: str | None = None) -> None:
        self.sentence = sentence
        self.text = text
        self.position = min(position, len(text))
        """Where in the text, counted in characters from 0."""
        self.nearest = nearest
        """The word that was probably meant."""
        super().__init__(f"{sentence}\n  {_on_one_line(text)}\n  {_caret(text, self.position)}")


def shown(word: str) -> str:
    """A word of the query inside a sentence: quoted, and cut where it is long."""
    return repr(word if len(word) <= 40 else word[:39] + "…")


def _on_one_line(text: str) -> str:
    return "".join(" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp", "Cs") else sign for sign in text)


def _caret(text: str, position: int) -> str:
    """A wide character takes two columns of a terminal, a combining mark none."""
    width = sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text[:position]
    )
    return " " * width + "^"
