"""What must hold before an act, one rule a function; each refusal names its rule and what would satisfy it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from models.actor import Actor
from models.errors import Conflict, Refused
from models.nearest import nearest
from models.rules import appeals, approval, money, talks
from models.rules.act import Act, Verb
from models.rules.case import Case
from models.rules.eligibility import INELIGIBLE
from models.vocabulary import (
    REASON_CODES,
    RETURN_ALLOWED,
    UNSPECIFIED,
    Finding,
    Hold,
    Outcome,
    Party,
    PartyAct,
    RefundState,
    Remedy,
    Role,
    State,
)

Guard = Callable[[Case, Act, Actor, datetime], None]
WORDS_NEEDED = frozenset({PartyAct.REJECT, PartyAct.DECLINE, PartyAct.REPLY})


def not_yet_notified(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if case.notified_at is not None:
        raise Refused("notified", f"The seller was already notified at {_shown(case.notified_at)}.")


def move_of_party(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if act.party not in talks.MOVES:
        raise Refused("party", "A response is the buyer's or the seller's.")
    if act.move not in talks.MOVES[act.party]:
        raise Refused("act", f"A {act.party} cannot {act.move}; possible are {', '.join(talks.MOVES[act.party])}.")


def move_in_state(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    early = (PartyAct.REQUEST, PartyAct.REPLY)
    if case.state is State.AWAITING_SELLER and act.party is Party.BUYER and act.move not in early:
        raise Refused("state", f"The seller has not answered yet: until then the buyer can only {' or '.join(early)}.")


def says_something(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    needs_words = act.verb is not Verb.RESPOND or act.move in WORDS_NEEDED
    if needs_words and act.text_digest is None:
        raise Refused("text", f"'{act.move or act.verb}' needs a text.")


def sound_offer(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    what = "A proposal" if act.verb is Verb.PROPOSE else f"An {act.move}"
    if act.verb is not Verb.PROPOSE and act.move not in (PartyAct.OFFER, PartyAct.REQUEST):
        return
    if act.remedy is None:
        raise Refused("remedy", f"{what} names a remedy: {', '.join(Remedy)}.")
    _return_allowed(case, act.remedy is Remedy.RETURN_AND_REFUND)
    amount, most = act.amount_minor, case.refundable_minor
    if amount is None:
        raise Refused("amount", f"{what} names an amount; up to {_money(most, case)} can be refunded.")
    if not 0 <= amount <= most:
        raise Refused("amount", f"{_money(amount, case)} is not between 0 and the refundable {_money(most, case)}.")
    if act.remedy is Remedy.FULL_REFUND and amount != most:
        raise Refused("amount", f"A full refund is exactly the refundable {_money(most, case)}.")
    if act.remedy is Remedy.PARTIAL_REFUND and not 0 < amount < most:
        raise Refused("amount", f"A partial refund lies between 0 and {_money(most, case)}, both excluded.")


def live_version(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if act.move is not PartyAct.ACCEPT:
        return
    assert act.party is not None
    other = talks.OTHER[act.party]
    offer = talks.accepted_offer(case, act)
    if offer is None:
        if act.offer_number is not None:
            raise Refused("offer", f"This case has no offer {act.offer_number}.")
        if standing := talks.standing_offers(case, act):
            shown = " and ".join(
                f"{each.number} ({each.lane}: {each.remedy} of {_money(each.amount_minor, case)})" for each in standing
            )
            raise Refused("which_offer", f"More than one offer stands: {shown}. Name the one that is accepted.")
        raise Refused("offer", f"The {other} has no offer that stands: there is nothing to accept.")
    if offer.lane is act.party:
        raise Refused("offer", f"Offer {offer.number} is the {act.party}'s own; only the other side can accept it.")
    if act.party in offer.accepted_by:
        raise Refused("accepted", f"The {act.party} has accepted offer {offer.number}; it waits for the {other}.")
    if not offer.is_live(act.occurred_at):
        why = offer.ended or (
            f"made at {_shown(offer.made_at)}, after the acceptance"
            if act.occurred_at < offer.made_at
            else f"expired at {_shown(offer.expires_at)}"
        )
        live = case.live_offer(other, act.occurred_at)
        instead = (
            f" The live one is {live.number}: {live.remedy} of {_money(live.amount_minor, case)},"
            f" not {offer.remedy} of {_money(offer.amount_minor, case)}."
            if live
            else " None stands in its place."
        )
        raise Refused("stale_offer", f"Offer {offer.number} was {why}.{instead}")
    if offer.amount_minor > case.refundable_minor:
        raise Refused("amount", f"Only {_money(case.refundable_minor, case)} can still be refunded.")


def known_reason(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if act.reason not in REASON_CODES:
        near = nearest(act.reason or "", REASON_CODES)
        hint = f" Did you mean {near}?" if near else f" Reasons are {', '.join(REASON_CODES)}."
        raise Refused("reason", f"'{act.reason}' is no reason.{hint}")


def another_reason(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if act.reason == case.reason and not case.needs_triage:
        raise Refused("reason", f"The case's reason already is {case.reason}.")
    if act.reason == UNSPECIFIED:
        raise Refused("reason", f"{UNSPECIFIED} says nothing; name what the buyer complains of.")


def with_note(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if act.text_digest is None and actor.role is not Role.SWEEP:
        raise Refused("note", f"'{act.verb}' needs a note that says why.")


def names_rule(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if act.rule not in INELIGIBLE:
        near = nearest(act.rule or "", INELIGIBLE)
        hint = f" Did you mean {near}?" if near else f" Rules are {', '.join(INELIGIBLE)}."
        raise Refused("rule", f"'{act.rule}' is no rule of eligibility.{hint}")


def with_cause(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if not act.cause:
        raise Refused("cause", "An escalation names its cause, such as seller_silent.")


def time_to_escalate(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if act.party is None:
        raise Refused("party", "Say who escalates: buyer, seller or platform.")
    at = act.occurred_at
    if case.hold is Hold.RISK and act.party is Party.PLATFORM:
        return
    waiting = next((lane for lane in (Party.SELLER, Party.PLATFORM) if case.live_offer(lane, at)), None)
    if waiting is not None:
        offer = case.live_offer(waiting, at)
        assert offer is not None
        raise Refused("offer_waits", f"Offer {offer.number} waits for the buyer until {_shown(offer.expires_at)}.")
    refused = [when for party, when in case.refused_at.items() if party is not act.party and when <= at]
    if refused:
        return
    from_at = talks.may_escalate_by_time_at(case)
    if from_at is None and case.notified_at is not None:
        raise Refused("held", f"The case is on hold ({case.hold}): the seller's time stands still until it is lifted.")
    if from_at is None:
        raise Refused("may_escalate_at", "The seller has not been notified; the way to escalation opens only then.")
    if at < from_at:
        raise Refused(
            "may_escalate_at",
            f"The case can be escalated from {_shown(from_at)} on, or at once after a rejection or a decline.",
        )


def held_by_nobody_else(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if case.assignee and case.assignee != actor.login:
        raise Conflict(f"{case.assignee} has this case.", who=case.assignee)


def held_by_actor(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if case.assignee == actor.login:
        return
    if case.assignee:
        raise Conflict(f"{case.assignee} has this case.", who=case.assignee)
    raise Refused("assignee", f"'{act.verb}' needs the case in your hands: claim it first.")


def held_or_supervised(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    """One's own case, or as a supervisor anybody's, with a reason."""
    if case.assignee and case.assignee != actor.login and actor.role is Role.SUPERVISOR:
        if act.text_digest is None:
            raise Conflict(f"{case.assignee} has this case; say why you release it for them.", who=case.assignee)
        return
    held_by_actor(case, act, actor, now)


def reason_is_known(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if case.needs_triage or case.reason == UNSPECIFIED:
        raise Refused("recode", f"The reason is {case.reason}: recode the case before it is decided.")


def complete_ruling(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    if act.outcome is None or act.outcome is Outcome.WITHDRAWN:
        rulings = [outcome for outcome in Outcome if outcome not in (Outcome.WITHDRAWN, Outcome.REPLACEMENT)]
        raise Refused("outcome", f"A decision names an outcome: {', '.join(rulings)}.")
    if act.text_digest is None:
        raise Refused("note", "A decision needs a note that says what was found.")
    if not act.findings:
        raise Refused("finding", f"A decision needs at least one finding, such as {Finding.SELLER_SILENT}.")
    unknown = [code for code in act.findings if code not in set(Finding)]
    if unknown:
        near = nearest(unknown[0], list(Finding))
        hint = f" Did you mean {near}?" if near else f" Findings are {', '.join(Finding)}."
        raise Refused("finding", f"'{unknown[0]}' is no finding.{hint}")
    if act.payer is None and act.outcome is not Outcome.NO_REFUND:
        raise Refused("payer", "A decision says who pays: seller, platform or split.")


def sound_ruling(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    amount, most = act.amount_minor or 0, case.most_minor
    if act.outcome is Outcome.REPLACEMENT:
        raise Refused("outcome", "A replacement can only be agreed between the parties, not ruled.")
    _return_allowed(case, act.outcome is Outcome.RETURN_AND_REFUND)
    if act.freight is not None and act.outcome is not Outcome.RETURN_AND_REFUND:
        raise Refused("freight", f"Nothing goes back with {act.outcome}: leave away who pays for it.")
    if act.outcome is Outcome.NO_REFUND and amount:
        raise Refused("amount", "No refund means an amount of 0.")
    if act.outcome is Outcome.FULL_REFUND and amount != most:
        raise Refused("amount", f"A full refund is exactly the refundable {_money(most, case)}.")
    if act.outcome is Outcome.PARTIAL_REFUND and not act.basis:
        raise Refused("basis", "A partial ruling needs its basis, such as value_loss=30%.")
    if act.outcome is Outcome.PARTIAL_REFUND and not 0 < amount < most:
        raise Refused("amount", f"A partial refund lies between 0 and {_money(most, case)}, both excluded.")
    if act.outcome is Outcome.RETURN_AND_REFUND and not 0 < amount <= most:
        raise Refused("amount", f"The refund after a return lies above 0 and up to {_money(most, case)}.")


def second_person(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    ruling = case.proposed_ruling()
    if ruling is None:
        raise Refused("proposal", "No decision waits for approval.")
    if actor.login == ruling.maker:
        raise Refused("second_person", "Whoever made a decision cannot approve it.")
    if actor.login in case.assignees:
        raise Refused("second_person", "Whoever held the case in this round cannot approve its decision.")


def hash_as_read(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    ruling = case.proposed_ruling()
    if ruling is None or not act.hash or not ruling.hash.startswith(act.hash) or len(act.hash) < 8:
        standing = ruling.hash[:12] if ruling else "none"
        raise Refused("hash", f"What waits for approval is {standing}, not {act.hash or 'none'}: read it again.")


def as_proposed(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    """What a change of the case itself touches is void by then; another case of the order can move too."""
    ruling = case.proposed_ruling()
    if ruling is not None and ruling.grounds and ruling.grounds != approval.grounds_digest(case):
        raise Refused(
            "changed",
            f"What the decision rests on has changed since it was proposed; of this order "
            f"{_money(case.elsewhere_minor, case)} is refunded in other cases now: send it back.",
        )


def still_refundable(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    """What was refunded elsewhere since the decision was proposed may leave less than it gives."""
    ruling = case.proposed_ruling()
    if ruling is not None and ruling.refund_minor > case.most_minor:
        raise Refused(
            "double_refund",
            f"The decision gives {_money(ruling.refund_minor, case)}, but of this order "
            f"{_money(case.elsewhere_minor, case)} was refunded in other cases: send it back.",
        )


def refund_in_order(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    due = case.due_minor
    if act.refund is RefundState.INSTRUCTED:
        if due <= 0:
            raise Refused("nothing_due", f"No refund is due: {_money(case.confirmed_minor, case)} is confirmed.")
        if case.underway_minor:
            raise Refused(
                "double_refund",
                f"{_money(case.underway_minor, case)} is already instructed: confirm it or record its failure first.",
            )
        left = max(0, case.refundable_minor - case.elsewhere_underway_minor)
        if due > left:
            raise Refused(
                "double_refund",
                f"{_money(due, case)} is due, but only {_money(left, case)} can still be refunded{_elsewhere(case)}. "
                "Nothing is instructed: correct the entry that is wrong, here or there.",
            )
    elif not case.underway_minor:
        raise Refused("no_instruction", f"No refund is instructed that could be {act.refund}.")


def refund_settled(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    due = case.due_minor
    if due > 0:
        raise Refused("refund", f"{_money(due, case)} is still due to the buyer: confirm the refund first.")


def no_appeal_possible(case: Case, act: Act, actor: Actor, now: datetime) -> None:
    until = appeals.until(case)
    if until is not None and now <= until:
        raise Refused("appeal_window", f"A ruling can be appealed until {_shown(until)}; close it after that.")


def _elsewhere(case: Case) -> str:
    """Why less is left than the case alone would tell."""
    parts = [
        f"{_money(amount, case)} {word}"
        for amount, word in ((case.elsewhere_minor, "confirmed"), (case.elsewhere_underway_minor, "instructed"))
        if amount
    ]
    return f": other cases of the order have {' and '.join(parts)}" if parts else ""


def _return_allowed(case: Case, is_return: bool) -> None:
    family = case.reason.partition("/")[0]
    if is_return and family not in RETURN_ALLOWED:
        raise Refused("remedy", f"Goods cannot go back for {case.reason}: choose a refund without return.")


def _money(amount_minor: int, case: Case) -> str:
    return f"{money.text(amount_minor, case.currency)} {case.currency}"


def _shown(instant: datetime | None) -> str:
    return "never" if instant is None else f"{instant:%Y-%m-%dT%H:%M:%SZ}"
