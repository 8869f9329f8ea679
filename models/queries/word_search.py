"""Finding cases by the words they contain, through the index that the writes keep in step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from peewee import SQL

from models.database import is_sqlite
from models.queries.fault import QueryFault
from models.queries.tree import Query, Text
from models.tables import Dispute
from models.words import SHORTEST_PREFIX_SIGNS, words_of


def searched(query: Query) -> list[Text]:
    """The texts that every case found must contain."""
    return [part for part in query.conjuncts() if isinstance(part, Text)]


def contains(texts: Sequence[Text], query: Query) -> Any:
    """The case contains all of `texts`. Raises QueryFault where one of them holds no word."""
    if is_sqlite():
        among = "(SELECT rowid FROM case_words WHERE case_words MATCH ?)"
    else:
        among = "(SELECT dispute_id FROM case_words WHERE words @@ %s::tsquery)"
    return Dispute.id.in_(SQL(among, [match(texts, query)]))


def match(texts: Sequence[Text], query: Query) -> str:
    """What the engine's index is asked. A text's words stand side by side in this order; the last can be a beginning.

    Raises QueryFault where a text holds no word.
    """
    phrases = []
    for text in texts:
        words = words_of(text.text)
        if not words:
            raise QueryFault("A search needs a letter or a digit.", query.text, text.position)
        is_beginning = len(words[-1]) >= SHORTEST_PREFIX_SIGNS
        if is_sqlite():
            phrases.append(f'"{" ".join(words)}"{"*" if is_beginning else ""}')
        else:
            spelled = [f"'{word}'" for word in words]
            phrases.append(f"({' <-> '.join(spelled)}{':*' if is_beginning else ''})")
    return (" AND " if is_sqlite() else " & ").join(phrases)
