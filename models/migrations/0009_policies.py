"""Policies by version, the shipped one first; and which of them new cases pin."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from models.migrations.dialect import is_sqlite, run

TABLES = """
CREATE TABLE policy_version (
    version {int} NOT NULL PRIMARY KEY,
    body {text} NOT NULL,
    made_at {int},
    made_by {text} NOT NULL
){strict}
;
CREATE TABLE policy_activation (
    id {id},
    policy_id {int} NOT NULL REFERENCES policy_version (version) ON DELETE RESTRICT,
    activated_at {int} NOT NULL,
    activated_by {text} NOT NULL,
    note {text} NOT NULL
){strict}
"""

SQLITE_GUARDS = """
CREATE TRIGGER policy_version_keeps_order BEFORE INSERT ON policy_version
WHEN NEW.version <> (SELECT COALESCE(MAX(version), 0) + 1 FROM policy_version)
BEGIN SELECT RAISE(ABORT, 'policy out of order'); END
;
CREATE TRIGGER policy_version_is_not_changed BEFORE UPDATE ON policy_version
BEGIN SELECT RAISE(ABORT, 'policies are never changed'); END
;
CREATE TRIGGER policy_version_is_not_deleted BEFORE DELETE ON policy_version
BEGIN SELECT RAISE(ABORT, 'policies are never deleted'); END
"""

POSTGRES_GUARDS = """
CREATE FUNCTION policy_refuses() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'policies are never changed or deleted'; END $$
;
CREATE FUNCTION policy_keeps_order() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF NEW.version <> (SELECT COALESCE(MAX(version), 0) + 1 FROM policy_version) THEN
    RAISE EXCEPTION 'policy out of order';
  END IF;
  RETURN NEW;
END $$
;
CREATE TRIGGER policy_keeps_order BEFORE INSERT ON policy_version FOR EACH ROW EXECUTE FUNCTION policy_keeps_order()
;
CREATE TRIGGER policy_is_not_changed BEFORE UPDATE OR DELETE ON policy_version
FOR EACH ROW EXECUTE FUNCTION policy_refuses()
;
CREATE TRIGGER policy_is_not_emptied BEFORE TRUNCATE ON policy_version
FOR EACH STATEMENT EXECUTE FUNCTION policy_refuses()
"""

SHIPPED = Path(__file__).parent.parent / "policies" / "1.toml"
"""As the program that makes the table brings it; the store keeps what it was then."""


def up(migrator: Any, db: Any) -> None:
    run(db, TABLES)
    run(db, SQLITE_GUARDS if is_sqlite(db) else POSTGRES_GUARDS)
    insert = "INSERT INTO policy_version (version, body, made_by) VALUES (1, ?, '')"
    db.execute_sql(insert if is_sqlite(db) else insert.replace("?", "%s"), (SHIPPED.read_text(encoding="utf-8"),))
