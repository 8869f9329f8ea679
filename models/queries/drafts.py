"""What somebody has typed and not yet sent."""

from __future__ import annotations

import json
from typing import Any

from models.tables import Draft


def draft(login: str, place: str) -> dict[str, Any] | None:
    """The fields kept at `place`, or None."""
    row = Draft.get_or_none((Draft.login == login) & (Draft.place == place))
    return None if row is None else dict(json.loads(row.body))


def places(login: str) -> list[str]:
    """Where the person has something unsent, newest first."""
    rows = Draft.select(Draft.place).where(Draft.login == login).order_by(Draft.saved_at.desc())
    return [str(row.place) for row in rows]
