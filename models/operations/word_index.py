"""The index of a case's own words, kept in step by the transaction that changes them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from models.database import is_sqlite
from models.operations import bulk
from models.operations.transaction import writing
from models.tables import Dispute, database
from models.words import BREAK, document_of

CHUNK = 200
"""Cases for each transaction of a rebuilding."""
LEAST_PAGES, LETTERS_A_PAGE = 4, 600
"""Pages of the index that a write joins, at least and for what it brings: a word is written anew some four times, as
small parts become large ones, so that their number stays bounded however long nobody does anything else."""

# What counts as a case's own words, from the texts as they stand: names and claim first, so that in a case with more
# words than the index takes it is messages that are left out.
TEXTS = """
SELECT d.id, 1, p.name FROM dispute d JOIN party p ON p.id IN (d.buyer_id, d.seller_id) WHERE d.id {among}
UNION ALL SELECT d.id, 2, l.title FROM dispute d JOIN line l ON l.order_id = d.order_id WHERE d.id {among}
UNION ALL SELECT dispute_id, 3, text FROM claim WHERE dispute_id {among}
UNION ALL SELECT dispute_id, 3, translation FROM claim WHERE dispute_id {among} AND translation IS NOT NULL
UNION ALL SELECT dispute_id, 4, note FROM decision WHERE dispute_id {among}
UNION ALL SELECT dispute_id, 5, title || ' ' || note FROM evidence WHERE dispute_id {among}
UNION ALL SELECT dispute_id, 6, text FROM message WHERE dispute_id {among}
UNION ALL SELECT dispute_id, 6, translation FROM message WHERE dispute_id {among} AND translation IS NOT NULL
ORDER BY 1, 2
"""
FROM_SQLITE = TEXTS.replace("{among}", "IN (SELECT value FROM json_each(?1))")
FROM_POSTGRES = TEXTS.replace("{among}", "= ANY(%(ids)s)")


def refresh(ids: Collection[int]) -> None:
    """Index these cases anew, inside the caller's transaction."""
    if not ids:
        return
    if is_sqlite():
        among = json.dumps(sorted(ids))
        texts = database.execute_sql(FROM_SQLITE, (among,)).fetchall()
        database.execute_sql("DELETE FROM case_words WHERE rowid IN (SELECT value FROM json_each(?))", (among,))
    else:
        texts = database.execute_sql(FROM_POSTGRES, {"ids": sorted(ids)}).fetchall()
    insert([(case, spelled(text for _, _, text in group if text)) for case, group in groupby(texts, itemgetter(0))])


def insert(rows: Sequence[tuple[int, str]], *, are_new: bool = False) -> None:
    """Index cases by what `spelled` made of their texts, inside the caller's transaction. `are_new`: for sure."""
    if not rows:
        return
    if is_sqlite():
        _join_parts(sum(len(words) for _, words in rows))
        bulk.write("case_words", ("rowid", "words"), rows)
        return
    if are_new:
        bulk.write("case_words", ("dispute_id", "words"), rows)
        return
    database.cursor().executemany(
        "INSERT INTO case_words (dispute_id, words) VALUES (%s, %s::tsvector)"
        " ON CONFLICT (dispute_id) DO UPDATE SET words = excluded.words",
        rows,
    )


def _join_parts(letters: int) -> None:
    """SQLite keeps what each write brings as a part of its own, and every search looks into all of them."""
    pages = LEAST_PAGES + letters // LETTERS_A_PAGE
    database.execute_sql("INSERT INTO case_words (case_words, rank) VALUES ('merge', ?)", (pages,))


def spelled(texts: Iterable[str]) -> str:
    """A case's own words, from its texts in the order of `TEXTS`, as the engine takes them."""
    words = document_of(texts)
    return " ".join(words) if is_sqlite() else _vector(words)


def rebuild() -> int:
    """Index every case anew, in short transactions beside which agents go on working; how many there are."""
    done, last = 0, 0
    while ids := _ids_after(last):
        with writing():
            refresh(ids)
        done, last = done + len(ids), ids[-1]
    return done


def behind() -> int:
    """How many cases stand in no index."""
    counted = "SELECT (SELECT COUNT(*) FROM dispute) - (SELECT COUNT(*) FROM case_words)"
    return int(database.execute_sql(counted).fetchone()[0])


def _ids_after(last: int) -> list[int]:
    ids: Any = Dispute.select(Dispute.id).where(Dispute.id > last).order_by(Dispute.id).limit(CHUNK).tuples()
    return [row[0] for row in ids]


def _vector(words: list[str]) -> str:
    """As PostgreSQL spells it: each word with the places where it stands. Words hold no signs that need a guard."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words, 1):
        if word != BREAK:  # the gap in the places does its work
            places.setdefault(word, []).append(place)
    return " ".join(f"'{word}':{','.join(map(str, at))}" for word, at in places.items())
