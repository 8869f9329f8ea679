"""One spelling for comparing names and words, on both engines alike."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """`text` without differences of case and of compatible forms: `BÜYER` and `büyer` are one."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
