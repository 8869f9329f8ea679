"""Who has which case open at this moment."""

from __future__ import annotations

from typing import Any

from models.database import is_sqlite
from models.tables import Visit, database

STALE_SECONDS = 60
"""A session that has said nothing for so long is gone, however it ended."""
BEAT_SECONDS = STALE_SECONDS * 0.4
"""How often one says that it is still there: two can be lost before others think it gone."""


def visitors(besides: str) -> dict[int, tuple[str, ...]]:
    """Logins by case, without the session `besides`. One select, of as many rows as there are sessions."""
    fresh = Visit.seen_at >= store_time() - STALE_SECONDS
    rows: Any = Visit.select(Visit.dispute, Visit.login).where(fresh & (Visit.session != besides)).tuples()
    found: dict[int, set[str]] = {}
    for case, login in rows:
        found.setdefault(case, set()).add(login)
    return {case: tuple(sorted(logins)) for case, logins in found.items()}


def store_time() -> int:
    """Seconds since 1970 by the store's clock: sessions come from hosts whose clocks differ."""
    asked = "SELECT unixepoch()" if is_sqlite() else "SELECT extract(epoch FROM clock_timestamp())::bigint"
    return int(database.execute_sql(asked).fetchone()[0])
