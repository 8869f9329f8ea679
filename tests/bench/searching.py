"""The first fifty cases that contain some words: common ones, beginnings, phrases, any script, and beside other terms.

Also the fifty that a term finds which no index serves.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from functools import partial

from models.queries import queue
from tests.bench.figure import Figure, percentile, seconds, shown
from tests.bench.store import Store

ROUNDS, ROWS, MOST_RARE = 15, 50, 20
SEARCHES = (
    ("a common word", "the", None),
    ("a beginning of three letters", "par", None),
    ("a phrase of common words", '"the seller"', None),
    ("a sign of Han", "商", None),
    ("common words", "the seller order", None),
    ("common words, one rare", "the seller {rare}", None),
    ("a common word, open", "is:open the", None),
    ("a common phrase, open", 'is:open "the seller"', None),
    ("a common word, in review by due", "state:in_review the", "due"),
    ("a common word by opened", "the", "-opened"),
    ("a common word by amount", "the reason:quality", "amount"),
    ("a common word, on hold", "the is:held", None),
    ("a common word, of a seller", "the seller:lamp", None),
    ("a common word, not open", "the -is:open", "-opened"),
    ("a common word, mine", "the is:mine", None),
    ("a common word, of a source that is none", "the source:nowhere", None),
    ("a buyer by part of the name", "buyer:mar", None),
    ("an amount", "amount=12.34..12.35", "-opened"),
    ("mine by amount", "is:mine", "amount"),
    ("a window that runs", "clock:appeal_window", None),
)
"""What is looked for, the query, and the order; without one, the query's own."""


def figures(store: Store) -> Iterator[Figure]:
    yield from measured(store.actor.login, rare_word(store))


def measured(login: str, rare: str = "") -> Iterator[Figure]:
    """Of the open store; what needs a rare word is left out where none is given."""
    for what, words, sort in SEARCHES:
        if "{rare}" in words and not rare:
            continue
        asked = words.format(rare=rare)
        page = partial(queue.page, asked, limit=ROWS, actor_login=login, sort=sort)
        took = [seconds(page) for _ in range(ROUNDS)]
        found = sum(each.cases for each in queue.count(asked, actor_login=login))
        yield Figure(f"search, {what} ({found:,} cases)", shown(percentile(took, 50), "ms"), reach="≤ 50 ms")


def rare_word(store: Store) -> str:
    """One that a few cases contain."""
    chosen = "SELECT term FROM temp.words WHERE doc <= ? AND term > 'q' AND length(term) > 5 LIMIT 1"
    with closing(store.driver()) as driver:
        driver.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, case_words, row)")
        return next(str(term) for (term,) in driver.execute(chosen, (MOST_RARE,)))
