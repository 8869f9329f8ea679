"""Every order of a list has an index of its own among the open cases, and among those without an outcome."""

# Of two indexes that it holds for equal SQLite takes the younger: that of cases in triage has to stay the youngest of
# those that a query for them could use.

from __future__ import annotations

from typing import Any

from models.migrations.dialect import run

INDEXES = """
CREATE INDEX dispute_open_by_opened ON dispute (opened_at, id) WHERE is_open
;
CREATE INDEX dispute_open_by_amount ON dispute (amount_minor, id) WHERE is_open
;
CREATE INDEX dispute_open_by_case ON dispute (id) WHERE is_open
;
CREATE INDEX dispute_undecided ON dispute (id) WHERE decided_at IS NULL
;
DROP INDEX dispute_in_triage
;
CREATE INDEX dispute_in_triage ON dispute (opened_at, id) WHERE is_open AND needs_triage
"""


def up(migrator: Any, db: Any) -> None:
    run(db, INDEXES)
