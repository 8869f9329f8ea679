"""Writing a chunk of new cases: parties and orders that are missing, then each table once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from models.actor import Actor
from models.dataclass import dataclass
from models.folding import folded
from models.imported import ImportedCase, RawRow
from models.operations import bulk, journal, projection, telling
from models.operations.telling import UNKNOWN
from models.rules import effects
from models.rules.act import Verb
from models.rules.case import Case
from models.rules.windows import SellerFacts
from models.tables import Ask, Claim, Contact, Decision, Dispute, Goodwill, Line, Message, Order, Party, Refund
from models.vocabulary import Audience
from models.vocabulary import Party as Side

Told = tuple[str, str, str, str, ImportedCase | None]
"""Of a party: name, country, language and tier, and the row that has their contact data."""


@dataclass(slots=True)
class NewCase:
    """A row that becomes a case."""

    raw: RawRow
    told: ImportedCase
    digest: str
    case: Case
    acts: list[dict[str, Any]]
    """As the event holds them."""
    assignee_id: int | None
    buyer_id: int = 0
    seller_id: int = 0
    order_id: int = 0
    dispute_id: int = 0


def new_case(
    raw: RawRow,
    told: ImportedCase,
    digest: str,
    agents: dict[str, int],
    policy_version: int,
    now: datetime,
    seller: SellerFacts = UNKNOWN,
) -> NewCase:
    """Fold the row's history into a case that follows this policy."""
    maker = told.decided_by if told.decided_by in agents else ""
    assignee = told.assignee if told.assignee in agents else ""
    acts = telling.acts_told(told, policy_version=policy_version, maker=maker, assignee=assignee, seller=seller)
    case = effects.replayed([(act, now) for act in acts])
    return NewCase(raw, told, digest, case, [act.body() for act in acts], agents.get(case.assignee))


def write(actor: Actor, now: datetime, new: Sequence[NewCase], run_id: int) -> None:
    """Insert the cases and their events, inside the caller's transaction."""
    _find_parties(new)
    _find_orders(new)
    _write_disputes(new)
    _write_parts(new)
    _write_texts(actor, now, new)
    journal.append(
        actor,
        now,
        [
            journal.Entry("import", each.told.opened_at, {"acts": each.acts, "import": run_id}, each.dispute_id)
            for each in new
        ],
    )


def _find_parties(new: Sequence[NewCase]) -> None:
    told = [each.told for each in new]
    buyers = _parties(Side.BUYER, {t.buyer_ref: (t.buyer_name, t.buyer_country, t.language, "", t) for t in told})
    told_of_sellers: dict[str, Told] = {
        t.seller_ref: (t.seller_name, t.seller_country, "", t.seller_tier, None) for t in told
    }
    sellers = _parties(Side.SELLER, told_of_sellers)
    for each in new:
        each.buyer_id, each.seller_id = buyers[each.told.buyer_ref], sellers[each.told.seller_ref]


def _parties(side: Side, facts: Mapping[str, Told]) -> dict[str, int]:
    known = dict(bulk.found(Party, ("ref", "id"), ("side", side), ("ref", facts)))
    missing = [ref for ref in facts if ref not in known]
    ids = dict(zip(missing, bulk.new_ids(Party, len(missing)), strict=True))
    rows = [(ids[ref], side, ref, name, folded(name), *more) for ref in missing for name, *more, _ in [facts[ref]]]
    bulk.insert(Party, ("id", "side", "ref", "name", "name_folded", "country", "language", "tier"), rows)
    contacts = (
        (ids[ref], told.buyer_email, told.buyer_phone, told.ship_address)
        for ref in missing
        if (told := facts[ref][4]) and (told.buyer_email or told.buyer_phone or told.ship_address)
    )
    bulk.insert(Contact, ("party_id", "email", "phone", "address"), contacts)
    return known | ids


def _find_orders(new: Sequence[NewCase]) -> None:
    known: dict[tuple[Any, ...], int] = {}
    by_source: dict[str, set[str]] = {}
    for each in new:
        by_source.setdefault(each.told.source, set()).add(each.told.order_ref)
    for source, refs in by_source.items():
        for *found, order_id in bulk.found(
            Order, ("ref", "buyer_id", "seller_id", "id"), ("source", source), ("ref", refs)
        ):
            known[(source, *found)] = order_id
    missing = {key: each.told for each in new if (key := _order_key(each)) not in known}
    ids = dict(zip(missing, bulk.new_ids(Order, len(missing)), strict=True))
    columns = (
        "id", "source", "ref", "buyer_id", "seller_id", "currency", "paid_minor", "ordered_at", "shipped_at",
        "promised_by", "delivered_at", "completed_at", "protection_ends_at", "carrier", "tracking_no",
    )  # fmt: skip
    bulk.insert(Order, columns, ([ids[key], *key, *_order_values(told)] for key, told in missing.items()))
    known |= ids
    for each in new:
        each.order_id = known[_order_key(each)]
    lines = [(ids[key], 1, told.item_title, told.amount_minor) for key, told in missing.items()]
    bulk.insert(Line, ("order_id", "number", "title", "amount_minor"), lines)


def _order_key(each: NewCase) -> tuple[str, str, int, int]:
    return each.told.source, each.told.order_ref, each.buyer_id, each.seller_id


def _order_values(told: ImportedCase) -> list[Any]:
    return [
        told.currency, told.paid_minor, told.ordered_at, told.shipped_at, told.promised_by, told.delivered_at,
        told.completed_at, told.protection_ends_at, told.carrier, told.tracking_no,
    ]  # fmt: skip


def _write_disputes(new: Sequence[NewCase]) -> None:
    rows = []
    columns: tuple[str, ...] = ()
    for each, dispute_id in zip(new, bulk.new_ids(Dispute, len(new)), strict=True):
        told, case, each.dispute_id = each.told, each.case, dispute_id
        values = {
            "id": dispute_id,
            "source": told.source,
            "ref": told.ref,
            "order_id": each.order_id,
            "buyer_id": each.buyer_id,
            "seller_id": each.seller_id,
            "amount_minor": told.amount_minor,
            "currency": told.currency,
            "opened_at": told.opened_at,
            "assignee_id": each.assignee_id,
            "tags": " ".join(told.tags),
            "language": told.language,
            "marks": "\n".join(told.marks),
            "row_version": 1,
            **projection.dispute_values(case),
        }
        columns = tuple(values)
        rows.append(list(values.values()))
    bulk.insert(Dispute, columns, rows)


def _write_parts(new: Sequence[NewCase]) -> None:
    for table, part in projection.PARTS:
        if table is not Decision:
            write_part(table, [(each.dispute_id, part(each.case)) for each in new])
    write_decisions((each.dispute_id, each.case, each.told) for each in new)


def write_part(table: Any, cases: Iterable[tuple[int, projection.Rows]]) -> None:
    """Insert the numbered rows of several cases into one table."""
    rows = [(dispute_id, number, values) for dispute_id, numbered in cases for number, values in numbered.items()]
    blank = NOT_TOLD.get(table, {})
    if rows:
        columns = ("dispute_id", "number", *rows[0][2], *blank)
        bulk.insert(
            table, columns, ([case, number, *values.values(), *blank.values()] for case, number, values in rows)
        )


def write_decisions(cases: Iterable[tuple[int, Case, ImportedCase]], *, is_known: bool = False) -> None:
    """What a file tells of rulings and agreements: with its own names and notes, which no event holds."""
    rows = []
    for dispute_id, case, told in cases:
        numbered = {} if is_known else projection.decision_rows(case)
        if not numbered and case.outcome is not None and (told.decision_note or told.decided_by):
            numbered = {AGREED: _agreed(case)}
        for number, values in numbered.items():
            texts = {"maker": values["maker"] or told.decided_by, "note": told.decision_note}
            rows.append((dispute_id, {number: {**values, **texts}}))
    write_part(Decision, rows)


AGREED = 0
"""The number of an outcome that nobody ruled on; rulings count from 1."""
NOT_TOLD: dict[Any, dict[str, str]] = {
    Decision: {"points": "", "basis": "", "to_buyer": "", "to_seller": ""},
    Refund: {"ref": ""},
    Goodwill: {"ref": ""},
    Ask: {"items": ""},
}
"""Texts that a file does not bring; the driver knows no defaults."""


def _agreed(case: Case) -> dict[str, Any]:
    """An outcome that nobody of the platform ruled on, for its note."""
    return {
        "outcome": case.outcome,
        "refund_minor": case.refund_minor,
        "payer": case.payer,
        "findings": "",
        "maker": "",
        "approver": "",
        "hash": "",
        "standing": "agreed",
        "freight": None,
        "lacking": None,
        "proposed_at": case.decided_at,
        "issued_at": case.decided_at,
        "result": "",
    }


def _write_texts(actor: Actor, now: datetime, new: Sequence[NewCase]) -> None:
    columns = (
        "dispute_id", "version", "reason", "remedy", "requested_minor", "text", "translation", "made_at", "recorded_at",
        "recorded_by",
    )  # fmt: skip
    rows = (
        (
            each.dispute_id, 1, each.told.reason, each.case.remedy, each.case.requested_minor, each.told.description,
            each.told.description_translated or None, each.told.opened_at, now, actor.login,
        )
        for each in new
    )  # fmt: skip
    bulk.insert(Claim, columns, rows)
    write_answers(actor, now, new)


def write_answers(actor: Actor, now: datetime, new: Sequence[NewCase]) -> None:
    """What the sellers wrote, as messages; the acts point at them, so that it comes before their events."""
    said = [(each, act) for each in new if each.told.response_text for act in _answers(each.acts)]
    rows = []
    for (each, act), text_id in zip(said, bulk.new_ids(Message, len(said)), strict=True):
        told, is_automatic = each.told, bool(act.get("is_automatic"))
        digest = journal.keyed_digest(told.response_text)
        act |= {"audience": Audience.BOTH.value, "text_id": text_id, "text_digest": digest}
        rows.append(
            (text_id, each.dispute_id, Side.SELLER.value, Audience.BOTH.value, act["verb"], told.response_text,
             told.response_translated or None, "", is_automatic, act["occurred_at"], now, actor.login)
        )  # fmt: skip
    columns = (
        "id", "dispute_id", "author", "audience", "kind", "text", "translation", "language", "is_automatic",
        "occurred_at", "recorded_at", "recorded_by",
    )  # fmt: skip
    bulk.insert(Message, columns, rows)


def _answers(acts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The seller's first act among these."""
    of_seller = [act for act in acts if act["verb"] in (Verb.RESPOND, Verb.MESSAGE) and act.get("party") == Side.SELLER]
    return of_seller[:1]
