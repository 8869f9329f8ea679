"""Giving everything that somebody has to somebody else, each case with a note that says where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from models.actor import Actor
from models.dataclass import dataclass
from models.errors import DeskError, NotAllowed, NotFound, Refused, StoreUnavailable
from models.operations.assigning import assign
from models.operations.presence import present
from models.queries.handovers import Held, held_by
from models.tables import Agent
from models.vocabulary import Role


@dataclass(frozen=True, slots=True)
class HandedOver:
    held: Held
    refusal: str = ""
    """Why it stayed where it was; empty where it was given over."""


def to_hand_over(actor: Actor, *, login: str, to: str) -> list[Held]:
    """What would be given over. Raises NotFound, Refused and NotAllowed."""
    if present(actor).role is not Role.SUPERVISOR:
        raise NotAllowed(f"Handing cases over is a supervisor's; {actor.login} is {actor.role}.")
    for name in (login, to):
        if not Agent.select().where(Agent.login == name).exists():
            raise NotFound(f"There is no agent {name}: 'disputes agents' lists them.")
    if login == to:
        raise Refused("assignee", f"{login} has them already.")
    return list(held_by(login))


def hand_over(actor: Actor, *, login: str, to: str, note: str = "") -> Iterator[HandedOver]:
    """Case by case, each a change of its own with `note` and where it stands; done as it is read.

    Raises at once what `to_hand_over` raises.
    """
    return _given(actor, to_hand_over(actor, login=login, to=to), login, to, note)


def _given(actor: Actor, found: list[Held], login: str, to: str, note: str) -> Iterator[HandedOver]:
    for held in found:
        words = " ".join(filter(None, (f"Handed over from {login}.", note.strip(), held.note)))
        try:
            assign(actor, case=held.id, login=to, note=words)
        except StoreUnavailable:
            raise
        except DeskError as error:
            yield HandedOver(held, str(error))
        else:
            yield HandedOver(held)
