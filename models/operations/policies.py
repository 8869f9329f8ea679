"""What the marketplace chooses: a new version of the policy, and from when on new cases follow it."""

from __future__ import annotations

import hashlib
import tomllib
from typing import Any

from models import clock
from models.actor import Actor
from models.database import is_sqlite
from models.errors import Misused, NotFound, Refused
from models.operations import journal
from models.operations.change import check_storable
from models.operations.presence import present
from models.operations.transaction import writing
from models.queries.policies import EDIT, active_version
from models.rules import policy_file
from models.rules.permissions import check_supervisor
from models.tables import PolicyActivation, PolicyVersion, database
from models.text import visible

POLICY_LOCK = 44535057
ACTIVATE = "policy activate"


def edit(actor: Actor, *, text: str) -> int:
    """Keep `text` as a new version, which nothing follows until it is activated or applied; its number.

    Raises Misused for what is no policy, with line, key and range of each fault, and Refused for what one says already.
    """
    check_storable(text)
    _check_readable(text)
    with writing():
        actor = _supervisor(actor, EDIT)
        _alone()
        known: list[Any] = list(PolicyVersion.select().order_by(PolicyVersion.version))
        version = len(known) + 1
        policy_file.new(text, version)
        for each in known:
            if tomllib.loads(each.body) == tomllib.loads(text):
                raise Refused("policy", f"Version {each.version} of the policy says exactly this.")
        PolicyVersion.insert(version=version, body=text, made_at=clock.now(), made_by=actor.login).execute()
        digest = hashlib.sha256(text.encode()).hexdigest()
        _record(actor, EDIT, {"version": version, "sha256": digest})
    return version


def activate(actor: Actor, *, version: int, note: str) -> None:
    """Cases that open from now on follow this version; those that are there keep theirs."""
    check_storable(note)
    if not note.strip():
        raise Refused("note", "Activating a policy needs a note that says why.")
    with writing():
        actor = _supervisor(actor, ACTIVATE)
        _alone()
        if PolicyVersion.get_or_none(PolicyVersion.version == version) is None:
            raise NotFound(f"There is no policy {version}: 'disputes policy' lists them.")
        if version == active_version():
            raise Refused("policy", f"Policy {version} is the active one already.")
        now = clock.now()
        PolicyActivation.create(policy=version, activated_at=now, activated_by=actor.login, note=note)
        _record(actor, ACTIVATE, {"version": version, "note_digest": journal.keyed_digest(note)})


def _supervisor(actor: Actor, what: str) -> Actor:
    found = present(actor)
    check_supervisor(found, what)
    return found


def _alone() -> None:
    """On PostgreSQL a second writer waits here, so that numbers are given out one after the other."""
    if not is_sqlite():
        database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (POLICY_LOCK,))


def _record(actor: Actor, verb: str, body: dict[str, Any]) -> None:
    now = clock.now()
    journal.append(actor, now, [journal.Entry(verb, now, body)])


def _check_readable(text: str) -> None:
    """What is shown must be what holds: no sign in it may hide or reorder others."""
    for number, line in enumerate(text.splitlines(), 1):
        plain = line.replace("\t", " ")
        if visible(plain) != plain:
            raise Misused(f"Line {number} of the policy holds signs that hide or reorder others: {visible(plain)[:60]}")
