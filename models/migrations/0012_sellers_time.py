"""By what sellers' time to answer can differ: their tier, and holidays that they have declared."""

from __future__ import annotations

from typing import Any

from models.migrations.dialect import run

TABLES = """
ALTER TABLE party ADD COLUMN tier {text} NOT NULL DEFAULT ''
;
CREATE TABLE seller_holiday (
    id {id},
    party_id {int} NOT NULL REFERENCES party (id) ON DELETE RESTRICT,
    from_at {int} NOT NULL,
    to_at {int} NOT NULL,
    declared_at {int} NOT NULL,
    declared_by {text} NOT NULL,
    called_off_at {int}
){strict}
;
CREATE INDEX seller_holiday_party_id_to_at ON seller_holiday (party_id, to_at)
"""


def up(migrator: Any, db: Any) -> None:
    run(db, TABLES)
