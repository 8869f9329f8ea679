"""Texts as the words that a search finds them by, alike on both engines.

The engines' own word breakers differ, and neither finds a word inside a Chinese or Thai sentence, so the words are made
here and handed to both: folded, without signs, and one word for each sign of a script that puts no space between words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from models.folding import folded

LONGEST_SIGNS = 60
"""Of a longer word the beginning counts."""
SHORTEST_PREFIX_SIGNS = 3
"""The last word of what is searched for also finds the words that begin with it, from this length on."""
DOCUMENT_BYTES = 300_000
"""What one case can bring into the index; PostgreSQL takes no more than 1 MB of a document with its overhead."""
BREAK = "\ue000"
"""Stands between two texts of a case, so that no phrase is found across them; no text's word is spelled so."""

_SPACED = re.compile(r"[^\W_]+")
_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # Hiragana, Katakana
    (0x3400, 0x9FFF),  # Han
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


def words_of(text: str) -> list[str]:
    """The words of `text` in their order."""
    text = folded(text)
    found = _SPACED.findall(text) if text.isascii() else text.translate(_SPACING).split()
    return [word[:LONGEST_SIGNS] for word in found]


def document_of(texts: Iterable[str]) -> list[str]:
    """All texts of a case as one list of words, with a `BREAK` between two texts; what is too much is left out."""
    document: list[str] = []
    left_bytes = DOCUMENT_BYTES
    for text in texts:
        words = words_of(text)
        if not words:
            continue
        left_bytes -= len(" ".join(words).encode()) + 1
        if left_bytes < 0:
            while left_bytes < 0 and words:
                left_bytes += len(words.pop().encode()) + 1
            return document + words
        document += words
        document.append(BREAK)
    return document


class _Spacing(dict[int, str]):
    """A sign, alone where its script puts no spaces, or a space where it belongs to no word."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        if unicodedata.category(sign)[0] not in "LNM":
            found = " "
        else:
            found = f" {sign} " if any(first <= code <= last for first, last in _UNSPACED) else sign
        self[code] = found
        return found


_SPACING = _Spacing()
