"""The views that somebody can open: those that ship, the desk's, and their own."""

from __future__ import annotations

from typing import Any

from models.errors import Misused
from models.nearest import nearest
from models.queries.fault import shown
from models.queries.views import VIEWS, View


def views_of(login: str) -> dict[str, View]:
    """By name; an own view stands before one of the desk with its name. One select."""
    from models.tables import SavedView  # most ask for a view that ships

    rows: Any = (
        SavedView.select(SavedView.name, SavedView.text, SavedView.sort, SavedView.login)
        .where(SavedView.login.in_(["", login]))
        .order_by(SavedView.login, SavedView.name)
        .tuples()
    )
    saved = {name: View(name, name, text, sort, is_saved=True, is_shared=not owner) for name, text, sort, owner in rows}
    return {**VIEWS, **saved}


def view_for(login: str, name: str) -> View:
    """The view that `login` calls `name`. Raises Misused."""
    if name in VIEWS:
        return VIEWS[name]
    known = views_of(login)
    if name not in known:
        near = nearest(name, known)
        hint = f"did you mean {near}?" if near else f"they are {', '.join(known)}."
        raise Misused(f"There is no view {shown(name)}; {hint}")
    return known[name]
