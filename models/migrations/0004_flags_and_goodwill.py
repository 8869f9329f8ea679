"""Flags with their reviews, goodwill, letters about a party alone, and who wrote a statement."""

from __future__ import annotations

import json
from typing import Any

from models.migrations.dialect import is_sqlite, run

TABLES = """
CREATE TABLE flag (
    id {id},
    dispute_id {int} NOT NULL REFERENCES dispute (id) ON DELETE RESTRICT,
    number {int} NOT NULL,
    party {text} NOT NULL,
    raised_by {text} NOT NULL,
    raised_at {int} NOT NULL,
    review {text} NOT NULL,
    reviewed_by {text} NOT NULL,
    reviewed_at {int}
){strict}
;
CREATE UNIQUE INDEX flag_dispute_id_number ON flag (dispute_id, number)
;
CREATE INDEX flag_waiting ON flag (party) WHERE reviewed_at IS NULL
;
CREATE TABLE goodwill (
    id {id},
    dispute_id {int} NOT NULL REFERENCES dispute (id) ON DELETE RESTRICT,
    number {int} NOT NULL,
    amount_minor {int} NOT NULL,
    state {text} NOT NULL,
    ref {text} NOT NULL,
    given_by {text} NOT NULL,
    given_at {int} NOT NULL,
    settled_at {int}
){strict}
;
CREATE UNIQUE INDEX goodwill_dispute_id_number ON goodwill (dispute_id, number)
;
ALTER TABLE decision ADD COLUMN built {text}
"""

# SQLite cannot take NOT NULL away from a column: the table is written again.
SQLITE_OUTGOING = """
CREATE TABLE outgoing_again (
    id {id},
    dispute_id {int} REFERENCES dispute (id) ON DELETE RESTRICT,
    audience {text} NOT NULL,
    party_id {int} NOT NULL REFERENCES party (id) ON DELETE RESTRICT,
    language {text} NOT NULL,
    template {text} NOT NULL,
    text {text} NOT NULL,
    made_at {int} NOT NULL,
    made_by {text} NOT NULL,
    sent_at {int},
    sent_by {text} NOT NULL
){strict}
;
INSERT INTO outgoing_again SELECT * FROM outgoing
;
DROP TABLE outgoing
;
ALTER TABLE outgoing_again RENAME TO outgoing
;
CREATE INDEX outgoing_waiting ON outgoing (id) WHERE sent_at IS NULL
;
CREATE INDEX outgoing_dispute_id ON outgoing (dispute_id)
"""
POSTGRES_OUTGOING = "ALTER TABLE outgoing ALTER COLUMN dispute_id DROP NOT NULL"

INSERT = """
INSERT INTO flag (dispute_id, number, party, raised_by, raised_at, review, reviewed_by) VALUES (?, ?, ?, ?, ?, '', '')
"""


def up(migrator: Any, db: Any) -> None:
    run(db, TABLES)
    run(db, SQLITE_OUTGOING if is_sqlite(db) else POSTGRES_OUTGOING)
    _write_flags(db, "?" if is_sqlite(db) else "%s")


def _write_flags(db: Any, mark: str) -> None:
    """The flags that the events of a store tell of. A case had one for each party, and no review of it."""
    rows = db.execute_sql(
        "SELECT seq, dispute_id, actor, verb, body FROM event WHERE verb IN ('flag', 'correct') ORDER BY seq DESC"
    ).fetchall()
    wrong: set[int] = set()
    raised: dict[tuple[int, str], tuple[str, int]] = {}
    for seq, dispute_id, actor, verb, body in rows:
        if seq in wrong:
            continue
        for act in json.loads(body).get("acts", ()):
            if verb == "correct":
                wrong.add(act["corrects"])
            else:
                raised[dispute_id, act["party"]] = (actor, act["occurred_at"])  # the first one is read last
    numbers: dict[int, int] = {}
    for (dispute_id, party), (actor, raised_at) in sorted(raised.items(), key=lambda each: each[1][1]):
        numbers[dispute_id] = numbers.get(dispute_id, 0) + 1
        db.execute_sql(INSERT.replace("?", mark), (dispute_id, numbers[dispute_id], party, actor, raised_at))
