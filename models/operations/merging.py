"""Two cases about the same thing become one."""

from __future__ import annotations

from typing import Any

from models import clock
from models.actor import Actor
from models.database import is_sqlite
from models.errors import Refused
from models.operations.change import Change, carry_out
from models.operations.presence import present
from models.operations.transaction import writing
from models.rules import transitions
from models.rules.act import Act, Verb
from models.tables import Dispute
from models.vocabulary import OPEN_STATES, ClockKind


def merge(actor: Actor, *, case: int, into: int, seen_version: int | None = None) -> Change:
    """Close `case` as merged into another of the same order and parties, which keeps the earlier promise of both."""
    now = clock.now()
    with writing():
        transitions.check_role(Verb.MERGE, present(actor))
        _check_pair(case, into)
        act = Act(verb=Verb.MERGE, occurred_at=now, other=into)
        merged = carry_out(actor, case, act, seen_version=seen_version)
        promised = merged.before.running(ClockKind.RESOLUTION)
        due_at = promised.due_at if promised is not None and not promised.is_held else None
        taken = Act(verb=Verb.TAKE_IN, occurred_at=now, other=case, resolution_due_at=due_at)
        carry_out(actor, into, taken)
        return merged


def _check_pair(case: int, into: int) -> None:
    """Raise Refused unless both are cases of one order; both rows are locked, the lower number first."""
    if case == into:
        raise Refused("merge", "A case is not merged into itself.")
    rows: Any = Dispute.select().where(Dispute.id.in_((case, into))).order_by(Dispute.id)
    found = {row.id: row for row in (rows if is_sqlite() else rows.for_update())}
    if len(found) < 2:
        return  # the change itself says which of them is missing
    one, other = found[case], found[into]
    if (one.order_id, one.buyer_id, one.seller_id) != (other.order_id, other.buyer_id, other.seller_id):
        raise Refused("merge", f"C{case} and C{into} are not of the same order, buyer and seller.")
    if other.state not in OPEN_STATES:
        raise Refused("merge", f"C{into} is {other.state}: cases are merged into one that is open.")
