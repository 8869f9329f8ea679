"""A party over time: what was done about them, and facts with their numerator and denominator."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from peewee import Select, fn

from models import clock
from models.dataclass import dataclass
from models.errors import Misused, NotFound
from models.queries import facts, rows
from models.queries.flags import PartyFlag, flags_of
from models.queries.rows import CaseRow
from models.queries.sellers import DeclaredHoliday, holidays_of
from models.queries.standpoint import Standpoint
from models.rules.evidence import SHOWS_GOODS_RECEIVED
from models.rules.party_record import PERIODS, Fact, Step, Taken, suspended_until
from models.tables import Dispute, Evidence, Measure, Order, Party, Timer
from models.vocabulary import ClockEnd, ClockKind, ClosedAs, Outcome
from models.vocabulary import Party as Side

Node = Any
OLDER = "older_than_shipment"
MOST_CASES = 200
"""Of a party are listed; a query lists all."""
RECORD_CASES = 5000
"""A record is made of so many of the latest cases at most: one of a hundred thousand would hold up everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyPage:
    """One party, as `party` shows them."""

    id: int
    side: str
    ref: str
    name: str
    country: str
    language: str
    tier: str
    """Of a seller, by which the policy can set their time to answer."""
    holidays: tuple[DeclaredHoliday, ...]
    """The latest first."""
    suspended_until: datetime | None
    facts: tuple[Fact, ...]
    steps: tuple[Step, ...]
    """Notes, warnings and suspensions, the newest first."""
    flags: tuple[PartyFlag, ...]
    cases: tuple[CaseRow, ...]
    """The newest first."""
    has_more_cases: bool


def find_party(text: str) -> int:
    """The number of the party that `text` names: a ref, or `buyer:REF`, `seller:REF`. Raises NotFound, Misused."""
    text = text.strip()
    if "\x00" in text:
        raise Misused("A party's reference holds no NUL.")
    side, colon, ref = text.partition(":")
    is_named: Any = Party.ref == text
    if colon and side in (Side.BUYER, Side.SELLER):
        is_named = is_named | ((Party.side == side) & (Party.ref == ref))
    sides = Party.side.in_([Side.BUYER, Side.SELLER])  # the index is by side first
    found = list(Party.select(Party.id, Party.side).where(sides & is_named).order_by(Party.id))
    if not found:
        raise NotFound(f"There is no party {text[:60]!r} in this store: name their reference.")
    if len(found) > 1:
        raise Misused(f"{text[:60]!r} is a buyer and a seller: write buyer:{text[:60]} or seller:{text[:60]}.")
    return int(found[0].id)


def steps(party_id: int) -> tuple[Step, ...]:
    """Notes, warnings and suspensions, the newest first. One select."""
    taken = Measure.select().where(Measure.party == party_id).order_by(Measure.made_at.desc(), Measure.id.desc())
    return tuple(Step(Taken(row.kind), row.made_at, row.made_by, row.note, row.until_at, row.is_grave) for row in taken)


def suspension(party_id: int, at: datetime) -> Step | None:
    """The suspension that holds at `at`."""
    return suspended_until(steps(party_id), at)


def party_page(party_id: int) -> PartyPage:
    """Seven selects, and one for each period of the record. Raises NotFound."""
    party: Any = Party.get_or_none(Party.id == party_id)
    if party is None:
        raise NotFound(f"There is no party {party_id} in this store.")
    taken, now = steps(party_id), clock.now()
    held = suspended_until(taken, now)
    point = Standpoint(now)
    found = tuple(fact for period in PERIODS for fact in _facts(party, period, point))
    cases = _cases_of(party, point)
    return PartyPage(
        id=party.id, side=party.side, ref=party.ref, name=party.name, country=party.country, language=party.language,
        tier=party.tier, holidays=holidays_of(party.id),
        suspended_until=held.until if held else None, facts=found, steps=taken, flags=flags_of(party_id, party.side),
        cases=tuple(cases[:MOST_CASES]), has_more_cases=len(cases) > MOST_CASES,
    )  # fmt: skip


def party_of(dispute_id: int, side: Side) -> int:
    """The number of the case's buyer or seller. Raises NotFound."""
    column = Dispute.buyer if side is Side.BUYER else Dispute.seller
    row: Any = Dispute.select(column).where(Dispute.id == dispute_id).tuples().first()
    if row is None:
        raise NotFound(f"There is no case C{dispute_id}.")
    return int(row[0])


def _cases_of(party: Any, point: Standpoint) -> list[CaseRow]:
    theirs = rows.selected(point).where(getattr(Dispute, party.side) == party.id)
    newest = theirs.order_by(Dispute.opened_at.desc(), Dispute.id.desc()).limit(MOST_CASES + 1)
    return rows.read(newest.tuples(), point)


def _facts(party: Any, period: timedelta, point: Standpoint) -> list[Fact]:
    theirs = _recent(party, period, point)
    has_outcome = Dispute.outcome.is_null(False) & (Dispute.outcome != Outcome.WITHDRAWN)
    refunded = Dispute.refund_minor > 0
    is_buyer = party.side == Side.BUYER
    is_late = facts.is_broken(point)
    promised = Timer.kind == (ClockKind.BUYER_REPLY if is_buyer else ClockKind.SELLER_RESPONSE)
    answers = promised & (Timer.ended_as.in_((ClockEnd.MET, ClockEnd.MISSED, ClockEnd.MET_LATE_RECORDED)) | is_late)
    shown = (Evidence.lane == party.side) & Evidence.sha256.is_null(False)
    counts: list[tuple[str, Any, Any, str]] = [
        ("opened", _cases(theirs), _cases(theirs), "cases opened"),
        ("won", _cases(theirs & has_outcome & (refunded if is_buyer else ~refunded)), _cases(theirs & has_outcome),
         "won, of cases with an outcome"),
        ("withdrawn", _cases(theirs & (Dispute.outcome == Outcome.WITHDRAWN)), _cases(theirs),
         "withdrawn by the buyer"),
        ("silent", _answers(theirs & promised & is_late), _answers(theirs & answers),
         "answers owed and late or not given"),
        ("file_elsewhere", _pieces(theirs & shown & _is_elsewhere()), _pieces(theirs & shown),
         "files that another case has too, of files shown"),
    ]  # fmt: skip
    if is_buyer:  # a seller's picture from before the shipment is as it should be
        goods = theirs & shown & Evidence.kind.in_(SHOWS_GOODS_RECEIVED)
        dated = goods & Evidence.captured_at.is_null(False) & Order.shipped_at.is_null(False)
        label = "pictures older than the shipment, of those with a date"
        counts.append((OLDER, _pieces(goods & (Evidence.captured_at < Order.shipped_at)), _pieces(dated), label))
    missing = theirs & Dispute.reason.startswith("not_received/")
    scanned = Order.delivered_at.is_null(False) & (Order.delivered_at <= Dispute.opened_at)
    counts.append(
        ("against_scan", _cases(missing & scanned), _cases(missing), "claims of non-receipt against a carrier's scan")
    )
    columns = [select for _, count, of, _ in counts for select in (count, of)]
    row: Any = Select(columns=columns).bind(Dispute._meta.database).tuples().execute()[0]
    return [
        Fact(name, period.days, int(row[2 * number]), int(row[2 * number + 1]), label)
        for number, (name, _, _, label) in enumerate(counts)
    ]


def _recent(party: Any, period: timedelta, point: Standpoint) -> Node:
    other = Dispute.alias()
    since = point.second - int(period.total_seconds())
    theirs = (getattr(other, party.side) == party.id) & (other.opened_at >= since) & (other.opened_at <= point.second)
    latest = other.select(other.id).where(theirs).order_by(other.opened_at.desc()).limit(RECORD_CASES)
    was_case = Dispute.closed_as.is_null() | (Dispute.closed_as != ClosedAs.INELIGIBLE)
    return Dispute.id.in_(latest) & was_case


def _cases(which: Node) -> Any:
    return Dispute.select(fn.COUNT(Dispute.id)).join(Order).where(which)


def _answers(which: Node) -> Any:
    return Timer.select(fn.COUNT(Timer.id)).join(Dispute).where(which)


def _pieces(which: Node) -> Any:
    return Evidence.select(fn.COUNT(Evidence.id)).join(Dispute).join(Order).where(which)


def _is_elsewhere() -> Node:
    other = Evidence.alias()
    same = (other.sha256 == Evidence.sha256) & (other.dispute != Evidence.dispute)
    return fn.EXISTS(other.select(other.id).where(same))
