"""What a query that is being typed may go on with."""

from __future__ import annotations

import re

from models.dataclass import dataclass
from models.queries.terms import IS_WORDS, NAMED, Takes, words_of

LAST = re.compile(r"[^\s()]*\Z")
"""What is being typed."""
HEAD = re.compile(r"([a-z_]+)([:=])(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Offers:
    """Words that may stand from a place of the text on, the likeliest first."""

    at: int = 0
    words: tuple[str, ...] = ()

    def taken(self, text: str) -> str | None:
        """The text with the first of them; None where there is none."""
        return text[: self.at] + self.words[0] if self.words else None


def offers(text: str) -> Offers:
    """Terms for the one that the query `text` ends in, or the words of its closed list; none within a quoted text."""
    found = LAST.search(text)
    if found is None or text.count('"') % 2:
        return Offers()
    at = found.start() + (found[0].startswith("-"))
    begun = text[at:].lower()
    head = HEAD.fullmatch(begun)
    if head is None:
        return among(text, at, HEADS) if begun else Offers()
    name, sign = head[1], head[2]
    if name not in ("is", *NAMED):
        return Offers()
    return among(text, at + len(name) + len(sign), words_of(name))


def among(text: str, at: int, words: tuple[str, ...]) -> Offers:
    """Those of `words` that go on with what stands from `at` on."""
    begun = text[at:].lower()
    return Offers(at, tuple(word for word in words if word.lower().startswith(begun) and word.lower() != begun))


HEADS = (
    *(f"is:{word}" for word in IS_WORDS),
    *(f"{name}{':' if term.takes in (Takes.WORD, Takes.TEXT) else '>'}" for name, term in NAMED.items()),
)
"""How terms begin."""
