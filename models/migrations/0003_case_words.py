"""The index of the words that a case itself contains. `disputes migrate` fills it afterwards."""

from __future__ import annotations

from typing import Any

from models.migrations.dialect import is_sqlite, run

# Without content of its own: the texts stand in their tables. Words come ready made, so nothing but spaces parts them.
SQLITE = """
CREATE VIRTUAL TABLE case_words USING fts5(
    words, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '3 5'
)
"""
POSTGRES = """
CREATE TABLE case_words (
    dispute_id BIGINT NOT NULL PRIMARY KEY REFERENCES dispute (id) ON DELETE RESTRICT,
    words TSVECTOR NOT NULL
)
;
CREATE INDEX case_words_words ON case_words USING gin (words)
"""


def up(migrator: Any, db: Any) -> None:
    """Make the index, empty."""
    run(db, SQLITE if is_sqlite(db) else POSTGRES)
