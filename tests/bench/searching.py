"""The fifty newest cases that contain some words: common ones, beginnings, phrases, any script, and among open ones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from functools import partial

from models.queries import queue
from tests.bench.figure import Figure, percentile, seconds, shown
from tests.bench.store import Store

ROUNDS, ROWS, MOST_RARE = 15, 50, 20
SEARCHES = {
    "a common word": "the",
    "a beginning of three letters": "par",
    "a phrase of common words": '"the seller"',
    "a sign of Han": "商",
    "common words": "the seller order",
    "common words, one rare": "the seller {rare}",
    "a common word, open": "is:open the",
    "a common phrase, open": 'is:open "the seller"',
    "a common word, in review by due": "state:in_review the",
}


def figures(store: Store) -> Iterator[Figure]:
    rare = rare_word(store)
    for what, words in SEARCHES.items():
        asked = words.format(rare=rare)
        sort = "due" if "by due" in what else None
        page = partial(queue.page, asked, limit=ROWS, actor_login=store.actor.login, sort=sort)
        took = [seconds(page) for _ in range(ROUNDS)]
        found = queue.count(asked)[0].cases
        yield Figure(f"search, {what} ({found:,} cases)", shown(percentile(took, 50), "ms"), reach="≤ 50 ms")


def rare_word(store: Store) -> str:
    """One that a few cases contain."""
    chosen = "SELECT term FROM temp.words WHERE doc <= ? AND term > 'q' AND length(term) > 5 LIMIT 1"
    with closing(store.driver()) as driver:
        driver.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, case_words, row)")
        return next(str(term) for (term,) in driver.execute(chosen, (MOST_RARE,)))
