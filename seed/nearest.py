"""The known word that a mistyped one was probably meant to be."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str]) -> str | None:
    """None where nothing is near enough to be worth proposing. Only the first 60 characters are compared."""
    folded = {each.casefold(): each for each in known}
    found = get_close_matches(word[:60].casefold(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean x?`, or nothing."""
    near = nearest(word, known)
    return f"; did you mean {near}?" if near else ""


def shown(value: object, limit: int = 60) -> str:
    """A value from outside inside one of our sentences: quoted, escaped, and cut to `limit` characters."""
    text = value if isinstance(value, str) else str(value)
    return repr(text if len(text) <= limit else text[: limit - 1] + "…")
