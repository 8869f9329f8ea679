"""What of the store is about one buyer or seller, or by them: one table, read by a preview and emptied by an erasure.

What the desk itself wrote of a case (its notes, the grounds of a ruling) is its own record: it stays, but names nobody.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import field
from typing import Any

from models.dataclass import dataclass
from models.errors import Misused, NotFound
from models.operations.mentions import Mentions, cleaned_json, pattern_of, places_that_name, views_that_name
from models.queries.history import acts_of
from models.queries.intakes import PLACE
from models.queries.orders import find_order
from models.rules.act import Verb
from models.rules.intake import intake_from
from models.tables import (
    Claim,
    Contact,
    Decision,
    Dispute,
    Draft,
    Evidence,
    Flag,
    ImportRow,
    Measure,
    Message,
    Order,
    Outgoing,
    Party,
    SavedView,
)  # fmt: skip
from models.vocabulary import Audience
from models.vocabulary import Party as Side

ERASED = "(erased)"
"""Stands where a text was, so that nobody takes it for one that was never there."""
NO_ROW = "{}"
_OF_A_CASE = re.compile(r":C([0-9]+)$")
_OF_A_PARTY = re.compile(r"party-[a-z]+:([0-9]+)")
_FLAGS = (Verb.FLAG, Verb.UNFLAG)


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that an erasure empties; it deletes them where `values` is None."""

    what: str
    table: Any
    where: Any
    values: dict[str, Any] | None = field(default=None)

    def count(self) -> int:
        return int(self.table.select().where(self.where).count())

    def empty(self) -> int:
        """How many rows it was."""
        query = self.table.delete() if self.values is None else self.table.update(**self.values)
        return int(query.where(self.where).execute())


def parts(party: Any) -> list[Part | Mentions]:
    """In the order in which they are told and emptied."""
    side = Side(party.side)
    cases = cases_of(party)
    text = {"text": ERASED, "translation": None}
    said = _said(side)
    letter = Decision.to_buyer if side is Side.BUYER else Decision.to_seller
    claims = [Part("claims", Claim, Claim.dispute.in_(cases) & _has(Claim.text), text)] if side is Side.BUYER else []
    waits = (Outgoing.party == party.id) & Outgoing.sent_at.is_null()
    sent = (Outgoing.party == party.id) & Outgoing.sent_at.is_null(False) & _has(Outgoing.text)
    return [
        Part("contact data", Contact, Contact.party == party.id),
        Part(
            "name, country and language", Party, (Party.id == party.id) & _is_described(),
            {"name": "", "name_folded": "", "country": "", "language": ""},
        ),
        *claims,
        Part("messages from and to them", Message, Message.dispute.in_(cases) & said & _has(Message.text), text),
        Part("words of flags on them", Message, Message.id.in_(_flag_words(party, side)) & _has(Message.text), text),
        Part("what rulings told them", Decision, Decision.dispute.in_(cases) & _has(letter), {letter.name: ERASED}),
        Part("letters that wait, which are not sent", Outgoing, waits),
        Part("letters sent", Outgoing, sent, {"text": ERASED}),
        Part("reasons of notes, warnings and suspensions", Measure, (Measure.party == party.id) & _has(Measure.note),
             {"note": ERASED}),
        Part("rows of files", ImportRow, ImportRow.dispute.in_(cases) & (ImportRow.raw_json != NO_ROW),
             {"raw_json": NO_ROW}),
        Part("rejected rows of files with their reference", ImportRow, ImportRow.id.in_(_rejected(party.ref)),
             {"raw_json": NO_ROW}),
        Part("half-written texts of their cases and claims", Draft, Draft.id.in_(list(_drafts(party, side)))),
        Part("evidence", Evidence, evidence_of(party), {"sha256": None, "title": ERASED}),
    ]  # fmt: skip


def mentions(party: Any) -> list[Part | Mentions]:
    """Where they are named beside `parts`; to be asked for, and emptied, while their name is still known."""
    pattern = pattern_of(party)
    if pattern is None:
        return []
    side, cases = Side(party.side), cases_of(party)

    def clean(text: str) -> str:
        return pattern.sub(ERASED, text)

    def named(table: Any, *columns: Any, where: Any) -> Mentions:
        return Mentions("other texts that name them", table, columns, where, clean)

    letter = Decision.to_seller if side is Side.BUYER else Decision.to_buyer
    others = Message.dispute.in_(cases) & ~_said(side) & Message.id.not_in(_flag_words(party, side))
    theirs = list(_drafts(party, side))
    claims = named(Claim, Claim.text, Claim.translation, where=Claim.dispute.in_(cases))
    places = places_that_name(pattern)
    return [
        named(Message, Message.text, Message.translation, where=others),
        *([claims] if side is Side.SELLER else []),
        named(Outgoing, Outgoing.text, where=Outgoing.dispute.in_(cases) & (Outgoing.party != party.id)),
        named(Decision, Decision.note, Decision.points, letter, where=Decision.dispute.in_(cases)),
        named(Evidence, Evidence.note, where=Evidence.dispute.in_(cases)),
        named(Evidence, Evidence.title, where=Evidence.dispute.in_(cases) & (Evidence.lane != side)),
        Mentions("half-written texts that name them", Draft, (Draft.body,), Draft.id.not_in([*theirs, *places]),
                 lambda body: cleaned_json(body, clean)),
        Part("saved views that name them", SavedView, SavedView.id.in_(views_that_name(pattern))),
        Part("places where somebody had searched for them", Draft, Draft.id.in_(places)),
    ]  # fmt: skip


def _said(side: Side) -> Any:
    """Messages that are theirs, or were written to them."""
    written = (Message.author == Side.PLATFORM) & Message.audience.in_([side, Audience.BOTH])
    return (Message.author == side) | written


def cases_of(party: Any) -> Any:
    """The numbers of the party's cases, as a subselect."""
    return Dispute.select(Dispute.id).where(getattr(Dispute, party.side) == party.id)


def evidence_of(party: Any) -> Any:
    """Files that they have shown, and that are still there."""
    return Evidence.dispute.in_(cases_of(party)) & (Evidence.lane == party.side) & Evidence.sha256.is_null(False)


def files_of(party: Any) -> set[str]:
    """The contents that they have shown, in cases and in claims that are not cases yet."""
    rows: Any = Evidence.select(Evidence.sha256).where(evidence_of(party)).tuples()
    found: set[str] = {sha256 for (sha256,) in rows}
    drafts = list(_drafts(party, Side(party.side)))
    for row in Draft.select(Draft.body).where(Draft.id.in_(drafts) & Draft.place.startswith(PLACE)):
        found |= {piece.sha256 for piece in intake_from(_object(row.body)).shown}
    return found


def _has(column: Any) -> Any:
    return (column != "") & (column != ERASED)


def _is_described() -> Any:
    return (Party.name != "") | (Party.country != "") | (Party.language != "")


def _flag_words(party: Any, side: Side) -> list[int]:
    """Messages that say why somebody flagged them, or why that was dismissed; which side it was, the acts say."""
    flagged: Any = Flag.select(Flag.dispute).where(Flag.dispute.in_(cases_of(party)) & (Flag.party == side)).distinct()
    numbers = [number for (number,) in flagged.tuples()]
    return [
        act.text_id
        for case in numbers
        for act, _ in acts_of(case)
        if act.verb in _FLAGS and act.party is side and act.text_id
    ]


def _rejected(ref: str) -> list[int]:
    """Rejected rows have become no case; what tells whose they are is a value that is the reference."""
    rows = ImportRow.select(ImportRow.id, ImportRow.raw_json).where(
        (ImportRow.verdict == "rejected") & ImportRow.raw_json.contains(json.dumps(ref)[1:-1])
    )
    return [row.id for row in rows if ref in _object(row.raw_json).values()]


def _drafts(party: Any, side: Side) -> Iterator[int]:
    """Of their cases and their page, and claims that are filled in for them."""
    cases = {number for (number,) in cases_of(party).tuples()}
    for row in Draft.select(Draft.id, Draft.place, Draft.body):
        found = _OF_A_CASE.search(row.place)
        about = _OF_A_PARTY.fullmatch(row.place)
        is_claim = side is Side.BUYER and row.place.startswith(PLACE)
        if (
            (about and int(about.group(1)) == party.id)
            or (found and int(found.group(1)) in cases)
            or (is_claim and _buyer_of(row.body) == party.id)
        ):
            yield row.id


def _buyer_of(body: str) -> int | None:
    try:
        order: Any = Order.get_by_id(find_order(intake_from(_object(body)).order))
    except (NotFound, Misused):
        return None
    return int(order.buyer_id)


def _object(text: str) -> dict[str, Any]:
    found = json.loads(text)
    return found if isinstance(found, dict) else {}
