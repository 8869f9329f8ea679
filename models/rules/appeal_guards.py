"""What must hold before a ruling is appealed, and before somebody rules on the appeal."""

from __future__ import annotations

from datetime import datetime

from models.actor import Actor
from models.errors import Refused
from models.rules import appeals, guards
from models.rules.act import Act
from models.rules.case import Case
from models.vocabulary import REPLACES_RULING, AppealGround, AppealResult


def by_a_party(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if act.party not in appeals.PARTIES:
        raise Refused("party", "An appeal is the buyer's or the seller's.")


def a_ruling_stands(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if not case.is_ruled or case.decided_at is None:
        raise Refused("ruling", "Only a ruling of the platform can be appealed; nobody ruled on this case.")


def once_a_party(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    earlier = next((appeal for appeal in case.appeals if appeal.party is act.party), None)
    if earlier is not None:
        raise Refused("appealed", f"The {act.party} appealed at {_shown(earlier.filed_at)}; each party can once.")


def in_time(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    until = appeals.until(case)
    assert until is not None and case.decided_at is not None
    if not case.decided_at <= act.occurred_at <= until:
        raise Refused(
            "appeal_window",
            f"The ruling of {_shown(case.decided_at)} could be appealed until {_shown(until)}; "
            f"{_shown(act.occurred_at)} is not within.",
        )


def on_a_ground(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if act.ground is None:
        raise Refused("ground", f"An appeal names its ground: {', '.join(AppealGround)}.")
    if act.ground is AppealGround.NEW_EVIDENCE and not act.has_new_evidence:
        raise Refused("new_evidence", "Nothing new was shown since the ruling: attach the evidence first.")


def not_involved(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if actor.login in case.barred:
        raise Refused(
            "involved",
            f"{actor.login} cannot hear this appeal: they made, signed or sent back the ruling, or held the case then.",
        )


def complete_hearing(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if act.result is None:
        raise Refused("result", f"A ruling on an appeal has a result: {', '.join(AppealResult)}.")
    if case.outcome is None:
        raise Refused("ruling", "No outcome stands that the appeal could be about.")
    if act.text_digest is None:
        raise Refused("note", "A ruling on an appeal needs a note that says what was found.")
    if act.result in REPLACES_RULING:
        guards.complete_ruling(case, act, actor, now)
    elif act.outcome is not None:
        raise Refused("result", f"'{act.result}' leaves the ruling as it is: name no outcome, or say varied.")


def sound_hearing(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if act.result not in REPLACES_RULING:
        return
    guards.sound_ruling(case, act, actor, now)
    if (act.outcome, act.amount_minor or 0, act.payer) == (case.outcome, case.refund_minor, case.payer):
        raise Refused("result", f"Nothing would change: say {AppealResult.UPHELD}.")


def _shown(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"
