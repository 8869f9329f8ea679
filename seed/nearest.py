"""What a mistyped word of a file was probably meant to be, and a value from outside inside a sentence."""

from __future__ import annotations

from collections.abc import Iterable

from models.nearest import nearest


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean x?`, or nothing."""
    near = nearest(word, known)
    return f"; did you mean {near}?" if near else ""


def shown(value: object, limit: int = 60) -> str:
    """A value from outside inside one of our sentences: quoted, escaped, and cut to `limit` characters."""
    text = value if isinstance(value, str) else str(value)
    return repr(text if len(text) <= limit else text[: limit - 1] + "…")
