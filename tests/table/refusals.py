"""For each guard of the table an act that it refuses: by which rule, and the words that say what would satisfy it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO
from typing import Any

from models.actor import SWEEP, Actor
from models.operations import (
    appealing,
    asking,
    assigning,
    deciding,
    evidencing,
    following,
    goodwill,
    holding,
    merging,
    moving,
    opening,
    parties,
    policies,
    refunding,
    returning,
    talking,
)
from models.operations.change import carry_out
from models.queries.history import case_from_events
from models.rules import appeal_guards, evidence_guards, guards, guards_of_cases, guards_of_review, return_guards
from models.rules import goodwill as goodwill_rules
from models.rules.act import Act, Verb
from models.rules.approval import RulingDraft
from models.rules.guards import Guard
from models.rules.guards_of_time import time_made_due
from models.vocabulary import (
    AppealGround,
    AppealResult,
    ClockKind,
    EvidenceKind,
    EvidenceState,
    FileType,
    Hold,
    Outcome,
    Party,
    PartyAct,
    Payer,
    RefundState,
    ReturnStep,
)
from tests.evidence.samples import png
from tests.operations.desk import ANNA, BEN, SUE, TOM, day, on_day
from tests.table.cases import NOW
from tests.table.deeds import beside

BUYER, SELLER = Party.BUYER, Party.SELLER
NOTE = RulingDraft(note="n")
RULING = RulingDraft(Outcome.NO_REFUND, findings=("evidence_equal",), note="n")


@dataclass(frozen=True, slots=True)
class Refusal:
    guard: Guard
    case: str
    """Its name among `cases.STANDS`."""
    do: Callable[[int], object]
    rule: str
    """Of the refusal; empty where it is a conflict."""
    says: tuple[str, ...]
    before: Callable[[int], object] = lambda case: None


def _act(actor: Actor, case: int, verb: Verb, **facts: Any) -> object:
    """What no operation lets through, but an act could say."""
    return carry_out(actor, case, Act(verb=verb, occurred_at=day(NOW), **facts))


def _says(move: PartyAct, party: Party = SELLER, **more: Any) -> Callable[[int], object]:
    return lambda case: talking.respond(ANNA, case=case, party=party, move=move, **more)


def _decides(ruling: RulingDraft) -> Callable[[int], object]:
    return lambda case: deciding.decide(ANNA, case=case, ruling=ruling)


def _rules(result: AppealResult, ruling: RulingDraft) -> Callable[[int], object]:
    return lambda case: appealing.rule(SUE, case=case, result=result, ruling=ruling)


def _appeals(
    party: Party = SELLER, ground: AppealGround = AppealGround.FACTS_WRONG, text: str = "no", on: float = NOW
) -> Callable[[int], object]:
    return lambda case: appealing.appeal(ANNA, case=case, party=party, ground=ground, text=text, occurred_at=day(on))


def _approves(actor: Actor, code: str = "") -> Callable[[int], object]:
    return lambda case: deciding.approve(actor, case=case, hash=code or _hash(case))


def _hash(case: int) -> str:
    waits = case_from_events(case).proposed_ruling()
    assert waits is not None
    return waits.hash


def _attaches(data: bytes = png(), **more: Any) -> Callable[[int], object]:
    kind = EvidenceKind.PHOTO_ITEM
    return lambda case: evidencing.attach(ANNA, case=case, party=BUYER, kind=kind, source=BytesIO(data), **more)


def _judges(verdict: EvidenceState, note: str = "n") -> Callable[[int], object]:
    return lambda case: evidencing.review(ANNA, case=case, number=1, verdict=verdict, note=note)


def _sue_has_it(case: int) -> object:
    return assigning.assign(SUE, case=case, login="sue", note="n")


def _is_paid(case: int) -> None:
    for state in (RefundState.INSTRUCTED, RefundState.CONFIRMED):
        refunding.refund(ANNA, case=case, state=state)


def _is_held(case: int) -> object:
    return holding.hold(SUE, case=case, why=Hold.LEGAL, note="n")


def _refunds_the_other(case: int) -> None:
    """Most of what the order can give back goes by the other case, which is not known by its number."""
    sibling = beside(case)
    with on_day(NOW - 1):
        talking.respond(ANNA, case=sibling, party=SELLER, move=PartyAct.OFFER, amount_minor=9_000)
        talking.respond(ANNA, case=sibling, party=BUYER, move=PartyAct.ACCEPT)
        refunding.refund(ANNA, case=sibling, state=RefundState.INSTRUCTED)
        refunding.refund(ANNA, case=sibling, state=RefundState.CONFIRMED)


REFUSALS: tuple[Refusal, ...] = (
    Refusal(guards.names_rule, "draft", lambda case: opening.refuse_case(ANNA, case=case, rule="protectoin", note="n"),
            "rule", ("Did you mean protection?",)),
    Refusal(guards.with_note, "draft", lambda case: opening.refuse_case(ANNA, case=case, rule="protection", note=" "),
            "note", ("needs a note that says why",)),
    Refusal(guards.not_yet_notified, "opened", lambda case: moving.notify(ANNA, case=case),
            "notified", ("already notified at 2026-03-02T09:00:00Z",)),
    Refusal(guards.move_of_party, "negotiation", _says(PartyAct.REQUEST, amount_minor=5),
            "act", ("possible are accept, offer, reject, reply",)),
    Refusal(guards.move_in_state, "opened", _says(PartyAct.DECLINE, BUYER, text="no"),
            "state", ("until then the buyer can only request or reply",)),
    Refusal(guards.says_something, "negotiation", _says(PartyAct.REJECT), "text", ("'reject' needs a text",)),
    Refusal(guards.sound_offer, "negotiation", _says(PartyAct.OFFER, amount_minor=10_001),
            "amount", ("between 0 and the refundable 100.00 USD",)),
    Refusal(guards.live_version, "negotiation", _says(PartyAct.ACCEPT, BUYER, offer=2),
            "stale_offer", ("expired at", "None stands in its place")),
    Refusal(guards.known_reason, "opened", lambda case: moving.recode(ANNA, case=case, reason="quality/por", note="n"),
            "reason", ("Did you mean quality/poor_quality?",)),
    Refusal(guards.another_reason, "opened",
            lambda case: moving.recode(ANNA, case=case, reason="not_as_described/wrong_item", note="n"),
            "reason", ("already is not_as_described/wrong_item",)),
    Refusal(guards.with_cause, "opened",
            lambda case: moving.escalate(ANNA, case=case, party=BUYER, cause="", note="n"),
            "cause", ("such as seller_silent",)),
    Refusal(guards.time_to_escalate, "opened",
            lambda case: moving.escalate(ANNA, case=case, party=BUYER, cause="c", note="n", occurred_at=day(4)),
            "may_escalate_at", ("from 2026-03-07T09:00:00Z on", "after a rejection or a decline")),
    Refusal(guards.held_by_nobody_else, "review", lambda case: assigning.claim(BEN, case=case),
            "", ("anna has this case",)),
    Refusal(guards.held_or_supervised, "opened", lambda case: assigning.release(ANNA, case=case),
            "assignee", ("claim it first",)),
    Refusal(guards.held_by_actor, "asked", lambda case: asking.cancel_ask(BEN, case=case), "", ("anna has this case",)),
    Refusal(guards.reason_is_known, "untriaged", _decides(RULING),
            "recode", ("recode the case before it is decided",)),
    Refusal(guards.complete_ruling, "review", _decides(replace(RULING, findings=())),
            "finding", ("at least one finding",)),
    Refusal(guards.sound_ruling, "review", _decides(replace(RULING, outcome=Outcome.REPLACEMENT, payer=Payer.SELLER)),
            "outcome", ("only be agreed between the parties",)),
    Refusal(guards.second_person, "approval", _approves(SUE), "second_person", ("held the case in this round",),
            _sue_has_it),
    Refusal(guards.hash_as_read, "approval", _approves(TOM, "0123456789"), "hash", ("read it again",)),
    Refusal(guards.still_refundable, "approval", _approves(TOM), "double_refund", ("send it back",),
            _refunds_the_other),
    Refusal(guards.as_proposed, "nothing given", _approves(TOM), "changed", ("send it back",), _refunds_the_other),
    Refusal(time_made_due, "opened", lambda case: _act(SWEEP, case, Verb.EXPIRE, offer_number=1),
            "due", ("Time has not made 'expire' due",)),
    Refusal(return_guards.return_step, "return",
            lambda case: returning.record_return(ANNA, case=case, step=ReturnStep.SHIPPED),
            "step", ("comes too late",),
            lambda case: returning.record_return(ANNA, case=case, step=ReturnStep.DELIVERED)),
    Refusal(guards.refund_in_order, "paid and withdrawn",
            lambda case: refunding.refund(ANNA, case=case, state=RefundState.INSTRUCTED),
            "nothing_due", ("No refund is due",)),
    Refusal(appeal_guards.by_a_party, "ruled", _appeals(Party.PLATFORM), "party", ("the buyer's or the seller's",)),
    Refusal(appeal_guards.a_ruling_stands, "agreed", _appeals(), "ruling", ("Only a ruling of the platform",)),
    Refusal(appeal_guards.once_a_party, "ruled", _appeals(), "appealed", ("each party can once",),
            lambda case: (_appeals()(case), _sue_has_it(case), _rules(AppealResult.UPHELD, NOTE)(case))),
    Refusal(appeal_guards.in_time, "ruled", _appeals(on=6), "appeal_window", ("could be appealed until",)),
    Refusal(appeal_guards.on_a_ground, "ruled", _appeals(ground=AppealGround.NEW_EVIDENCE),
            "new_evidence", ("attach the evidence first",)),
    Refusal(appeal_guards.not_involved, "appeal from sue", _rules(AppealResult.UPHELD, NOTE),
            "involved", ("sue cannot hear this appeal",), _sue_has_it),
    Refusal(appeal_guards.complete_hearing, "appeal", _rules(AppealResult.UPHELD, RulingDraft()),
            "note", ("needs a note that says what was found",), _sue_has_it),
    Refusal(appeal_guards.sound_hearing, "appeal",
            _rules(AppealResult.VARIED, replace(RULING, outcome=Outcome.FULL_REFUND, payer=Payer.SELLER)),
            "result", ("say upheld",), _sue_has_it),
    Refusal(guards.refund_settled, "agreed", lambda case: moving.close(ANNA, case=case),
            "refund", ("confirm the refund first",)),
    Refusal(guards.no_appeal_possible, "ruled", lambda case: moving.close(ANNA, case=case),
            "appeal_window", ("close it after that",),
            _is_paid),
    Refusal(guards_of_review.party_that_acts, "review",
            lambda case: asking.ask(ANNA, case=case, party=Party.PLATFORM, items=["a list"]),
            "party", ("buyer or seller",)),
    Refusal(guards_of_review.asks_for_something, "review",
            lambda case: asking.ask(ANNA, case=case, party=BUYER, items=[" "]), "item", ("one thing an item",)),
    Refusal(guards_of_review.asked_party, "asked",
            lambda case: asking.answer(ANNA, case=case, party=BUYER, text="here"),
            "party", ("The seller was asked",)),
    Refusal(guards_of_review.hold_is_known, "opened", lambda case: _act(SUE, case, Verb.HOLD),
            "hold", ("legal, outage, risk",)),
    Refusal(guards_of_review.not_on_hold, "opened", _is_held, "held", ("lift that first with 'unhold'",), _is_held),
    Refusal(guards_of_review.on_hold, "opened", lambda case: holding.unhold(SUE, case=case), "held", ("not on hold",)),
    Refusal(guards_of_review.clock_runs, "opened",
            lambda case: holding.waive(SUE, case=case, kind=ClockKind.REFUND, note="n"), "clock", ("running are",)),
    Refusal(guards_of_review.later_than_now, "review",
            lambda case: holding.extend(SUE, case=case, kind=ClockKind.REVIEW, by=timedelta(hours=1), note="n"),
            "by", ("has to reach beyond now",)),
    Refusal(evidence_guards.known_file, "opened",
            lambda case: _act(ANNA, case, Verb.ATTACH, party=BUYER, evidence_kind=EvidenceKind.OTHER, size_bytes=5),
            "file_type", ("pdf, png, jpg",)),
    Refusal(evidence_guards.within_limits, "opened",
            lambda case: _act(ANNA, case, Verb.ATTACH, party=BUYER, evidence_kind=EvidenceKind.OTHER,
                              file_type=FileType.PNG, file_digest="d", size_bytes=10_000_001),
            "file_size", ("1 byte to 10 MB",)),
    Refusal(evidence_guards.captured_before_now, "opened", _attaches(captured_at=day(NOW + 1)),
            "captured_at", ("in the future",)),
    Refusal(evidence_guards.replaces_own, "opened", _attaches(replaces=3), "evidence", ("no piece 3",)),
    Refusal(evidence_guards.reviewable, "opened", _judges(EvidenceState.ACCEPTED),
            "evidence", ("its pieces are none",)),
    Refusal(guards_of_cases.can_be_reopened, "paid and withdrawn",
            lambda case: moving.reopen(SUE, case=case, note="n"), "refund", ("confirm it or record its failure",)),
    Refusal(guards_of_cases.another_policy, "opened", lambda case: policies.apply_to(SUE, case=case, version=1),
            "policy", ("follows policy 1 already",)),
    Refusal(guards_of_cases.names_another_case, "opened", lambda case: _act(ANNA, case, Verb.MERGE),
            "merge", ("Name the other case",)),
    Refusal(guards_of_cases.has_no_outcome, "return",
            lambda case: merging.merge(ANNA, case=case, into=beside(case)), "outcome", ("nothing was settled in",)),
    Refusal(guards_of_cases.seller_is_awaited, "negotiation", lambda case: _act(ANNA, case, Verb.CHASE),
            "chase", ("nothing to chase",)),
    Refusal(guards_of_cases.names_a_party, "opened",
            lambda case: following.flag(ANNA, case=case, party=Party.PLATFORM, note="n"),
            "party", ("on the buyer or on the seller",)),
    Refusal(guards_of_cases.not_flagged_yet, "opened",
            lambda case: following.flag(BEN, case=case, party=BUYER, note="n"), "flagged", ("write a note",),
            lambda case: following.flag(ANNA, case=case, party=BUYER, note="n")),
    Refusal(guards_of_cases.flag_waits, "opened", lambda case: parties.unflag(SUE, case=case, party=BUYER, note="n"),
            "flag", ("nobody of this case is",)),
    Refusal(goodwill_rules.in_order, "opened",
            lambda case: goodwill.give_goodwill(SUE, case=case, amount_minor=0, note="n"), "amount", ("above 0",)),
    Refusal(guards_of_cases.watches_or_not_yet, "opened",
            lambda case: following.watch(ANNA, case=case, is_done=True), "watch", ("do not watch",)),
    Refusal(guards_of_cases.reminds_ahead, "opened",
            lambda case: following.remind(ANNA, case=case, on=day(1), note="n"), "remind", ("an instant to come",)),
)  # fmt: skip
