"""The statements to both sides, built from the findings where an agent wrote none."""

from __future__ import annotations

from models.rules import appeals, money
from models.rules.approval import RulingDraft
from models.rules.case import Case
from models.rules.policy import policy
from models.vocabulary import REPLACES_RULING, AppealResult, Finding, Outcome, Party, Payer

LANGUAGE = "en"
"""Of every statement that is built."""
FOUND: dict[Finding, str] = {
    Finding.DELIVERY_PROVEN: "the delivery is proven",
    Finding.DELIVERY_NOT_PROVEN: "the delivery is not proven",
    Finding.NOT_SHIPPED: "the goods were not shipped",
    Finding.TRACKING_INVALID: "the tracking number is not valid",
    Finding.WRONG_ADDRESS: "the parcel went to another address",
    Finding.LATE_DELIVERY: "the delivery was late",
    Finding.ITEM_AS_DESCRIBED: "the item is as described",
    Finding.ITEM_NOT_AS_DESCRIBED: "the item is not as described",
    Finding.QUANTITY_SHORT: "less was delivered than ordered",
    Finding.DEFECT_SHOWN: "the defect is shown",
    Finding.DEFECT_NOT_SHOWN: "the defect is not shown",
    Finding.DAMAGE_BY_CARRIER: "the damage was done in transit",
    Finding.COUNTERFEIT_SHOWN: "the item is shown to be counterfeit",
    Finding.RETURN_RECEIVED: "the returned goods were received",
    Finding.RETURN_NOT_RECEIVED: "the returned goods were not received",
    Finding.ALREADY_REFUNDED: "the amount had already been refunded",
    Finding.SELLER_SILENT: "the seller did not answer in time",
    Finding.BUYER_SILENT: "the buyer did not answer in time",
    Finding.SELLER_ACCEPTED: "the seller accepted the claim",
    Finding.DOCUMENT_INVALID: "a document that was shown is not valid",
    Finding.EVIDENCE_EQUAL: "the evidence of both sides weighs the same",
    Finding.OUT_OF_POLICY: "the claim is not covered by buyer protection",
    Finding.DUPLICATE_CASE: "the same claim was already made in another case",
    Finding.ABUSE_FOUND: "the claim misuses buyer protection",
    Finding.GOODWILL: "a payment is made as a courtesy",
    Finding.AVAILABLE_INFORMATION: "the decision rests on the information available",
}
PAID_BY = {
    Payer.SELLER: "The seller pays.",
    Payer.PLATFORM: "The platform pays.",
    Payer.SPLIT: "The seller and the platform share the cost.",
}
FREIGHT = {
    Party.BUYER: "The buyer pays for sending them back.",
    Party.SELLER: "The seller pays for sending them back.",
    Party.PLATFORM: "The platform pays for sending them back.",
}

HEARD = {
    AppealResult.UPHELD: "The decision stands.",
    AppealResult.VARIED: "The decision is changed.",
    AppealResult.REVERSED: "The decision is reversed.",
    AppealResult.INADMISSIBLE: "It cannot be admitted, so the decision stands.",
}


def letter(
    case: Case,
    draft: RulingDraft,
    refund_minor: int,
    to: Party,
    case_code: str,
    result: AppealResult | None = None,
) -> str:
    """The statement to one side, in plain sentences; with a `result` it is about an appeal."""
    findings = [FOUND[Finding(code)] for code in draft.findings if code in set(Finding)]
    found = "; ".join(findings)
    whose = "your" if to is Party.BUYER else "the buyer's"
    about = f"case {case_code} about {whose} claim ({case.reason.replace('_', ' ')})"
    lines = [f"We have decided {about}." if result is None else f"We have heard the appeal in {about}. {HEARD[result]}"]
    if found:
        lines.append(f"We found that {found}.")
    lines.append(_result(case, draft, refund_minor, to))
    if refund_minor and draft.payer is not None:
        lines.append(PAID_BY[draft.payer])
    if result is not None:
        lines += _difference(case, refund_minor)
    lines += _way_on(case, result)
    return " ".join(lines)


def _difference(case: Case, refund_minor: int) -> list[str]:
    """What the appeal changes of the money that has already been paid; it is never asked back from the buyer."""
    paid = case.confirmed_minor
    more = f"{money.text(abs(refund_minor - paid), case.currency)} {case.currency}"
    if not paid or refund_minor == paid:
        return []
    already = f"{money.text(paid, case.currency)} {case.currency} has already been paid back"
    return [
        f"{already}; {more} more follows." if refund_minor > paid else f"{already}; {more} is not recoverable by us."
    ]


def _way_on(case: Case, result: AppealResult | None) -> list[str]:
    days = policy(case.policy_version).appeal_window.days
    if result is None:
        return [f"Either side can appeal within {days} days."]
    if result in REPLACES_RULING and appeals.open_to(case):
        return [f"A side that has not appealed yet can do so within {days} days."]
    return []


def _result(case: Case, draft: RulingDraft, refund_minor: int, to: Party) -> str:
    who = "You receive" if to is Party.BUYER else "The buyer receives"
    amount = f"{money.text(refund_minor, case.currency)} {case.currency}"
    if draft.outcome is Outcome.NO_REFUND:
        return "No refund is due."
    if draft.outcome is Outcome.RETURN_AND_REFUND:
        pays = f" {FREIGHT[draft.freight]}" if draft.freight is not None else ""
        return f"{who} {amount} once the goods have come back.{pays}"
    return f"{who} {amount}."
