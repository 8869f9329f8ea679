"""What the desk rules in ordinary cases, by topic: outcome, findings, basis and the note."""

from __future__ import annotations

from models.dataclass import dataclass
from models.rules.approval import Point, RulingDraft
from models.vocabulary import Finding, Outcome, Payer

FULL, PART, NONE = Outcome.FULL_REFUND, Outcome.PARTIAL_REFUND, Outcome.NO_REFUND


@dataclass(frozen=True, slots=True)
class Ground:
    outcome: Outcome
    findings: tuple[Finding, ...]
    note: str
    basis: tuple[str, ...] = ()
    shown: str = ""


FOR_BUYER: dict[str, Ground] = {
    "late": Ground(
        FULL,
        (Finding.DELIVERY_NOT_PROVEN,),
        "The carrier's trace ends at the export hub and the seller shows no proof of delivery. Full refund.",
        shown="tracking page of today",
    ),
    "delivered": Ground(
        FULL,
        (Finding.DELIVERY_NOT_PROVEN,),
        "Asked for the signed delivery note twice; the carrier only has a scan in the buyer's postcode. Full refund.",
        shown="carrier's scan without signature",
    ),
    "wrong": Ground(
        PART,
        (Finding.ITEM_NOT_AS_DESCRIBED,),
        "Photos against the listing: another colour and a cheaper material, usable all the same. A third off.",
        ("value_loss=30%",),
        "buyer's photos beside the listing",
    ),
    "incomplete": Ground(
        PART,
        (Finding.QUANTITY_SHORT,),
        "The packing list names more pieces than the photo shows; the rest is in order. Refund for what is missing.",
        ("missing_quantity=40%",),
        "photo of all pieces on the table",
    ),
    "faulty": Ground(
        FULL,
        (Finding.DEFECT_SHOWN,),
        "The video shows the device dead on two chargers after a reset. Defect shown, full refund.",
        shown="buyer's video",
    ),
    "poor": Ground(
        PART,
        (Finding.DEFECT_SHOWN,),
        "Wear after a few days is real but the item still serves. A fifth off.",
        ("value_loss=20%",),
        "four photos",
    ),
    "damaged": Ground(
        FULL,
        (Finding.DAMAGE_BY_CARRIER,),
        "Box crushed on one side, photographed before opening; the seller answers for the carrier. Full refund.",
        shown="photos of the closed box",
    ),
    "refund": Ground(
        FULL,
        (Finding.RETURN_RECEIVED,),
        "The seller promised the refund in writing and shows no transfer. Full refund.",
        shown="chat with the promise",
    ),
}

FOR_SELLER: dict[str, Ground] = {
    "late": Ground(
        NONE,
        (Finding.DELIVERY_PROVEN,),
        "Delivered two days after the claim, with the buyer's own signature. Nothing is due.",
        shown="signed delivery note",
    ),
    "delivered": Ground(
        NONE,
        (Finding.DELIVERY_PROVEN,),
        "The signed delivery note carries the buyer's name and door number. Nothing is due.",
        shown="signed delivery note",
    ),
    "wrong": Ground(
        NONE,
        (Finding.ITEM_AS_DESCRIBED,),
        "Model and colour on the label are those of the listing; the photos differ by the light only.",
        shown="label and listing",
    ),
    "poor": Ground(
        NONE,
        (Finding.DEFECT_NOT_SHOWN,),
        "The photos show normal traces of use, and no second set was sent when asked for.",
        shown="two photos",
    ),
}


def ruling(topic: str, *, wins: str = "buyer") -> RulingDraft:
    """A complete ruling for one side; where the topic has none, one on what is known."""
    grounds = FOR_BUYER if wins == "buyer" else FOR_SELLER
    ground = grounds.get(topic) or grounds["wrong" if wins == "buyer" else "delivered"]
    return RulingDraft(
        outcome=ground.outcome,
        payer=None if ground.outcome is NONE else Payer.SELLER,
        findings=tuple(ground.findings),
        points=(Point(point=topic, claimed="as in the claim", shown=ground.shown, found=ground.note),),
        basis=ground.basis,
        note=ground.note,
    )
