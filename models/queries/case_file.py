"""One case whole: what the case screen and `show` read, in a fixed number of selects."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models import clock
from models.columns import Money
from models.errors import NotFound
from models.prepared import Prepared, Slot, prepared
from models.queries import case_parts as parts
from models.queries import evidence, ledgers, rows
from models.queries.as_decided import as_decided as as_decided_of
from models.queries.as_decided import offer_view
from models.queries.case_parts import CaseFile
from models.queries.elsewhere import refunded_elsewhere
from models.queries.history import instant
from models.queries.party_record import parties
from models.queries.standpoint import PRESENT, Standpoint
from models.queries.timeline import acts_standing, entries, timeline
from models.queries.timers import running
from models.rules.appeals import PARTIES
from models.rules.case import Offer as RuledOffer
from models.rules.clocks import KINDS, WINDOWS, Clock
from models.rules.pauses import Pause, Why
from models.rules.policy import policy
from models.tables import (
    Appeal,
    Ask,
    Claim,
    Decision,
    Dispute,
    Flag,
    Goodwill,
    Line,
    Message,
    Offer,
    Order,
    Refund,
    Reminder,
    Timer,
    Watch,
)
from models.vocabulary import Basis, ClockEnd, ClockKind, Party, Remedy

if TYPE_CHECKING:
    from models.rules.approval import Point
    from models.rules.basis import Line as BasisLine


def case_file(dispute_id: int, at: datetime | None = None) -> CaseFile:
    """Everything about the case, its clocks judged at `at`, else now. 22 selects, and one more while an appeal
    is heard. Raises NotFound.
    """
    point = Standpoint(clock.now() if at is None else at)
    own = _own.first(dispute_id)
    if own is None:
        raise NotFound(f"There is no case C{dispute_id}.")
    currency: str = own.currency
    timers = _timers.rows(dispute_id)
    buyer, seller = parties(own.buyer_id, own.seller_id, point)
    order = _order_of.first(own.order_id)
    asks = tuple(_ask(each) for each in _asks.rows(dispute_id))
    messages = tuple(_message(each) for each in _messages.rows(dispute_id))
    appeals = tuple(_appeal(each) for each in _appeals.rows(dispute_id))
    told = entries(dispute_id)
    pieces = evidence.pieces(dispute_id, order, told)
    events = timeline(told, currency, {each.id: (each.text, each.translation) for each in messages})
    acts = acts_standing(told)
    booked = ledgers.booked(acts, point.at) if acts else None
    blame = booked.blame if booked else {}
    elsewhere, _ = refunded_elsewhere(dispute_id)
    most = own.amount_minor if order.paid_minor is None else min(own.amount_minor, order.paid_minor)
    clocks = tuple(_clock(each, point.at, asks, blame.get(each.number)) for each in timers)
    return CaseFile(
        row=rows.row_of(own, running(timers), point),
        policy_version=own.policy_version,
        language=own.language,
        marks=tuple(own.marks.splitlines()),
        notified_at=own.notified_at,
        responded_at=own.responded_at,
        escalated_at=own.escalated_at,
        ended_at=own.ended_at,
        closed_at=own.closed_at,
        closed_as=own.closed_as,
        refund=None if own.refund_minor is None else Money(own.refund_minor, currency),
        payer=own.payer,
        is_ruled=own.is_ruled,
        refundable=Money(max(0, most - elsewhere - own.confirmed_minor), currency),
        refunded_elsewhere=Money(elsewhere, currency),
        order=_order(order),
        buyer=buyer,
        seller=seller,
        claims=tuple(_claim(each, currency) for each in _claims.rows(dispute_id)),
        clocks=clocks,
        ledger=ledgers.view_of(booked.ledger) if booked else None,
        out_of_reach=booked.out_of_reach if booked else None,
        asks=asks,
        hold=own.hold,
        is_flagged=own.is_flagged,
        flags=tuple(_flag(each) for each in _flags.rows(dispute_id)),
        chasers=own.chasers,
        watched_by=tuple(each.login for each in _watches.rows(dispute_id) if each.stopped_at is None),
        reminders=tuple(
            parts.ReminderView(each.login, each.due_at) for each in _reminders.rows(dispute_id) if each.done_at is None
        ),
        offers=tuple(_offer(each, currency, point.at) for each in _offers.rows(dispute_id)),
        messages=messages,
        evidence=pieces,
        sufficiency=evidence.sufficiency(booked.case) if booked else (),
        decisions=tuple(_decision(each, currency) for each in _decisions.rows(dispute_id)),
        refunds=tuple(_refund(each, currency) for each in _refunds.rows(dispute_id)),
        goodwill=tuple(_goodwill(each, currency) for each in _payments.rows(dispute_id)),
        appeals=appeals,
        appeal_until=_appeal_until(own, appeals, clocks),
        as_decided=as_decided_of(dispute_id, appeals, events, pieces),
        events=events,
    )


@prepared
def _own(dispute_id: Slot) -> Any:
    more = (
        Dispute.order, Dispute.buyer, Dispute.seller, Dispute.policy_version, Dispute.language, Dispute.marks,
        Dispute.notified_at, Dispute.responded_at, Dispute.escalated_at, Dispute.ended_at, Dispute.closed_at,
        Dispute.closed_as, Dispute.refund_minor, Dispute.confirmed_minor, Dispute.payer, Dispute.is_ruled,
    )  # fmt: skip
    return rows.selected(PRESENT, *more).where(Dispute.id == dispute_id)


@prepared
def _order_of(order_id: Slot) -> Any:
    return Order.select().where(Order.id == order_id)


@prepared
def _lines(order_id: Slot) -> Any:
    return Line.select().where(Line.order == order_id).order_by(Line.number)


def _of_case(table: Any, *order: Any) -> Prepared:
    return Prepared(lambda dispute_id: table.select().where(table.dispute == dispute_id).order_by(*order), 1)


_appeals = _of_case(Appeal, Appeal.number)
_asks = _of_case(Ask, Ask.number)
_claims = _of_case(Claim, Claim.version)
_decisions = _of_case(Decision, Decision.number)
_flags = _of_case(Flag, Flag.number)
_messages = _of_case(Message, Message.occurred_at, Message.id)
_offers = _of_case(Offer, Offer.number)
_payments = _of_case(Goodwill, Goodwill.number)
_refunds = _of_case(Refund, Refund.number)
_reminders = _of_case(Reminder, Reminder.due_at)
_timers = _of_case(Timer, Timer.number)
_watches = _of_case(Watch, Watch.number)


def _order(order: Any) -> parts.OrderView:
    return parts.OrderView(
        source=order.source,
        ref=order.ref,
        currency=order.currency,
        paid=None if order.paid_minor is None else Money(order.paid_minor, order.currency),
        ordered_at=order.ordered_at,
        shipped_at=order.shipped_at,
        promised_by=order.promised_by,
        delivered_at=order.delivered_at,
        completed_at=order.completed_at,
        protection_ends_at=order.protection_ends_at,
        carrier=order.carrier,
        tracking_no=order.tracking_no,
        lines=tuple(
            parts.LineView(each.number, each.title, Money(each.amount_minor, order.currency))
            for each in _lines.rows(order.id)
        ),
    )


def _claim(claim: Any, currency: str) -> parts.ClaimView:
    return parts.ClaimView(
        version=claim.version,
        reason=claim.reason,
        remedy=claim.remedy,
        requested=Money(claim.requested_minor, currency),
        text=claim.text,
        translation=claim.translation or "",
        made_at=claim.made_at,
        recorded_at=claim.recorded_at,
        recorded_by=claim.recorded_by,
    )


def _ask(ask: Any) -> parts.AskView:
    return parts.AskView(
        number=ask.number,
        party=ask.party,
        items=tuple(json.loads(ask.items or "[]")),
        asked_at=ask.asked_at,
        due_at=ask.due_at,
        ended_at=ask.ended_at,
        standing=ask.ended_as or "open",
    )


def _clock(timer: Any, at: datetime, asks: tuple[parts.AskView, ...], booked_to: str | None) -> parts.ClockView:
    kind = ClockKind(timer.kind)
    end = ClockEnd(timer.ended_as) if timer.ended_as else None
    ruled = Clock(
        timer.number, kind, timer.started_at, timer.due_at, timer.is_given, timer.entered_at, timer.stopped_at, end,
        _pauses(timer.pauses),
    )  # fmt: skip
    asked = next((ask.party for ask in reversed(asks) if ask.asked_at == timer.started_at), None)
    return parts.ClockView(
        number=timer.number,
        kind=kind,
        label=KINDS[kind].label,
        owner=asked if kind is ClockKind.INFO else KINDS[kind].owner,
        started_at=timer.started_at,
        due_at=timer.due_at,
        is_given=timer.is_given,
        stopped_at=None if kind in WINDOWS and at <= timer.due_at else timer.stopped_at,
        standing=ruled.standing(at),
        overdue_by=int((at - timer.due_at).total_seconds()) if ruled.is_overdue(at) else None,
        is_held=ruled.is_held,
        booked_to=booked_to,
    )


def _pauses(text: str) -> list[Pause]:
    return [
        Pause(Why(why), instant(start), until and instant(until), end and instant(end))
        for why, start, until, end in json.loads(text)
    ]


def _offer(offer: Any, currency: str, at: datetime) -> parts.OfferView:
    ruled = RuledOffer(
        offer.number, Party(offer.lane), offer.version, Remedy(offer.remedy), offer.amount_minor, offer.made_at,
        offer.expires_at, offer.ended, tuple(Party(each) for each in offer.accepted_by.split()),
    )  # fmt: skip
    return offer_view(ruled, currency, at)


def _message(message: Any) -> parts.MessageView:
    return parts.MessageView(
        id=message.id,
        author=message.author,
        audience=message.audience,
        kind=message.kind,
        text=message.text,
        translation=message.translation or "",
        language=message.language,
        is_automatic=message.is_automatic,
        occurred_at=message.occurred_at,
        recorded_at=message.recorded_at,
        recorded_by=message.recorded_by,
    )


def _points(text: str) -> tuple[Point, ...]:
    if not text:
        return ()
    from models.rules.approval import Point  # most cases have no decision

    return tuple(Point(**point) for point in json.loads(text))


def _basis(text: str) -> tuple[BasisLine, ...]:
    if not text:
        return ()
    from models.rules.basis import Line

    return tuple(Line(Basis(kind), percent, amount) for kind, percent, amount in json.loads(text))


def _decision(decision: Any, currency: str) -> parts.DecisionView:
    return parts.DecisionView(
        number=decision.number,
        outcome=decision.outcome,
        refund=Money(decision.refund_minor, currency),
        payer=decision.payer,
        freight=decision.freight,
        findings=tuple(decision.findings.split()),
        points=_points(decision.points),
        basis=_basis(decision.basis),
        note=decision.note,
        to_buyer=decision.to_buyer,
        to_seller=decision.to_seller,
        maker=decision.maker,
        approver=decision.approver,
        hash=decision.hash,
        standing=decision.standing,
        lacking=None if decision.lacking is None else tuple(decision.lacking.split()),
        proposed_at=decision.proposed_at,
        issued_at=decision.issued_at,
        result=decision.result,
    )


def _appeal(appeal: Any) -> parts.AppealView:
    return parts.AppealView(
        number=appeal.number,
        party=appeal.party,
        ground=appeal.ground,
        filed_at=appeal.filed_at,
        against=appeal.against,
        result=appeal.result,
        ruled_at=appeal.ruled_at,
    )


def _appeal_until(own: Any, appeals: Sequence[parts.AppealView], clocks: Sequence[parts.ClockView]) -> datetime | None:
    """As `rules.appeals.until`."""
    if not own.is_ruled or own.decided_at is None or {each.party for each in appeals} >= set(PARTIES):
        return None
    windows = (each for each in reversed(clocks) if each.kind is ClockKind.APPEAL_WINDOW)
    window = next(windows, None)
    if window is not None and window.started_at == own.decided_at:
        return window.due_at
    until: datetime = own.decided_at + policy(own.policy_version).appeal_window
    return until


def _refund(refund: Any, currency: str) -> parts.RefundView:
    return parts.RefundView(
        number=refund.number,
        amount=Money(refund.amount_minor, currency),
        state=refund.state,
        ref=refund.ref,
        instructed_at=refund.instructed_at,
        settled_at=refund.settled_at,
    )


def _goodwill(goodwill: Any, currency: str) -> parts.GoodwillView:
    return parts.GoodwillView(
        number=goodwill.number,
        amount=Money(goodwill.amount_minor, currency),
        state=goodwill.state,
        ref=goodwill.ref,
        given_by=goodwill.given_by,
        given_at=goodwill.given_at,
        settled_at=goodwill.settled_at,
    )


def _flag(flag: Any) -> parts.FlagView:
    return parts.FlagView(
        number=flag.number,
        party=flag.party,
        raised_by=flag.raised_by,
        raised_at=flag.raised_at,
        review=flag.review,
        reviewed_by=flag.reviewed_by,
        reviewed_at=flag.reviewed_at,
    )
