"""What must hold before a step of a return."""

from __future__ import annotations

from datetime import datetime

from models.actor import Actor
from models.errors import Refused
from models.rules.act import Act
from models.rules.case import Case
from models.rules.returns import BEFORE
from models.vocabulary import ReturnStep


def return_step(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    """Steps come in their order, and none of them twice."""
    if act.step is None:
        raise Refused("step", f"Say what became of the goods: {', '.join(ReturnStep)}.")
    told = next((step for step in case.returned if step in BEFORE.get(act.step, ())), None)
    if told is not None:
        raise Refused("step", f"'{act.step}' comes too late: {told} at {case.returned[told]:%Y-%m-%dT%H:%M:%SZ}.")
    since = max([*case.returned.values(), *([case.decided_at] if case.decided_at else [])], default=case.opened_at)
    if act.occurred_at < since:
        raise Refused(
            "occurred_at",
            f"The return stood at {since:%Y-%m-%dT%H:%M:%SZ}; what came after it did not happen before.",
        )
