"""Where the rules, which know no store, get the policies of the open one from."""

from __future__ import annotations

from typing import Any

from models.rules import policy
from models.tables import PolicyVersion, database


def forget() -> None:
    """Another store may be opened: what was known of the last one counts no more."""
    policy.know({}, _find)


def read() -> None:
    """Know every policy of the open store. One select."""
    rows: Any = PolicyVersion.select(PolicyVersion.version, PolicyVersion.body).tuples()
    policy.know(dict(rows), _find)


def _find(version: int) -> str | None:
    """One that was made since; threads without a connection have heard of all they can ask for."""
    if database.obj is None or database.is_closed():
        return None
    row = PolicyVersion.get_or_none(PolicyVersion.version == version)
    return None if row is None else str(row.body)
