"""Views that people save."""

from __future__ import annotations

from typing import Any

from models.migrations.dialect import run

VIEWS = """
CREATE TABLE saved_view (
    id {id},
    login {text} NOT NULL,
    name {text} NOT NULL,
    text {text} NOT NULL,
    sort {text} NOT NULL,
    saved_at {int} NOT NULL,
    saved_by {text} NOT NULL
){strict}
;
CREATE UNIQUE INDEX saved_view_login_name ON saved_view (login, name)
"""


def up(migrator: Any, db: Any) -> None:
    run(db, VIEWS)
