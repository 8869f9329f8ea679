"""Saving a query as a view, for oneself or for the whole desk."""

from __future__ import annotations

import re

from models import clock
from models.actor import Actor
from models.errors import NotAllowed, NotFound, Refused
from models.operations import journal
from models.operations.presence import present
from models.operations.transaction import writing
from models.queries.language import parse
from models.queries.sorting import check_sort
from models.queries.views import VIEWS, View
from models.tables import SavedView
from models.vocabulary import Role

NAME = re.compile(r"[a-z][a-z0-9-]{0,29}")
MOST = 100
"""Saved views of one person, or of the desk: each is counted wherever they are listed."""


def save_view(actor: Actor, *, name: str, text: str, sort: str, is_shared: bool = False) -> View:
    """The view `name` is from now on this query in this order; one of that name is replaced.

    Raises QueryFault and Misused where the query or the order cannot be read, Refused and NotAllowed.
    """
    query = str(parse(text))
    check_sort(sort)
    if not NAME.fullmatch(name):
        raise Refused("name", f"'{name[:40]}' is no name of a view: small letters, digits and '-', at most 30.")
    if name in VIEWS:
        raise Refused("name", f"'{name}' is a view that ships: take another name.")
    now = clock.now()
    with writing():
        owner = _owner(actor, is_shared)
        here = (SavedView.login == owner) & (SavedView.name == name)
        SavedView.delete().where(here).execute()
        if SavedView.select().where(SavedView.login == owner).count() >= MOST:
            raise Refused("views", f"{MOST} views are saved already: drop one with 'disputes views drop NAME'.")
        SavedView.create(login=owner, name=name, text=query, sort=sort, saved_at=now, saved_by=actor.login)
        body = {"name": name, "is_shared": is_shared, "query_digest": journal.keyed_digest(query)}
        journal.append(actor, now, [journal.Entry("views save", now, body)])
    return View(name, name, query, sort, is_saved=True, is_shared=is_shared)


def drop_view(actor: Actor, *, name: str, is_shared: bool = False) -> None:
    """The view is no more. Raises NotFound and NotAllowed."""
    now = clock.now()
    with writing():
        owner = _owner(actor, is_shared)
        if not SavedView.delete().where((SavedView.login == owner) & (SavedView.name == name)).execute():
            whose = "The desk has" if is_shared else "You have"
            raise NotFound(f"{whose} no saved view '{name[:40]}': 'disputes views' lists them.")
        journal.append(actor, now, [journal.Entry("views drop", now, {"name": name, "is_shared": is_shared})])


def _owner(actor: Actor, is_shared: bool) -> str:
    actor = present(actor)
    if is_shared and actor.role is not Role.SUPERVISOR:
        raise NotAllowed(f"A view of the whole desk is a supervisor's; {actor.login} is {actor.role}.")
    return "" if is_shared else actor.login
