"""The platform's ruling: proposed, issued, approved by a second person or sent back."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from functools import partial
from typing import Any

from peewee import fn

from models import clock
from models.actor import Actor
from models.dataclass import dataclass
from models.errors import Refused
from models.operations import notices
from models.operations.change import Change, Words, carry_out, preview
from models.operations.notices import Letter
from models.prepared import Slot, prepared, update
from models.queries.flags import flagged_elsewhere
from models.rules import approval, basis, evidence, letters, money
from models.rules.act import Act, Verb
from models.rules.approval import RulingDraft
from models.rules.case import Case
from models.rules.clocks import Clock
from models.rules.policy import policy
from models.tables import Decision, Dispute
from models.vocabulary import REPLACES_RULING, AppealResult, Audience, Outcome, Party


@dataclass(frozen=True, slots=True)
class DecisionPreview:
    """What issuing a decision would do."""

    change: Change
    refund_minor: int
    currency: str
    basis: tuple[basis.Line, ...]
    second_person_because: tuple[str, ...]
    """Why a second person must approve; empty when none need."""
    clocks_that_stop: tuple[Clock, ...]
    """As they would stand afterwards."""
    to_buyer: str
    to_seller: str

    @property
    def stood_minor(self) -> int | None:
        """What the ruling that is appealed gives the buyer; None where none is."""
        return self.change.before.refund_minor if self.change.act.result is not None else None

    @property
    def due_minor(self) -> int:
        """What would still be paid; below 0 what was paid beyond the outcome, which we cannot take back."""
        return self.refund_minor - self.change.before.confirmed_minor


def decide(actor: Actor, *, case: int, ruling: RulingDraft, seen_version: int | None = None) -> Change:
    """Rule on a case in one's hands. Where a trigger holds, the ruling waits for a second person."""
    return issue(Act(verb=Verb.DECIDE, occurred_at=clock.now()), actor, case, ruling, seen_version)


def issue(act: Act, actor: Actor, case: int, ruling: RulingDraft, seen_version: int | None) -> Change:
    """Carry out a ruling and keep its texts."""
    complete = _Completed(actor, case, ruling)

    def keep(change: Change) -> None:
        approval.check_points(ruling.points)
        sides = ((Party.BUYER, ruling.to_buyer), (Party.SELLER, ruling.to_seller))
        built = tuple(side for side, text in sides if not text.strip())
        _keep(change, complete.draft, complete.lines, built)
        if not change.act.needs_second_person:
            _tell(change)

    return carry_out(
        actor, case, act, words=Words(ruling.note), seen_version=seen_version, prepare=complete, record=keep
    )


def preview_decision(actor: Actor, *, case: int, ruling: RulingDraft) -> DecisionPreview:
    """What `decide` would do; it refuses what `decide` would refuse, and writes nothing."""
    return preview_of(Act(verb=Verb.DECIDE, occurred_at=clock.now()), actor, case, ruling)


def preview_of(act: Act, actor: Actor, case: int, ruling: RulingDraft) -> DecisionPreview:
    """What `issue` would do."""
    complete = _Completed(actor, case, ruling)
    change = preview(actor, case, act, words=Words(ruling.note), prepare=complete)
    approval.check_points(ruling.points)
    running = {clock.number for clock in change.before.clocks if clock.is_running}
    return DecisionPreview(
        change=change,
        refund_minor=complete.refund_minor,
        currency=change.before.currency,
        basis=complete.lines,
        second_person_because=complete.because,
        clocks_that_stop=tuple(c for c in change.after.clocks if c.number in running and not c.is_running),
        to_buyer=complete.draft.to_buyer,
        to_seller=complete.draft.to_seller,
    )


def approve(actor: Actor, *, case: int, hash: str, seen_version: int | None = None) -> Change:
    """A second person signs exactly what they have read: `hash` is at least the first eight signs of its digest."""
    act = Act(verb=Verb.APPROVE, occurred_at=clock.now(), hash=hash)
    return carry_out(actor, case, act, seen_version=seen_version, record=_tell)


def send_back(actor: Actor, *, case: int, note: str, seen_version: int | None = None) -> Change:
    """The proposed decision returns to review, with what is missing."""
    act = Act(verb=Verb.SEND_BACK, occurred_at=clock.now())
    return carry_out(actor, case, act, words=Words(note), seen_version=seen_version)


class _Completed:
    """Completes the act from the case inside the transaction, and keeps what was worked out on the way."""

    def __init__(self, actor: Actor, dispute_id: int, draft: RulingDraft) -> None:
        self.actor = actor
        self.dispute_id = dispute_id
        self.draft = draft
        self.lines: tuple[basis.Line, ...] = ()
        self.because: tuple[str, ...] = ()
        self.refund_minor = 0
        """What the buyer gets by the outcome in all."""

    def __call__(self, case: Case, act: Act) -> Act:
        if act.result is not None and act.result not in REPLACES_RULING:
            return self._left(case, act)
        draft, most = self.draft, case.most_minor
        self.lines = basis.lines_from(draft.basis, most, case.currency, policy(case.policy_version))
        amount = _amount(draft, self.lines, case)
        goes_back = draft.outcome is Outcome.RETURN_AND_REFUND
        named = replace(draft, amount_minor=amount, freight=draft.freight or (Party.SELLER if goes_back else None))
        self.refund_minor = amount
        self.draft = replace(
            named,
            points=draft.points or (approval.Point(point=case.reason, found=draft.note),),
            to_buyer=draft.to_buyer.strip() or self._letter(case, named, amount, Party.BUYER, act.result),
            to_seller=draft.to_seller.strip() or self._letter(case, named, amount, Party.SELLER, act.result),
        )
        self.because = approval.triggers(
            case, named, amount, self._same_buyer_decisions(case), result=act.result,
            flagged_elsewhere=flagged_elsewhere(self.dispute_id),
        )  # fmt: skip
        return replace(
            act,
            outcome=draft.outcome,
            amount_minor=amount,
            payer=draft.payer,
            freight=self.draft.freight,
            findings=draft.findings,
            basis=tuple(str(line) for line in self.lines),
            hash=approval.decision_hash(self.dispute_id, case, self.draft, amount, act.result),
            grounds=approval.grounds_digest(case),
            needs_second_person=bool(self.because),
            lacking=evidence.lacking(case),
        )

    def _left(self, case: Case, act: Act) -> Act:
        """The appeal leaves the ruling as it is; an outcome that is named all the same is refused by the rules."""
        draft, stands = self.draft, replace(self.draft, outcome=case.outcome, payer=case.payer)
        self.refund_minor = case.refund_minor
        letter = partial(self._letter, case, stands, case.refund_minor)
        self.draft = replace(
            draft,
            to_buyer=draft.to_buyer.strip() or letter(Party.BUYER, act.result),
            to_seller=draft.to_seller.strip() or letter(Party.SELLER, act.result),
        )
        return replace(act, outcome=draft.outcome, findings=draft.findings or None)

    def _letter(self, case: Case, draft: RulingDraft, amount: int, to: Party, result: AppealResult | None) -> str:
        return letters.letter(case, draft, amount, to, f"C{self.dispute_id}", result)

    def _same_buyer_decisions(self, case: Case) -> int:
        since = clock.now() - policy(case.policy_version).same_buyer_within
        return int(_issued_to_buyer_of.value(self.dispute_id, self.actor.login, since))


@prepared
def _issued_to_buyer_of(dispute_id: Slot, maker: Slot, since: Slot) -> Any:
    """How many rulings of the maker stand in other cases of the case's buyer."""
    buyer = Dispute.select(Dispute.buyer).where(Dispute.id == dispute_id)
    theirs = (Decision.maker == maker) & (Decision.standing == "issued") & (Decision.issued_at >= since)
    others = Dispute.buyer.in_(buyer) & (Dispute.id != dispute_id)
    return Decision.select(fn.COUNT(Decision.id)).join(Dispute).where(theirs & others)


def _amount(draft: RulingDraft, lines: tuple[basis.Line, ...], case: Case) -> int:
    """The amount that is given must be the one that the lines add up to; `guards.sound_ruling` judges the rest."""
    if draft.outcome is Outcome.PARTIAL_REFUND and lines:
        total = basis.total_minor(lines)
        if draft.amount_minor is not None and draft.amount_minor != total:
            named, shown = (money.text(each, case.currency) for each in (draft.amount_minor, total))
            raise Refused("basis", f"The basis adds up to {shown} {case.currency}, and the amount is {named}.")
        return total
    if draft.amount_minor is not None:
        return draft.amount_minor
    return case.most_minor if draft.outcome in (Outcome.FULL_REFUND, Outcome.RETURN_AND_REFUND) else 0


def _keep(change: Change, draft: RulingDraft, lines: tuple[basis.Line, ...], built: tuple[Party, ...]) -> None:
    """The ruling's texts, which stand in no event."""
    texts = {
        "points": json.dumps([asdict(point) for point in draft.points], ensure_ascii=False),
        "basis": json.dumps([[line.kind, line.percent, line.amount_minor] for line in lines]),
        "note": draft.note,
        "to_buyer": draft.to_buyer,
        "to_seller": draft.to_seller,
        "built": " ".join(built),
    }
    update(Decision, texts, dispute=change.dispute_id, number=len(change.after.rulings))


def _tell(change: Change) -> None:
    """The ruling is issued: its statements wait to be sent."""
    issued = _ruling.first(change.dispute_id, len(change.after.rulings))
    built = (issued.built or "").split()
    statements = [
        Letter(side, text, letters.LANGUAGE if side in built else "", notices.DECISION)
        for side, text in ((Audience.BUYER, issued.to_buyer), (Audience.SELLER, issued.to_seller))
        if text
    ]
    notices.put(change.dispute_id, statements, change.act.by, change.act.occurred_at)
    notices.goes_back(change)


@prepared
def _ruling(dispute_id: Slot, number: Slot) -> Any:
    columns = (Decision.built, Decision.to_buyer, Decision.to_seller)
    return Decision.select(*columns).where((Decision.dispute == dispute_id) & (Decision.number == number))
