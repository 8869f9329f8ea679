"""What a row of a file becomes in our tables, worked out before anybody waits for it: all but the ids."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from models.folding import folded
from models.imported import ImportedCase, RawRow
from models.operations import bulk, projection
from models.rules.act import Verb
from models.rules.case import Case
from models.rules.chain import canonical
from models.tables import Ask, Decision, Dispute, Goodwill, Refund
from models.vocabulary import Party as Side

ORDER = (
    "currency", "paid_minor", "ordered_at", "shipped_at", "promised_by", "delivered_at", "completed_at",
    "protection_ends_at", "carrier", "tracking_no",
)  # fmt: skip
PARTY = ("name", "name_folded", "country", "language", "tier")
CLAIM = ("version", "reason", "remedy", "requested_minor", "text", "translation", "made_at")
PARTS = tuple(table for table, _ in projection.PARTS)
AGREED = 0
"""The number of an outcome that nobody ruled on; rulings count from 1."""
NOT_TOLD: dict[Any, dict[str, str]] = {
    Decision: {"points": "", "basis": "", "to_buyer": "", "to_seller": ""},
    Refund: {"ref": ""},
    Goodwill: {"ref": ""},
    Ask: {"items": ""},
}
"""Texts that a file does not bring; the driver knows no defaults."""

Numbered = tuple[int, tuple[str, ...], list[tuple[Any, ...]]]
"""Rows of one table: its place in `PARTS`, the columns (from `number` on), and the rows."""


class ToldRows(NamedTuple):
    """Rows in the driver's values and the order of the columns above. Plain, so that another process can make them."""

    number: int
    """Of the row in its file."""
    source: str
    ref: str
    opened_at: int
    notified_at: int
    """Or opened, where the seller was told at once."""
    buyer_ref: str
    buyer: tuple[Any, ...]
    contact: tuple[str, str, str] | None
    """Of the buyer: mail, phone and address."""
    seller_ref: str
    seller: tuple[Any, ...]
    order_ref: str
    order: tuple[Any, ...]
    line: tuple[str, int]
    """Title and amount."""
    columns: tuple[str, ...]
    """Of the case's own row, without its ids."""
    dispute: tuple[Any, ...]
    assignee_id: int | None
    parts: tuple[Numbered, ...]
    claim: tuple[Any, ...]
    answer: tuple[str, str | None]
    """What the seller wrote, and its translation."""
    acts: list[dict[str, Any]]
    """As the event holds them; empty where `acts_json` is all that is needed."""
    acts_json: str
    """The acts in canonical JSON; empty where a text has yet to get its id."""
    texts: list[str]
    """What the case is found by, if its parties and its order come with it; in the order of `word_index.TEXTS`."""


def told_rows(
    number: int,
    told: ImportedCase,
    case: Case,
    acts: list[dict[str, Any]],
    assignee_id: int | None,
) -> ToldRows:
    """Of a case that the file tells of, folded."""
    own = {
        "source": told.source,
        "ref": told.ref,
        "amount_minor": told.amount_minor,
        "currency": told.currency,
        "opened_at": told.opened_at,
        "tags": " ".join(told.tags),
        "language": told.language,
        "marks": "\n".join(told.marks),
        "row_version": 1,
        **projection.dispute_values(case),
    }
    parts = _parts(case, told)
    opened_at = int(told.opened_at.timestamp())
    contact = (told.buyer_email, told.buyer_phone, told.ship_address)
    answer = (told.response_text, told.response_translated or None)
    return ToldRows(
        number=number,
        source=told.source,
        ref=told.ref,
        opened_at=opened_at,
        notified_at=int(told.notified_at.timestamp()) if told.notified_at else opened_at,
        buyer_ref=told.buyer_ref,
        buyer=(told.buyer_name, folded(told.buyer_name), told.buyer_country, told.language, ""),
        contact=contact if any(contact) else None,
        seller_ref=told.seller_ref,
        seller=(told.seller_name, folded(told.seller_name), told.seller_country, "", told.seller_tier),
        order_ref=told.order_ref,
        order=bulk.plain(getattr(told, name) for name in ORDER),
        line=(told.item_title, told.amount_minor),
        columns=_columns.setdefault(Dispute, tuple(own)),
        dispute=bulk.plain(own.values()),
        assignee_id=assignee_id,
        parts=parts,
        claim=(1, told.reason, case.remedy, case.requested_minor, told.description,
               told.description_translated or None, opened_at),
        answer=answer,
        acts=acts if answer[0] else [],
        acts_json="" if answer[0] else canonical(acts),
        texts=_texts(told, parts, acts),
    )  # fmt: skip


def raw_json(raw: RawRow) -> str:
    """The row as it is kept."""
    return _encode(raw.values)


def decisions(case: Case, told: ImportedCase, *, is_known: bool = False) -> projection.Rows:
    """What a file tells of rulings and agreements: with its own names and notes, which no event holds."""
    numbered = {} if is_known else projection.decision_rows(case)
    if not numbered and case.outcome is not None and (told.decision_note or told.decided_by):
        numbered = {AGREED: _agreed(case)}
    return {
        number: {**values, "maker": values["maker"] or told.decided_by, "note": told.decision_note}
        for number, values in numbered.items()
    }


def numbered(table: Any, rows: projection.Rows) -> Numbered:
    """Rows of one of `PARTS` as they are inserted. There is at least one."""
    blank = NOT_TOLD.get(table, {})
    columns = _columns.get(table)
    if columns is None:
        columns = _columns[table] = ("number", *next(iter(rows.values())), *blank)
    found = [(number, *bulk.plain(values.values()), *blank.values()) for number, values in rows.items()]
    return PARTS.index(table), columns, found


def answered(acts: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The seller's first act among these: what they wrote belongs to it."""
    for act in acts:
        if act["verb"] in (Verb.RESPOND, Verb.MESSAGE) and act.get("party") == Side.SELLER:
            return act
    return None


def _parts(case: Case, told: ImportedCase) -> tuple[Numbered, ...]:
    by_table = ((table, decisions(case, told) if table is Decision else rows(case)) for table, rows in projection.PARTS)
    return tuple(numbered(table, rows) for table, rows in by_table if rows)


def _texts(told: ImportedCase, parts: tuple[Numbered, ...], acts: Sequence[dict[str, Any]]) -> list[str]:
    notes = [told.decision_note for place, _, rows in parts if PARTS[place] is Decision for _ in rows]
    said = [told.response_text, told.response_translated] if told.response_text and answered(acts) else []
    texts = (told.buyer_name, told.seller_name, told.item_title, told.description, told.description_translated)
    return [text for text in (*texts, *notes, *said) if text]


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


_columns: dict[Any, tuple[str, ...]] = {}
"""Of each table the same for every row, and one object: what is sent to another process is sent once."""


_encode = json.JSONEncoder(ensure_ascii=True, default=str).encode
