"""Finding cases by the words they contain, through the index that the writes keep in step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from peewee import OP, SQL, Expression, NodeList, Select, Table, fn

from models.database import is_sqlite
from models.queries.fault import QueryFault
from models.queries.tree import Query, Text
from models.tables import Dispute, database
from models.words import SHORTEST_PREFIX_SIGNS, words_of

INDEX = Table("case_words")
NUMBER = INDEX.c.rowid

FEW = 2_000
"""A word in a third of a million cases would take a second to score."""
SCORED_FROM = 2**40
"""Above every number of a case, so that a place in the list tells by which of them it is sorted."""
NONE = 2**62
"""Above every number of a case: where there are no few, nothing is read."""
SCORES = 1_000_000_000
"""A word of more than half of all cases scores by the millionth."""
_SQLITE_HITS = "SELECT COUNT(*) FROM (SELECT 1 FROM case_words WHERE case_words MATCH ? LIMIT ?)"
_POSTGRES_HITS = "SELECT COUNT(*) FROM (SELECT 1 FROM case_words WHERE words @@ %s::tsquery LIMIT %s) AS found"


def searched(query: Query) -> list[Text]:
    """The texts that every case found must contain."""
    return [part for part in query.conjuncts() if isinstance(part, Text)]


def contains(texts: Sequence[Text], query: Query, few: Any = None) -> Any:
    """The case contains all of `texts`. Raises QueryFault where one of them holds no word.

    `few`: a select of the numbers of those cases that can be found at all, where the query names some.
    """
    which = found(texts, query)
    if few is not None and is_sqlite():
        which &= is_among(few)
    return Dispute.id.in_(INDEX.select(number()).where(which))


def number() -> Any:
    """Of an entry of the index: its case's number."""
    return NUMBER if is_sqlite() else INDEX.c.dispute_id


def found(texts: Sequence[Text], query: Query) -> Any:
    """Of an entry of the index: it contains all of `texts`."""
    if is_sqlite():
        return SQL("case_words MATCH ?", [match(texts, query)])
    return Expression(INDEX.c.words, "@@", _asked_of_postgres(texts, query))


def _asked_of_postgres(texts: Sequence[Text], query: Query) -> Any:
    return SQL("%s::tsquery", [match(texts, query)])


def is_among(few: Any) -> Any:
    """Of an entry of SQLite's index: that its case is one of `few`.

    Else a word in a third of all cases is looked up in each of them. The sign keeps SQLite from asking the index anew
    for each of the few; the first of them is where reading can begin, for what is open is young.
    """
    listed = few.alias("few")
    each = Expression(listed.c.id, OP.ADD, SQL("0"))  # else every case is looked at until the first of them is met
    is_late_enough = fn.COALESCE(Select((listed,), [fn.MIN(each)]), NONE) <= NUMBER
    return is_late_enough & NodeList((SQL("+"), NUMBER), glue="").in_(few)


def score(texts: Sequence[Text], query: Query) -> Any:
    """How well a case of the index answers `texts`: a whole number of at least `SCORED_FROM`, the best the highest."""
    if is_sqlite():
        return (INDEX.c.rank * -SCORES).cast("INTEGER") + SCORED_FROM
    rank = fn.ts_rank(INDEX.c.words, _asked_of_postgres(texts, query))
    return (rank * SCORES).cast("bigint") + SCORED_FROM


def are_few(texts: Sequence[Text], query: Query) -> bool:
    """No more cases contain `texts` than can be scored while somebody waits. One select, which stops at that number."""
    words = match(texts, query)
    (hits,) = database.execute_sql(_SQLITE_HITS if is_sqlite() else _POSTGRES_HITS, (words, FEW + 1)).fetchone()
    return bool(hits <= FEW)


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
