"""Where a person's name or contact data stands in what others wrote: in their cases, and in what agents keep."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from models.dataclass import dataclass
from models.tables import Contact, Draft, SavedView

LEAST_SIGNS = 2
DESK = "desk"
"""The place of the draft that says where somebody was, with the query that was shown."""


def pattern_of(party: Any) -> re.Pattern[str] | None:
    """What names the party beside their reference, in any case; None where nothing is known of them."""
    contact: Any = Contact.get_or_none(Contact.party == party.id)
    known = [party.name, *([contact.email, contact.phone, contact.address] if contact else [])]
    named = {text.strip() for text in known} - {party.ref}
    each = [_whole(text) for text in sorted(named, key=len, reverse=True) if len(text) >= LEAST_SIGNS]
    return re.compile("|".join(each), re.IGNORECASE) if each else None


def _whole(text: str) -> str:
    """No part of a longer word, in scripts that part their words."""
    before = r"(?<!\w)" if text[0].isascii() else ""
    behind = r"(?!\w)" if text[-1].isascii() else ""
    return f"{before}{re.escape(text)}{behind}"


@dataclass(frozen=True, slots=True)
class Mentions:
    """Texts that stay, with a sign where the person is named."""

    what: str
    table: Any
    columns: tuple[Any, ...]
    where: Any
    clean: Callable[[str], str]

    def count(self) -> int:
        return sum(1 for _ in self._changed())

    def empty(self) -> int:
        """How many rows it was."""
        changed = list(self._changed())
        for number, values in changed:
            self.table.update(**values).where(self.table.id == number).execute()
        return len(changed)

    def _changed(self) -> Iterator[tuple[int, dict[str, str]]]:
        rows: Any = self.table.select(self.table.id, *self.columns).where(self.where).tuples()
        for number, *texts in rows.iterator():
            values = {
                column.name: clean
                for column, text in zip(self.columns, texts, strict=True)
                if text and (clean := self.clean(text)) != text
            }
            if values:
                yield number, values


def views_that_name(pattern: re.Pattern[str]) -> list[int]:
    """Saved views whose query holds the person."""
    return [row.id for row in SavedView.select(SavedView.id, SavedView.text) if pattern.search(row.text)]


def places_that_name(pattern: re.Pattern[str]) -> list[int]:
    """Drafts that say where somebody was, and that was a search for the person."""
    rows = Draft.select(Draft.id, Draft.body).where(Draft.place == DESK)
    return [row.id for row in rows if cleaned_json(row.body, lambda text: pattern.sub("", text)) != row.body]


def cleaned_json(body: str, clean: Callable[[str], str]) -> str:
    """`body` as it is, unless a text in it is changed by `clean`."""
    held = json.loads(body)
    changed = _cleaned(held, clean)
    return body if changed == held else json.dumps(changed)


def _cleaned(held: Any, clean: Callable[[str], str]) -> Any:
    if isinstance(held, str):
        return clean(held)
    if isinstance(held, list):
        return [_cleaned(each, clean) for each in held]
    if isinstance(held, dict):
        return {name: _cleaned(value, clean) for name, value in held.items()}
    return held
