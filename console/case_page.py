"""One case for people to read as text, and for scripts as one object."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

from console.evidence_lines import evidence_lines
from console.output.values import amount, duration, short_instant
from models.columns import Money
from models.queries.case_parts import (
    AppealView,
    AsDecided,
    AskView,
    CaseFile,
    ClockView,
    EvidenceView,
    FlagView,
    GoodwillView,
    LedgerView,
    OfferView,
    PartyView,
)
from models.queries.rows import COLUMNS
from models.rules.reach import OutOfReach
from models.text import visible

WIDE = 16


def case_object(file: CaseFile) -> dict[str, Any]:
    """A row of `queue` with everything that belongs to it; keys are the column names, values plain JSON."""
    row = {column.key: _plain(getattr(file.row, column.key)) for column in COLUMNS}
    rest = {each.name: _plain(getattr(file, each.name)) for each in fields(file) if each.name != "row"}
    claims, decisions = rest.pop("claims"), rest.pop("decisions")
    return {
        **row,
        "needs_triage": file.row.needs_triage,
        "tags": list(file.row.tags),
        **rest,
        "claim": claims[-1] if claims else None,
        "claims": claims,
        "parties": {"buyer": rest.pop("buyer"), "seller": rest.pop("seller")},
        "order": row["order"],
        "order_facts": _plain(file.order),
        "buyer": row["buyer"],
        "seller": row["seller"],
        "decision": decisions[-1] if decisions else None,
        "decisions": decisions,
    }


def page(file: CaseFile) -> Iterator[str]:
    """The case as lines of text, foreign text made visible."""
    row = file.row
    yield f"{row.case}  {visible(row.source)}:{visible(row.ref)}  {row.state}{_closed_as(file)}"
    yield _fact("reason", row.reason + (" (needs triage: recode before a decision)" if row.needs_triage else ""))
    yield _fact("disputed", f"{_money(row.amount)}; {_money(file.refundable)} can be refunded")
    yield _fact("ball", f"with {row.ball}" if row.ball not in (None, "none") else "with nobody")
    yield _fact("assignee", row.assignee or "nobody")
    if file.hold:
        yield _fact("on hold", file.hold)
    for flag in file.flags:
        yield _fact("flagged", _flag(flag))
    if file.chasers:
        yield _fact("chasers sent", str(file.chasers))
    if file.watched_by:
        yield _fact("watched by", ", ".join(visible(login) for login in file.watched_by))
    for reminder in file.reminders:
        yield _fact("comes back", f"{_when(reminder.due_at)} to {visible(reminder.login)}")
    if row.outcome:
        paid = f"{_money(file.refund)}" if file.refund else ""
        payer = f", paid by {file.payer}" if file.payer else ""
        ruled = "ruled" if file.is_ruled else "agreed"
        yield _fact("outcome", f"{row.outcome} {paid}{payer}, {ruled} {_when(row.decided_at)}")
    if file.appeal_until:
        yield _fact("appeal", f"possible until {_when(file.appeal_until)}")
    if row.may_escalate_at:
        yield _fact("escalation", f"open from {_when(row.may_escalate_at)}, automatic {_when(row.auto_escalate_at)}")
    yield from _hearing(file.as_decided)
    yield from _order(file)
    yield from _party("Buyer", file.buyer)
    yield from _party("Seller", file.seller)
    yield from _section("Claim", [line for claim in file.claims for line in _claim(claim)])
    yield from _section("Clocks", [*map(_clock, file.clocks), *_out_of_reach(file.out_of_reach)])
    yield from _section("Ball", list(_ledger(file.ledger)))
    yield from _section("Offers", [_offer(offer) for offer in file.offers])
    yield from _section("Asked for", [line for ask in file.asks for line in _ask(ask)])
    yield from _section("Evidence", list(evidence_lines(file)))
    yield from _section("Decisions", [line for decision in file.decisions for line in _decision(decision)])
    yield from _section("Appeals", [_appeal(appeal) for appeal in file.appeals])
    yield from _section(
        "Refunds",
        [f"{each.number}  {_money(each.amount)}  {each.state}  {visible(each.ref)}".rstrip() for each in file.refunds],
    )
    yield from _section("Goodwill, paid by the platform beside any refund", [_goodwill(each) for each in file.goodwill])
    yield from _section("Timeline", [line for event in file.events for line in _event(event)])


def _order(file: CaseFile) -> Iterator[str]:
    order = file.order
    facts = [
        ("paid", _money(order.paid) if order.paid else ""),
        ("ordered", _when(order.ordered_at)),
        ("shipped", _when(order.shipped_at)),
        ("promised by", _when(order.promised_by)),
        ("delivered", _when(order.delivered_at)),
        ("protected until", _when(order.protection_ends_at)),
        ("carrier", visible(f"{order.carrier} {order.tracking_no}".strip())),
    ]
    lines = [_fact(name, value).lstrip() for name, value in facts if value]
    lines += [f"{line.number}  {_money(line.amount)}  {visible(line.title)}" for line in order.lines if line.title]
    yield from _section(f"Order {visible(order.ref)}", lines or ["nothing more is known"])


def _flag(flag: FlagView) -> str:
    review = f"{flag.review} by {visible(flag.reviewed_by)}" if flag.review else "waits for review"
    return f"{flag.party} by {visible(flag.raised_by)} {_when(flag.raised_at)}, {review}"


def _party(side: str, party: PartyView) -> Iterator[str]:
    name = f"{visible(party.name)} ({visible(party.ref)})" if party.name else visible(party.ref)
    where = f", {visible(party.country)}" if party.country else ""
    record = f"{party.cases} cases in 90 days, {party.open_cases} open"
    if party.promised:
        record += f"; answered late or not at all in {party.missed} of {party.promised}"
    held = f"suspended until {_when(party.suspended_until)}" if party.suspended_until else ""
    yield from _section(side, [line for line in (name + where, held, record) if line])


def _claim(claim: Any) -> Iterator[str]:
    yield f"{claim.remedy} of {_money(claim.requested)}, {claim.reason}, {_when(claim.made_at)}"
    yield from both_texts(claim.text, claim.translation, "")


def _clock(clock: ClockView) -> str:
    over = f", {duration(clock.overdue_by)} over" if clock.overdue_by is not None else ""
    given = " (given by the source)" if clock.is_given else ""
    stopped = f", stopped {_when(clock.stopped_at)}" if clock.stopped_at else ""
    due = "stands still until the hold is lifted; was due" if clock.is_held else "due"
    booked = f", booked to the {clock.booked_to}" if clock.booked_to else ""
    return f"{clock.kind:<{WIDE}} {clock.standing}{over}: {due} {_when(clock.due_at)}{given}{stopped}{booked}"


def _out_of_reach(found: OutOfReach | None) -> Iterator[str]:
    if found is not None:
        yield f"{'resolution':<{WIDE}} can no longer be kept: the platform may step in from {_when(found.free_at)}"
        if found.is_told_late:
            yield f"{'':<{WIDE}} the seller was told late"


def _ledger(ledger: LedgerView | None) -> Iterator[str]:
    if ledger is None:
        return
    until = "the end" if ledger.is_over else "now"
    yield f"from {_when(ledger.from_at)} to {_when(ledger.to_at)}, {until}: {duration(ledger.seconds)}"
    for share in ledger.shares:
        held = f", of it {duration(share.held_seconds)} on hold: {', '.join(share.holds)}" if share.held_seconds else ""
        yield f"{share.ball:<{WIDE}} {duration(share.seconds)}{held}"
    for turn in ledger.turns:
        hold = f", on hold: {turn.hold}" if turn.hold else ""
        yield f"   {_when(turn.from_at)} to {_when(turn.to_at)}  {turn.ball}{hold}"


def _ask(ask: AskView) -> Iterator[str]:
    yield f"{ask.number}  {ask.party}: {ask.standing}, due {_when(ask.due_at)}"
    for item in ask.items:
        yield f"   - {visible(item)}"


def _offer(offer: OfferView) -> str:
    until = f", until {_when(offer.expires_at)}" if offer.expires_at and offer.standing == "live" else ""
    accepted = f", accepted by the {' and the '.join(offer.accepted_by)}" if offer.accepted_by else ""
    what = f"{offer.remedy} {_money(offer.amount)}"
    return f"{offer.number}  {offer.lane} v{offer.version}: {what}, {offer.standing}{until}{accepted}"


def _decision(decision: Any) -> Iterator[str]:
    payer = f", paid by {decision.payer}" if decision.payer else ""
    maker = f" by {visible(decision.maker)}" if decision.maker else ""
    # "sent_back by anna" would name her as the one who sent it back.
    standing = f"{decision.standing}{maker}" if decision.standing != "sent_back" else f"made{maker}, sent back"
    approver = f", approved by {visible(decision.approver)}" if decision.approver else ""
    freight = f", the {decision.freight} pays the way back" if decision.freight else ""
    what = f"{decision.outcome} {_money(decision.refund)}{payer}{freight}"
    heard = f"on the appeal ({decision.result}), " if decision.result else ""
    yield f"{decision.number}  {heard}{what}: {standing}{approver}"
    if decision.lacking is not None:
        yield f"   evidence: {'lacked ' + ', '.join(decision.lacking) if decision.lacking else 'both sides sufficient'}"
    if decision.standing == "proposed":
        yield f"   waits for a second person: disputes approve CASE --hash {decision.hash[:12]}"
    if decision.findings:
        yield f"   found: {' '.join(decision.findings)}"
    for point in decision.points:
        cells = (point.point, point.claimed, point.answered, point.shown, point.found)
        yield "   " + " | ".join(visible(cell) for cell in cells)
    for line in decision.basis:
        size = f" {line.percent}%" if line.percent is not None else ""
        yield f"   basis: {line.kind}{size}: {amount(Money(line.amount_minor, decision.refund.currency))}"
    for name, text in (("note", decision.note), ("to buyer", decision.to_buyer), ("to seller", decision.to_seller)):
        if text:
            yield f"   {name}: {visible(text)}"


def _goodwill(extra: GoodwillView) -> str:
    by = f"by {visible(extra.given_by)}"
    return f"{extra.number}  {_money(extra.amount)}  {extra.state}  {by}  {visible(extra.ref)}".rstrip()


def _appeal(appeal: AppealView) -> str:
    heard = f"{appeal.result} {_when(appeal.ruled_at)}" if appeal.result else "is heard"
    return f"{appeal.number}  {appeal.party}: {appeal.ground}, {_when(appeal.filed_at)}, {heard}"


def _hearing(then: AsDecided | None) -> Iterator[str]:
    """For whoever hears the appeal: first what was known, then what is new."""
    if then is None:
        return
    known = [
        f"{then.remedy} of {_money(then.requested)}, {then.reason}; {_money(then.refundable)} could be refunded",
        *(_offer(offer) for offer in then.offers),
        *(_piece(piece) for piece in then.evidence),
    ]
    yield from _section(f"As it was known when decision {then.decision} was made, {_when(then.decided_at)}", known)
    new = [_piece(piece) for piece in then.new_evidence]
    new += [line for event in then.new_events for line in _event(event)]
    yield from _section("New since then", new)


def _piece(piece: EvidenceView) -> str:
    return f"{piece.lane} #{piece.number} {piece.kind}, {piece.state} {visible(piece.title)}".rstrip()


def _event(event: Any) -> Iterator[str]:
    who = f"{visible(event.actor)}" + (f" for the {event.party}" if event.party else "")
    late = f" (recorded {_when(event.recorded_at)})" if event.recorded_at != event.occurred_at else ""
    wrong = " (superseded)" if event.is_corrected else ""
    # Words that stand without their verb do not say what was done: "to anna", "legal".
    said = event.verb if event.words in ("", event.verb) else f"{event.verb}: {visible(event.words)}"
    yield f"{_when(event.occurred_at)}  {event.seq:>5}  {who}: {said}{late}{wrong}"
    yield from both_texts(event.text, event.translation, "    ")


def both_texts(text: str, translation: str, indent: str) -> Iterator[str]:
    """What somebody wrote, and below it what it means where it was translated."""
    for line in visible(text, multiline=True).splitlines():
        yield f"{indent}{line}"
    for number, line in enumerate(visible(translation, multiline=True).splitlines()):
        yield f"{indent}{'           ' if number else 'translated:'} {line}"


def _section(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield title
        for line in lines:
            yield f"  {line}"


def _fact(name: str, value: str) -> str:
    return f"  {name:<{WIDE}} {value}"


def _closed_as(file: CaseFile) -> str:
    return f", {file.closed_as}" if file.closed_as else ""


def _money(value: Money | None) -> str:
    return "" if value is None else f"{amount(value)} {value.currency}"


def _when(instant: datetime | None) -> str:
    return "" if instant is None else short_instant(instant)


def _plain(value: Any) -> Any:
    """Money, instants and views as the JSON of the command line has them."""
    if isinstance(value, Money):
        return {"amount": amount(value), "currency": value.currency}
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}"
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value
