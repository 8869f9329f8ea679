"""The known word that a mistyped one was probably meant to be."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], *, cutoff: float = 0.6) -> str | None:
    """None where nothing is near enough to be worth proposing. Only the first 60 characters are compared."""
    from difflib import get_close_matches  # a millisecond, and most words are right

    folded = {each.casefold(): each for each in known}
    found = get_close_matches(word[:60].casefold(), folded, n=1, cutoff=cutoff)
    return folded[found[0]] if found else None
