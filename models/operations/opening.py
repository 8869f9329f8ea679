"""From a filled-in claim to a case: the rules are asked, the case is made, the seller is told by the default policy.

A claim that fails them is refused for good with a rule, which leaves a closed case behind, or stays a draft.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime
from typing import Any

from models import clock
from models.actor import Actor
from models.database import is_sqlite
from models.errors import NotAllowed, Refused
from models.operations import intake_files, journal, notices, projection
from models.operations.change import Change, Words, carry_out, check_storable, keep_words
from models.operations.intake_drafts import forget, take
from models.operations.presence import present
from models.operations.transaction import writing
from models.queries import eligibility as asking
from models.queries.eligibility import Judged
from models.queries.intakes import intake as intake_of
from models.queries.sellers import facts_of
from models.rules import effects, guards, transitions
from models.rules.act import Act, Verb
from models.rules.case import Case
from models.rules.copying import copied
from models.rules.eligibility import INELIGIBLE
from models.rules.intake import Intake
from models.rules.policy import policy
from models.tables import Claim, Dispute, Order
from models.vocabulary import UNSPECIFIED, Audience, Remedy, Role

SOURCE = "desk"
"""Of the cases that agents open."""


def open_case(actor: Actor, *, intake: Intake, draft: int | None = None) -> Change:
    """Make a case of the claim. Its draft, where it has a number, is gone with it.

    Raises Refused with the first rule that fails, and all of them in the sentence; NotAllowed where an agent overrides.
    """
    now = clock.now()
    with writing():
        actor = present(actor)
        transitions.check_role(Verb.OPEN, actor)
        if draft is not None:
            take(actor, draft)
        _check_filled(intake)
        _lock_order(intake)
        judged = asking.judged(intake)
        _check_overrides(actor, intake, judged)
        _check_eligible(intake, judged)
        act = Act(
            verb=Verb.OPEN,
            occurred_at=now,
            by=actor.login,
            reason=intake.reason,
            needs_triage=intake.reason == UNSPECIFIED or None,
            amount_minor=judged.facts.amount_minor,
            currency=judged.facts.currency,
            paid_minor=_paid(judged),
            remedy=Remedy(intake.remedy),
            requested_minor=judged.facts.amount_minor,
            lines=intake.lines or None,
            overrides=intake.overrides or None,
            promises_notice=True,
            policy_version=judged.policy_version,
        )
        tells = policy(judged.policy_version).notifies_at_opening
        tell = [_notify(judged, actor, now)] if tells else []
        change = _make(actor, judged, [act, *tell], intake, now)
        if tell:
            notices.opened(change.dispute_id, actor.login, now)
        forget(draft)
        return change


def submit_draft(actor: Actor, *, draft: int) -> Change:
    """Open the case of a draft, as `open_case` does."""
    transitions.check_role(Verb.OPEN, present(actor))
    return open_case(actor, intake=intake_of(draft), draft=draft)


def refuse(actor: Actor, *, draft: int, rule: str, note: str) -> Change | None:
    """Turn a draft down for a rule: a closed case remains, the buyer is told. None where its order is not known."""
    now = clock.now()
    with writing():
        actor = present(actor)
        transitions.check_role(Verb.REFUSE, actor)
        take(actor, draft)
        return _refuse(actor, intake_of(draft), rule, note, now, draft)


def refuse_claim(actor: Actor, *, intake: Intake, rule: str, note: str) -> Change | None:
    """The same of a claim that is being filled in."""
    now = clock.now()
    with writing():
        actor = present(actor)
        transitions.check_role(Verb.REFUSE, actor)
        return _refuse(actor, intake, rule, note, now, None)


def submit_case(actor: Actor, *, case: int) -> Change:
    """A case that a file brought as a draft begins; nobody asks a file's case for eligibility."""
    return carry_out(actor, case, Act(verb=Verb.OPEN, occurred_at=clock.now(), promises_notice=True))


def refuse_case(actor: Actor, *, case: int, rule: str, note: str) -> Change:
    """A case that a file brought as a draft ends, and the buyer is told why."""

    def tell(change: Change) -> None:
        notices.refused(change.dispute_id, actor.login, change.act.occurred_at, rule)

    act = Act(verb=Verb.REFUSE, occurred_at=clock.now(), rule=rule)
    return carry_out(actor, case, act, words=Words(note), record=tell)


def _refuse(actor: Actor, intake: Intake, rule: str, note: str, now: datetime, draft: int | None) -> Change | None:
    asking.checked(intake)
    judged = asking.judged(replace(intake, reason=intake.reason or UNSPECIFIED))
    digest = journal.keyed_digest(note) if note.strip() else None
    amount = judged.facts.amount_minor or 0
    act = Act(
        verb=Verb.REFUSE, occurred_at=now, by=actor.login, rule=rule, reason=judged.facts.reason, amount_minor=amount,
        currency=judged.facts.currency or None, paid_minor=_paid(judged), lines=intake.lines or None,
        remedy=judged.facts.remedy, requested_minor=amount, policy_version=judged.policy_version, text_digest=digest,
    )  # fmt: skip
    if judged.order_id is None:
        for guard in (guards.names_rule, guards.with_note):
            guard(effects.opened(replace(act, currency="XXX")), act, actor, now)
        forget(draft)
        journal.append(actor, now, [journal.Entry(Verb.REFUSE, now, {"rule": rule, "text_digest": digest})])
        return None
    change = _make(actor, judged, [act], replace(intake, note=note), now)
    notices.refused(change.dispute_id, actor.login, now, rule)
    forget(draft)
    return change


def _make(actor: Actor, judged: Judged, acts: list[Act], intake: Intake, now: datetime) -> Change:
    """The case with its claim, its rows and its one event."""
    check_storable(intake.claim + intake.note)
    first = acts[0]
    before = effects.opened(first)
    if intake.note.strip():
        first = replace(first, text_digest=journal.keyed_digest(intake.note))
    transitions.check(before, first, actor, now)
    row = _row(judged, before)
    words = Words(intake.note)
    if intake.note.strip():
        first = replace(first, audience=Audience.INTERNAL, text_id=keep_words(row.id, first, words, now))
    pieces = intake_files.acts_of(intake, now, actor.login)
    acts = [first, *pieces, *acts[1:]]
    after = copied(before)
    for act in acts:
        if act in pieces:
            transitions.check(after, act, actor, now)
        effects.apply(after, act, now)
    Dispute.update(projection.dispute_values(after)).where(Dispute.id == row.id).execute()
    projection.begin(row, after)
    intake_files.name_pieces(row.id, intake)
    Claim.create(
        dispute=row.id, version=1, reason=after.reason, remedy=after.remedy, requested_minor=after.requested_minor,
        text=intake.claim, made_at=now, recorded_at=now, recorded_by=actor.login,
    )  # fmt: skip
    entry = journal.Entry(first.verb, now, {"acts": [act.body() for act in acts]}, row.id)
    return Change(row.id, first, before, after, journal.append(actor, now, [entry]))


def _notify(judged: Judged, actor: Actor, now: datetime) -> Act:
    """The seller is told with the opening; what is known of them sets their time."""
    seller = Order.get_by_id(judged.order_id).seller
    return Act(verb=Verb.NOTIFY, occurred_at=now, by=actor.login, **facts_of(seller, now).told())


def _row(judged: Judged, case: Case) -> Any:
    order: Any = Order.get_by_id(judged.order_id)
    return Dispute.create(
        source=SOURCE, ref=f"{case.opened_at:%Y%m%d}-{secrets.token_hex(4)}", order=order.id, buyer=order.buyer_id,
        seller=order.seller_id, amount_minor=case.amount_minor,
        currency=case.currency, opened_at=case.opened_at, language=order.buyer.language,
        **projection.dispute_values(case),
    )  # fmt: skip


def _check_filled(intake: Intake) -> None:
    asking.checked(intake)
    if intake.missing:
        raise Refused("incomplete", f"The claim still needs: {', '.join(intake.missing)}.")


def _check_overrides(actor: Actor, intake: Intake, judged: Judged) -> None:
    if not intake.overrides:
        return
    if actor.role is not Role.SUPERVISOR:
        raise NotAllowed(f"A rule of eligibility is a supervisor's to override; {actor.login} is {actor.role}.")
    if not intake.note.strip():
        raise Refused("note", "An override needs a note that says why.")
    failing = {verdict.rule for verdict in judged.against}
    for rule in intake.overrides:
        if not INELIGIBLE[rule].can_be_set_aside:
            raise Refused("override", f"'{rule}' cannot be overridden: {_sentence(judged, rule)}")
        if rule not in failing:
            raise Refused("override", f"'{rule}' holds, so there is nothing to override: {_sentence(judged, rule)}")


def _sentence(judged: Judged, rule: str) -> str:
    return next(verdict.sentence for verdict in judged.verdicts if verdict.rule == rule)


def _check_eligible(intake: Intake, judged: Judged) -> None:
    against = [verdict for verdict in judged.against if verdict.rule not in intake.overrides]
    if judged.order_id is None:
        raise Refused("order_known", _sentence(judged, "order_known"))
    if against:
        raise Refused(against[0].rule, " ".join(verdict.sentence for verdict in against))


def _paid(judged: Judged) -> int | None:
    return None if judged.order_id is None else Order.get_by_id(judged.order_id).paid_minor


def _lock_order(intake: Intake) -> None:
    """PostgreSQL lets two agents open a case on one order at the same moment; the second waits here for the first."""
    if not is_sqlite():
        order_id = asking.judged(intake).order_id
        if order_id is not None:
            Order.select(Order.id).where(Order.id == order_id).for_update().execute()
