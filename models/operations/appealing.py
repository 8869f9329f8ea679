"""A party objects to a ruling, and somebody who had no part in it rules again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from models import clock
from models.actor import Actor
from models.operations.change import Change, Words, carry_out
from models.operations.deciding import DecisionPreview, issue, preview_of
from models.rules.act import Act, Verb
from models.rules.approval import RulingDraft
from models.rules.case import Case
from models.tables import Evidence
from models.vocabulary import AppealGround, AppealResult, Audience, Party


def appeal(
    actor: Actor,
    *,
    case: int,
    party: Party,
    ground: AppealGround,
    text: str,
    occurred_at: datetime | None = None,
    seen_version: int | None = None,
) -> Change:
    """Record a party's appeal: once a party, within the window, and with new evidence where that is its ground."""

    def see_evidence(found: Case, act: Act) -> Act:
        return replace(act, has_new_evidence=_has_new_evidence(case, found) or None)

    act = Act(verb=Verb.APPEAL, occurred_at=occurred_at or clock.now(), party=party, ground=ground)
    words = Words(text, party, Audience.BOTH)
    return carry_out(actor, case, act, words=words, seen_version=seen_version, prepare=see_evidence)


def rule(
    actor: Actor, *, case: int, result: AppealResult, ruling: RulingDraft, seen_version: int | None = None
) -> Change:
    """Rule on an appeal in one's hands. Another ruling waits for a second person; the first stands until then.

    `ruling` names what the buyer gets in all; what was already confirmed is counted against it.
    """
    return issue(_act(result), actor, case, ruling, seen_version)


def preview_ruling(actor: Actor, *, case: int, result: AppealResult, ruling: RulingDraft) -> DecisionPreview:
    """What `rule` would do; it refuses what `rule` would refuse, and writes nothing."""
    return preview_of(_act(result), actor, case, ruling)


def _act(result: AppealResult) -> Act:
    return Act(verb=Verb.RULE, occurred_at=clock.now(), result=result)


def _has_new_evidence(dispute_id: int, case: Case) -> bool:
    if case.decided_at is None:
        return False
    since = (Evidence.dispute == dispute_id) & (Evidence.recorded_at > case.decided_at)
    return bool(Evidence.select().where(since & (Evidence.lane != Party.PLATFORM)).exists())
