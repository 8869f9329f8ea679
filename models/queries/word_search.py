"""Finding cases by the words they contain, through the index that the writes keep in step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from peewee import SQL, NodeList, Table, fn

from models.database import is_sqlite
from models.queries.fault import QueryFault
from models.queries.tree import Query, Text
from models.tables import Dispute
from models.words import SHORTEST_PREFIX_SIGNS, words_of

INDEX = Table("case_words")
NUMBER = INDEX.c.rowid


def searched(query: Query) -> list[Text]:
    """The texts that every case found must contain."""
    return [part for part in query.conjuncts() if isinstance(part, Text)]


def contains(texts: Sequence[Text], query: Query, few: Any = None) -> Any:
    """The case contains all of `texts`. Raises QueryFault where one of them holds no word.

    `few`: a select of the numbers of those cases that can be found at all, where the query names some.
    """
    words = match(texts, query)
    if not is_sqlite():
        return Dispute.id.in_(SQL("(SELECT dispute_id FROM case_words WHERE words @@ %s::tsquery)", [words]))
    found = SQL("case_words MATCH ?", [words])
    return Dispute.id.in_(INDEX.select(NUMBER).where(found if few is None else found & is_among(few)))


def is_among(few: Any) -> Any:
    """Of an entry of SQLite's index: that its case is one of `few`.

    Else a word in a third of all cases is looked up in each of them. The sign keeps SQLite from asking the index anew
    for each of the few; the first of them is where reading can begin, for what is open is young.
    """
    is_late_enough = few.select(fn.MIN(Dispute.id)) <= NUMBER
    return is_late_enough & NodeList((SQL("+"), NUMBER), glue="").in_(few)


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
