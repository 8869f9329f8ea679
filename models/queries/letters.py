"""What a case fills into the fields of a template."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from models.queries.history import case_from_events
from models.rules import evidence, money
from models.tables import Claim, Dispute, Line, Party
from models.vocabulary import Audience


def values_of(dispute_id: int) -> tuple[dict[str, str], dict[Audience, str]]:
    """The value of each field, empty where the case has none, and the language of each side. Seven selects."""
    own: Any = Dispute.get_by_id(dispute_id)
    order = own.order
    parties = {row.id: row for row in Party.select().where(Party.id.in_((own.buyer_id, own.seller_id)))}
    buyer, seller = parties[own.buyer_id], parties[own.seller_id]
    line: Any = Line.select().where((Line.order == order.id) & (Line.number == 1)).first()
    claim: Any = Claim.select().where(Claim.dispute == dispute_id).order_by(Claim.version.desc()).first()
    reason = _plain(own.reason)
    values = {
        "case": f"C{own.id}",
        "order": order.ref,
        "item": line.title if line else "",
        "reason": reason,
        "amount": f"{money.text(own.amount_minor, own.currency)} {own.currency}",
        "remedy": _plain(claim.remedy) if claim else "",
        "buyer_name": buyer.name or buyer.ref,
        "seller_name": seller.name or seller.ref,
        "claim": claim.text if claim and claim.text.strip() else reason,
        "seller_due": shown(own.seller_due_at),
        "resolution_due": shown(own.resolution_due_at),
        "carrier": order.carrier,
        "tracking_no": order.tracking_no,
        **{f"{each.side}_missing": "; ".join(each.asked) for each in evidence.both(case_from_events(dispute_id))},
    }
    languages = {Audience.BUYER: own.language or buyer.language, Audience.SELLER: seller.language}
    return values, languages


def _plain(code: str) -> str:
    return code.replace("/", ", ").replace("_", " ")


def shown(instant: datetime | None) -> str:
    """An instant as letters say it; empty where there is none."""
    return "" if instant is None else f"{instant:%Y-%m-%d %H:%M} UTC"
