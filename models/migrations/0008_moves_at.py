"""When time makes something due in a case."""

from __future__ import annotations

from typing import Any

from models.migrations.dialect import run

# What is due follows from events by rules that later programs bring: 0 says that nobody has looked, and the first sweep
# does. Nothing ever becomes due in a closed case.
STATEMENTS = """
ALTER TABLE dispute ADD COLUMN moves_at {int}
;
UPDATE dispute SET moves_at = 0 WHERE state <> 'closed'
;
CREATE INDEX dispute_moves_at_id ON dispute (moves_at, id) WHERE moves_at IS NOT NULL
"""


def up(migrator: Any, db: Any) -> None:
    run(db, STATEMENTS)
