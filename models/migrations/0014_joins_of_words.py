"""The index of words joins its parts in small steps that each write asks for, no longer many at once."""

from __future__ import annotations

from typing import Any

from models.migrations.dialect import is_sqlite, run

# By itself the engine joins up to 64 pages for each level within the write that it comes to: a hundred milliseconds.
# Past `crisismerge` parts of one size it still does, which the steps that `word_index` takes never let it come to.
SETTINGS = """
INSERT INTO case_words (case_words, rank) VALUES ('automerge', 0), ('usermerge', 8), ('crisismerge', 64)
"""


def up(migrator: Any, db: Any) -> None:
    if is_sqlite(db):
        run(db, SETTINGS)
