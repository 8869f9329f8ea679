"""Reminding sellers of the answers they owe."""

from __future__ import annotations

from collections.abc import Sequence

from models import clock
from models.actor import Actor
from models.errors import NotAllowed, NotFound, Refused
from models.operations import notices
from models.operations.change import Change, Words, carry_out, check_possible
from models.operations.presence import present
from models.queries import queue
from models.queries.tree import Has, Query
from models.rules.act import Act, Verb
from models.tables import Party
from models.vocabulary import Audience, Role
from models.vocabulary import Party as Side

TEMPLATE = "answer_is_late"


def chase(actor: Actor, *, case: int) -> Change:
    """Write to the seller who owes an answer, in their language; it is counted, and starts and stops nothing."""
    check_possible(actor, case, Verb.CHASE)
    letters = notices.from_template(case, TEMPLATE, Audience.SELLER)
    words = Words(letters[0].text, audience=Audience.SELLER, language=letters[0].language)

    def send(change: Change) -> None:
        notices.put(case, letters, change.act.by, change.act.occurred_at)

    return carry_out(actor, case, Act(verb=Verb.CHASE, occurred_at=clock.now()), words=words, record=send)


def chase_all(actor: Actor, *, cases: Sequence[int]) -> list[Change]:
    """Chase several cases, each a change of its own: a supervisor's act. The first refusal ends it."""
    if len(cases) > 1:
        _check_bulk(actor)
    return [chase(actor, case=case) for case in cases]


def chase_seller(actor: Actor, *, seller: str) -> list[Change]:
    """Chase every overdue answer of a seller, named by the whole ref; a supervisor's act."""
    _check_bulk(actor)
    if not Party.select().where((Party.side == Side.SELLER) & (Party.ref == seller)).exists():
        raise NotFound(f"There is no seller {seller!r}: write the whole ref.")
    late = queue.rows(Query(Has("overdue", "seller_response")), actor_login=actor.login)
    cases = [row.id for row in late if row.seller == seller]
    if not cases:
        raise Refused("chase", f"{seller} owes no answer: nothing to chase.")
    return chase_all(actor, cases=cases)


def _check_bulk(actor: Actor) -> None:
    if present(actor).role is not Role.SUPERVISOR:
        raise NotAllowed("Chasing many cases at once is a supervisor's; chase them one by one.")
