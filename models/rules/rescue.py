"""Who can still keep a promise that is about to be broken, and what they would have to do."""

from __future__ import annotations

from datetime import datetime

from models.dataclass import dataclass
from models.rules.act import Verb
from models.rules.talks import STATES
from models.vocabulary import ClockKind, Party, Role, State


@dataclass(frozen=True, slots=True)
class Rescue:
    party: Party
    whom: str
    """Of the platform: who has the case, else the role that anybody on shift needs. Of a party: empty."""
    verb: Verb
    """What one of the platform does: the deed itself, or whatever brings the party to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the answer depends on."""

    kind: ClockKind
    due_at: datetime
    state: State
    assignee: str
    """Empty where nobody has the case."""
    asked: Party | None
    """Of `info`: who."""
    is_told: bool
    """The seller was told."""
    may_escalate_at: datetime | None
    auto_escalate_at: datetime | None


OF_PARTIES: dict[ClockKind, tuple[Party, Verb]] = {
    ClockKind.SELLER_RESPONSE: (Party.SELLER, Verb.CHASE),
    ClockKind.BUYER_REPLY: (Party.BUYER, Verb.MESSAGE),
    ClockKind.RETURN_SHIP: (Party.BUYER, Verb.MESSAGE),
    ClockKind.RETURN_CONFIRM: (Party.SELLER, Verb.MESSAGE),
}
OF_THE_DESK: dict[ClockKind, Verb] = {
    ClockKind.NOTIFY: Verb.NOTIFY,
    ClockKind.FIRST_TOUCH: Verb.CLAIM,
    ClockKind.REFUND: Verb.REFUND,
}
OF_SUPERVISORS: dict[ClockKind, Verb] = {
    ClockKind.APPROVAL: Verb.APPROVE,
    ClockKind.APPEAL_REVIEW: Verb.RULE,
}


def rescue(case: Standing) -> Rescue | None:
    """For a promise within reach; None where nobody can do anything but both parties together."""
    kind = case.kind
    if kind in OF_PARTIES:
        party, verb = OF_PARTIES[kind]
        return Rescue(party, "", verb)
    if kind is ClockKind.INFO:
        return Rescue(case.asked or Party.PLATFORM, "", Verb.MESSAGE)
    if kind in OF_THE_DESK:
        return _desk(case, OF_THE_DESK[kind])
    if kind in OF_SUPERVISORS:
        is_hearing = kind is ClockKind.APPEAL_REVIEW
        return Rescue(
            Party.PLATFORM, case.assignee if is_hearing and case.assignee else Role.SUPERVISOR, OF_SUPERVISORS[kind]
        )
    if case.state in STATES:
        return _in_talks(case)
    if case.state is State.PENDING_APPROVAL:
        return Rescue(Party.PLATFORM, Role.SUPERVISOR, Verb.APPROVE)
    if case.state is State.AWAITING_PARTY:
        return _desk(case, Verb.CANCEL_ASK)
    return _desk(case, Verb.DECIDE if case.assignee else Verb.CLAIM)


def _in_talks(case: Standing) -> Rescue | None:
    """The end of talks and the resolution: the platform steps in, once somebody may, or the sweep does.

    Not where the sweep does so because the talks have ended: it steps in when that has passed, and not before.
    """
    if not case.is_told:
        return _desk(case, Verb.NOTIFY)
    if case.may_escalate_at is not None and case.may_escalate_at <= case.due_at:
        return _desk(case, Verb.ESCALATE)
    if case.auto_escalate_at is not None and case.auto_escalate_at < case.due_at:
        return _desk(case, Verb.AUTO_ESCALATE)
    return None


def _desk(case: Standing, verb: Verb) -> Rescue:
    return Rescue(Party.PLATFORM, case.assignee or Role.AGENT, verb)
