"""A case as somebody is about to act on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo

from models.actor import Actor
from models.dataclass import dataclass
from models.errors import DeskError, NotFound
from models.queries import agents, queue
from models.queries.history import case_from_events
from models.queries.rows import CaseRow
from models.rules import appeals, evidence
from models.rules.act import Act
from models.rules.act import Verb as CaseVerb
from models.rules.case import Case
from models.rules.following import watched_by
from models.rules.transitions import TRANSITIONS, check, check_role
from models.vocabulary import (
    REASON_CODES,
    AppealGround,
    AppealResult,
    EvidenceKind,
    EvidenceState,
    FileType,
    Finding,
    FlagReview,
    Hold,
    Outcome,
    Party,
    PartyAct,
    RefundState,
    ReturnStep,
    Role,
    State,
)
from screens import words


@dataclass(frozen=True, slots=True)
class Subject:
    dispute_id: int
    row_version: int
    """As it was when the case was read: an act names it, and is refused when the case has changed since."""
    case: Case
    logins: tuple[str, ...] = ()
    """Who can be given a case."""
    login: str = ""
    """Who acts."""
    zone: tzinfo = UTC
    """In which they read and write instants."""

    @property
    def is_somebody_elses(self) -> bool:
        return self.case.assignee not in ("", self.login)

    @property
    def code(self) -> str:
        return f"C{self.dispute_id}"


def subject_of(dispute_id: int, login: str, zone: tzinfo = UTC) -> Subject:
    """Read it from the store, for whoever acts. Raises NotFound."""
    version = queue.versions_of([dispute_id]).get(dispute_id)
    if version is None:
        raise NotFound(f"There is no case C{dispute_id}.")
    logins = tuple(login for login, _, role, is_active, *_ in agents.all_agents() if is_active and role != Role.AUDITOR)
    return Subject(dispute_id, version, case_from_events(dispute_id), logins, login, zone)


def why_not(case: Case, verb: CaseVerb, actor: Actor, now: datetime) -> str | None:
    """Why the rules refuse this now, whatever would be filled in; None where they do not.

    Only to grey out a key: the operation asks the rules again, in its own transaction.
    """
    probe = replace(
        _probe(case, verb, actor), verb=verb, occurred_at=now, by=actor.login, due_at=now + timedelta(days=1)
    )
    try:
        check(case, probe, actor, now)
    except DeskError as error:
        return str(error)
    return None


NEEDS_HANDS = frozenset(
    {CaseVerb.DECIDE, CaseVerb.RULE, CaseVerb.RELEASE, CaseVerb.ASK, CaseVerb.CANCEL_ASK, CaseVerb.PROPOSE}
)


def why_not_row(row: CaseRow, verb: CaseVerb, actor: Actor) -> str | None:
    """The same for a line of the queue, by what a line knows: role, state and who has it."""
    try:
        check_role(verb, actor)
    except DeskError as error:
        return str(error)
    if State(row.state) not in TRANSITIONS[verb].states:
        return f"'{verb}' is not possible: {row.case} is {words.plain(row.state)}."
    if verb is CaseVerb.CLAIM and row.assignee:
        return f"{row.case} is already yours." if row.assignee == actor.login else f"{row.assignee} has {row.case}."
    is_supervised = verb is CaseVerb.RELEASE and row.assignee and actor.role is Role.SUPERVISOR
    if verb in NEEDS_HANDS and row.assignee != actor.login and not is_supervised:
        return f"{row.assignee} has {row.case}." if row.assignee else f"Claim {row.case} first (c)."
    return None


FAR_AHEAD = 10 * 366 * 86_400
"""Seconds: more than any clock is late."""


def _probe(case: Case, verb: CaseVerb, actor: Actor) -> Act:
    """An act that is filled in as well as it could be, so that only the case itself can stand against it."""
    ruling = case.proposed_ruling()
    judged = next((piece for piece in reversed(case.evidence) if piece.state in evidence.REVIEWABLE), None)
    is_underway = bool(case.goodwill_underway() if verb is CaseVerb.GOODWILL else case.underway_minor)
    return Act(
        verb=verb,
        occurred_at=case.opened_at,
        party=_party(case, verb),
        move=PartyAct.REPLY,
        text_digest="-",
        cause="-",
        login=actor.login,
        reason=next(code for code in REASON_CODES if code != case.reason),
        step=ReturnStep.RECEIVED,
        ground=AppealGround.FACTS_WRONG,
        result=AppealResult.UPHELD,
        outcome=None if verb is CaseVerb.RULE else Outcome.NO_REFUND,
        amount_minor=1 if verb is CaseVerb.GOODWILL else 0,
        findings=(Finding.AVAILABLE_INFORMATION,),
        hash=ruling.hash if ruling else None,
        evidence_kind=EvidenceKind.OTHER,
        file_type=FileType.TXT,
        size_bytes=1,
        evidence_number=judged.number if judged and verb is CaseVerb.REVIEW else None,
        verdict=EvidenceState.REJECTED if judged and judged.state is EvidenceState.ACCEPTED else EvidenceState.ACCEPTED,
        items=1,
        hold=Hold.RISK,
        clock=next((clock.kind for clock in case.clocks if clock.is_running), None),
        seconds=FAR_AHEAD,
        other=0,
        is_done=(verb is CaseVerb.WATCH and watched_by(case, actor.login) is not None) or None,
        flag_review=FlagReview.DISMISSED,
        refund=RefundState.CONFIRMED if is_underway else RefundState.INSTRUCTED,
    )


def _party(case: Case, verb: CaseVerb) -> Party:
    question = case.open_question()
    if verb is CaseVerb.ANSWER and question is not None:
        return question.party
    if verb in (CaseVerb.FLAG, CaseVerb.UNFLAG):
        flagged = [party for party in appeals.PARTIES if (case.waiting_flag(party) is None) is (verb is CaseVerb.FLAG)]
        return next(iter(flagged), Party.BUYER)
    if verb is CaseVerb.ESCALATE:
        return Party.PLATFORM
    return next(iter(appeals.open_to(case)), Party.SELLER) if verb is CaseVerb.APPEAL else Party.SELLER
