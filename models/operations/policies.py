"""What the marketplace chooses: new versions of the policy, and which cases follow them."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from typing import Any

from models import clock
from models.actor import Actor
from models.database import is_sqlite
from models.dataclass import dataclass
from models.errors import DeskError, Misused, NotFound, Refused, StoreUnavailable
from models.operations import journal
from models.operations.change import Change, carry_out, check_storable
from models.operations.presence import present
from models.operations.transaction import writing
from models.queries.policies import EDIT, active_version
from models.queries.policy_plan import Planned, ids, plan
from models.rules import new_terms, policy_file
from models.rules.act import Act, Verb
from models.rules.new_terms import Move
from models.rules.permissions import check_supervisor
from models.rules.policy import policy
from models.tables import PolicyActivation, PolicyVersion, database
from models.text import visible

POLICY_LOCK = 44535057
ACTIVATE, APPLY = "policy activate", "policy apply"


@dataclass(frozen=True, slots=True)
class Applied:
    """One case that follows another policy now."""

    case: int
    moves: tuple[Move, ...]
    refusal: str = ""
    """Why it does not; empty where it does."""


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


def to_apply(actor: Actor, *, version: int, where: str = "") -> Iterator[Planned]:
    """What `apply` would do, as it is read. Raises NotAllowed, NotFound and Misused at once."""
    _check_may_apply(actor, version)
    ids(version, where, actor.login)  # a query that cannot be read is told before the first row
    return plan(version, where, actor.login)


def apply(actor: Actor, *, version: int, where: str = "") -> Iterator[Applied]:
    """Let the open cases of the query follow this version, each by an event of its own; done as it is read.

    A run that was cut off is simply run again: what follows the version already is left out. Raises as `to_apply`.
    """
    _check_may_apply(actor, version)
    return _applied(actor, version, ids(version, where, actor.login))


def apply_to(actor: Actor, *, case: int, version: int) -> Change:
    """Let one case follow this version."""
    return carry_out(actor, case, Act(verb=Verb.APPLY_POLICY, occurred_at=clock.now(), policy_version=version))


def _applied(actor: Actor, version: int, cases: list[int]) -> Iterator[Applied]:
    for case in cases:
        try:
            change = apply_to(actor, case=case, version=version)
        except StoreUnavailable:
            raise
        except DeskError as error:  # it was closed, or somebody was faster
            yield Applied(case, (), str(error))
        else:
            yield Applied(case, tuple(new_terms.moves(change.before, change.after, change.act.occurred_at)))


def _check_may_apply(actor: Actor, version: int) -> None:
    _supervisor(actor, APPLY)
    policy(version)


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
