"""The parts of a case's page, each as lines for a width. On a wide terminal what was said and done stands beside."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo

from rich.style import Style

from models.columns import Money
from models.queries.case_parts import CaseFile, ClockView, FlagView, OfferView, PartyView
from models.vocabulary import FlagReview, Party
from screens import looks, words
from screens.case.both_texts import BESIDE_FROM, both
from screens.case.facts import CaseFacts
from screens.case.hearing import appeals_of, hearing_of
from screens.case.ledger import ledger_of, out_of_reach_of
from screens.evidence import section as evidence
from screens.line_view import Line
from screens.safe import fitted, wrapped

LABEL = 12
STANDING = {
    "running": ("runs", looks.PLAIN),
    "due_soon": ("DUE SOON", looks.SOON),
    "breached": ("OVERDUE", looks.LATE),
    "met": ("met", looks.GOOD),
    "missed": ("missed", looks.LATE),
    "met_late_recorded": ("met, recorded late", looks.PLAIN),
    "paused": ("PAUSED", looks.SOON),
    "waived": ("waived", looks.DIM),
    "cancelled": ("ended, not needed", looks.DIM),
}


def main_of(facts: CaseFacts, width: int, now: datetime, zone: tzinfo, *, is_whole: bool) -> list[Line]:
    """Everything, or without what stands beside it."""
    file = facts.file
    is_beside = not is_whole or width >= BESIDE_FROM
    lines = [
        *hearing_of(file, width, zone),
        *_claim(file, width, is_beside=is_beside),
        *_clocks(file, width, now, zone),
        *ledger_of(file, width, zone),
        *_parties(file, width, zone),
    ]
    lines += [*_offers(file, width, now), *_asks(file, now), *_money(file, width), *_order(file, width, zone)]
    lines += evidence.section(file, width, zone)
    return [*lines, *aside_of(facts, width, now, zone, is_beside=is_beside)] if is_whole else lines


def aside_of(facts: CaseFacts, width: int, now: datetime, zone: tzinfo, *, is_beside: bool = True) -> list[Line]:
    """Decisions, then the timeline with the newest first; translations stand beside what they translate, or below."""
    file = facts.file
    told = _timeline(file, width, zone, is_beside=is_beside)
    return [*_decisions(file, width, zone), *appeals_of(file, zone), *told]


def _claim(file: CaseFile, width: int, *, is_beside: bool) -> list[Line]:
    row = file.row
    sign = "  (to be settled: t recodes it)" if row.needs_triage else ""
    lines: list[Line] = [_pair("reason", words.plain(row.reason) + sign, looks.BOLD)]
    if file.claims:
        claim = file.claims[-1]
        lines.append(_pair("asks for", f"{words.plain(claim.remedy)} of {words.amount(claim.requested)}"))
        language = file.language.partition("-")[0]
        label = f"says ({language})" if language and claim.translation else "says"
        lines += both(claim.text, claim.translation, width, label=label, lead=LABEL + 1, is_beside=is_beside)
    if row.tags:
        lines.append(_pair("tags", ", ".join(row.tags)))
    for mark in file.marks:
        lines += _block("read as", mark, width, looks.DIM)
    return [*lines, []]


def _clocks(file: CaseFile, width: int, now: datetime, zone: tzinfo) -> list[Line]:
    """Each promise: whose, until when, and what it means now."""
    lines: list[Line] = [[("Clocks", looks.HEADING), (f"  times in {words.zone_name(now, zone)}", looks.DIM)]]
    if file.hold:
        lines.append([(f"ON HOLD: {file.hold}", looks.LATE), ("  supervisors lift it", looks.DIM)])
    for flag in file.flags:
        lines.append(_flag(flag, zone))
    if file.chasers:
        lines.append([(f"{file.chasers} {'chaser' if file.chasers == 1 else 'chasers'} sent", looks.PLAIN)])
    for reminder in file.reminders:
        lines.append([(f"comes back {words.instant(reminder.due_at, zone)} to {reminder.login}", looks.PLAIN)])
    for clock in file.clocks:
        lines.append(_clock(clock, now, zone))
    lines += out_of_reach_of(file, width)
    row = file.row
    if row.may_escalate_at is not None:
        is_open = row.may_escalate_at <= now
        when = "open now (e)" if is_open else f"from {words.instant(row.may_escalate_at, zone)}"
        lines.append([(fitted("escalation", 18), looks.PLAIN), (when, looks.BOLD if is_open else looks.PLAIN)])
    if not file.clocks:
        lines.append([("no clock runs: the source promised nothing", looks.DIM)])
    return [*lines, []]


def _flag(flag: FlagView, zone: tzinfo) -> Line:
    """A dismissed one stays to be seen, and calls for nobody."""
    raised = f"  by {flag.raised_by} {words.instant(flag.raised_at, zone)}"
    if not flag.review:
        return [(f"FLAGGED: {flag.party}, waits for review", looks.LATE), (raised, looks.DIM)]
    by = f", {flag.review} by {flag.reviewed_by}"
    is_over = flag.review == FlagReview.DISMISSED
    return [(f"flag on the {flag.party}{by}", looks.DIM if is_over else looks.SOON), (raised, looks.DIM)]


def _clock(clock: ClockView, now: datetime, zone: tzinfo) -> Line:
    word, look = STANDING.get(clock.standing, (clock.standing, looks.PLAIN))
    is_running = clock.stopped_at is None
    owner = clock.owner or "both"
    means = "until the hold is lifted" if clock.is_held else words.due(clock.due_at, now)
    means = means if is_running else f"stopped {words.instant(clock.stopped_at, zone)}"
    given = " (given by the source)" if clock.is_given else ""
    return [
        (fitted(clock.label, 17) + " ", looks.PLAIN),
        (fitted(words.instant(clock.due_at, zone), 17), looks.PLAIN),
        (f"{word}  ", look),
        (means, look if is_running else looks.DIM),
        (f"  {owner}{given}", looks.DIM),
    ]


def _parties(file: CaseFile, width: int, zone: tzinfo) -> list[Line]:
    ball = words.BALLS.get(file.row.ball or "none", "–")
    return [
        [("Parties", looks.HEADING), (f"  ball: {ball}; 1 and 2 open them", looks.DIM)],
        *_party("buyer", file.buyer, width, zone),
        *_party("seller", file.seller, width, zone),
        [],
    ]


def _party(side: str, party: PartyView, width: int, zone: tzinfo) -> list[Line]:
    who = f"{party.name}  ({party.ref})" if party.name and party.name != party.ref else party.ref
    where = ", ".join(part for part in (party.country, party.language) if part)
    record = f"{party.cases} {'case' if party.cases == 1 else 'cases'} in 90 days, {party.open_cases} of them open"
    if party.promised:
        record += f"; answered late or never in {party.missed} of {party.promised}"
    lines = [_pair(side, who + (f"  {where}" if where else ""), looks.BOLD)]
    if party.suspended_until is not None:
        lines.append(_pair("", f"SUSPENDED until {words.instant(party.suspended_until, zone)}", looks.LATE))
    return [*lines, *_block("", record, width, looks.DIM)]


def _offers(file: CaseFile, width: int, now: datetime) -> list[Line]:
    """Three lanes, and the gap between what is asked and what is offered."""
    if not file.offers:
        return []
    lines: list[Line] = [[("Offers", looks.HEADING), *_gap(file.offers)]]
    for lane in Party:
        for offer in (each for each in file.offers if each.lane == lane):
            lines.append(_offer(offer, now))
    return [*lines, []]


def _offer(offer: OfferView, now: datetime) -> Line:
    is_live = offer.standing == "live"
    until = f", {words.due(offer.expires_at, now)}" if is_live and offer.expires_at else ""
    accepted = f", accepted by the {' and the '.join(offer.accepted_by)}" if offer.accepted_by else ""
    return [
        (fitted(offer.lane, 9), looks.DIM),
        (fitted(f"#{offer.number}", 4), looks.BOLD if is_live else looks.DIM),
        (f"{words.amount(offer.amount)}  {words.plain(offer.remedy)}  ", looks.PLAIN if is_live else looks.DIM),
        (f"{offer.standing}{until}{accepted}", looks.BOLD if is_live else looks.DIM),
    ]


def _gap(offers: Iterable[OfferView]) -> Line:
    """How far the sides are apart, where both have something that stands."""
    live = {offer.lane: offer.amount for offer in offers if offer.standing == "live"}
    asked, offered = live.get(Party.BUYER), live.get(Party.SELLER)
    if asked is None or offered is None:
        return []
    gap = Money(asked.amount_minor - offered.amount_minor, asked.currency)
    return [(f"  {words.amount(gap)} apart" if gap.amount_minor > 0 else "  no gap", looks.BOLD)]


def _asks(file: CaseFile, now: datetime) -> list[Line]:
    """What the platform asked the parties for."""
    if not file.asks:
        return []
    lines: list[Line] = [[("Asked for", looks.HEADING)]]
    for ask in file.asks:
        is_open = ask.standing == "open"
        until = f", {words.due(ask.due_at, now)}" if is_open else ""
        lines.append(_pair(ask.party, f"{ask.standing}{until}", looks.BOLD if is_open else looks.DIM))
        lines += [_pair("", item) for item in ask.items]
    return [*lines, []]


def _money(file: CaseFile, width: int) -> list[Line]:
    row = file.row
    lines: list[Line] = [
        [("Money", looks.HEADING)],
        _pair("disputed", words.amount(row.amount) + ("  (high value)" if row.is_high_value else "")),
        _pair("paid", words.amount(file.order.paid)),
        _pair("refundable", words.amount(file.refundable)),
    ]
    if file.refunded_elsewhere.amount_minor:
        lines.append(_pair("elsewhere", f"{words.amount(file.refunded_elsewhere)} by other cases of the order"))
    if row.outcome:
        payer = f", paid by {words.plain(file.payer)}" if file.payer else ""
        lines.append(_pair("outcome", f"{words.plain(row.outcome)}: {words.amount(file.refund)}{payer}", looks.BOLD))
    for refund in file.refunds:
        ref = f"  {refund.ref}" if refund.ref else ""
        lines.append(_pair("refund", f"#{refund.number} {words.amount(refund.amount)} {refund.state}{ref}"))
    for extra in file.goodwill:
        ref = f"  {extra.ref}" if extra.ref else ""
        shown = f"#{extra.number} {words.amount(extra.amount)} {extra.state}{ref}, by us, beside any refund"
        lines.append(_pair("goodwill", shown))
    return [*lines, []]


def _order(file: CaseFile, width: int, zone: tzinfo) -> list[Line]:
    order = file.order
    lines: list[Line] = [[("Order", looks.HEADING), (f"  {order.source}:{order.ref}", looks.DIM)]]
    for line in order.lines:
        lines += _block(f"line {line.number}", f"{line.title or '(no title)'}  {words.amount(line.amount)}", width)
    moments = (
        ("ordered", order.ordered_at),
        ("shipped", order.shipped_at),
        ("promised by", order.promised_by),
        ("delivered", order.delivered_at),
        ("completed", order.completed_at),
        ("protected to", order.protection_ends_at),
    )
    lines += [_pair(name, words.instant(at, zone)) for name, at in moments if at is not None]
    if order.carrier or order.tracking_no:
        lines.append(_pair("parcel", f"{order.carrier} {order.tracking_no}".strip()))
    return [*lines, []]


def _decisions(file: CaseFile, width: int, zone: tzinfo) -> list[Line]:
    lines: list[Line] = []
    for decision in file.decisions:
        heard = f"appeal {decision.result}, " if decision.result else ""
        heading = f"Decision {decision.number}: {heard}{words.plain(decision.outcome)}, {words.amount(decision.refund)}"
        signed = f", signed by {decision.approver}" if decision.approver else ""
        by = f"{decision.standing} by {decision.maker or 'nobody named'}{signed}"
        is_short = len(heading) + len(by) + 2 <= width
        lines.append([(heading, looks.HEADING), (f"  {by}" if is_short else "", looks.DIM)])
        lines += [] if is_short else _block("", by, width, looks.DIM)
        lines += _block("way back", f"the {decision.freight} pays" if decision.freight else "", width)
        if decision.lacking is not None:
            lines += _block(
                "evidence", evidence.lacking_of(decision.lacking), width, looks.SOON if decision.lacking else looks.DIM
            )
        for point in decision.points:
            for name in ("point", "claimed", "answered", "shown", "found"):
                lines += _block("shown by" if name == "shown" else name, getattr(point, name), width)
        for share in decision.basis:
            part = words.amount(Money(share.amount_minor, file.row.currency))
            lines.append(_pair("basis", f"{words.plain(share.kind)}: {part}"))
        lines += _block("findings", ", ".join(words.plain(code) for code in decision.findings), width)
        lines += _block("note", decision.note, width)
        lines += _block("to buyer", decision.to_buyer, width, looks.DIM)
        lines += _block("to seller", decision.to_seller, width, looks.DIM)
        lines.append([])
    return lines


def _timeline(file: CaseFile, width: int, zone: tzinfo, *, is_beside: bool) -> list[Line]:
    """Everything that was said and done, newest first; what was recorded later than it happened says so.

    The number is what `correct` asks for.
    """
    lines: list[Line] = [[("Timeline", looks.HEADING), ("  newest first", looks.DIM)]]
    for event in reversed(file.events):
        late = "" if event.recorded_at == event.occurred_at else f", recorded {words.instant(event.recorded_at, zone)}"
        wrong = " (superseded)" if event.is_corrected else ""
        lead = f"{words.instant(event.occurred_at, zone)}  "
        verb = "" if event.verb == "respond" else f"{event.verb} "
        head = wrapped(
            f"{event.actor}: {verb}{event.words.replace('_', ' ')}{late}{wrong}  #{event.seq}", width - len(lead)
        )
        lines.append([(lead, looks.DIM), (head[0], looks.BOLD)])
        lines += [[(" " * len(lead) + row, looks.BOLD)] for row in head[1:]]
        lines += both(event.text, event.translation, width, lead=2, is_beside=is_beside)
    return lines


def _pair(label: str, text: str, look: Style = looks.PLAIN) -> Line:
    return [(fitted(label, LABEL) + " ", looks.DIM), (text, look)]


def _block(label: str, text: str, width: int, look: Style = looks.PLAIN) -> list[Line]:
    """A label, and a text of any length behind it; nothing where there is none."""
    if not text:
        return []
    rows = wrapped(text, width - LABEL - 1)
    return [_pair(label if number == 0 else "", row, look) for number, row in enumerate(rows)]
