"""What a case is made of, as a screen or `show` reads it: frozen values, instants aware, money with its currency."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from models.columns import Money
from models.dataclass import dataclass
from models.queries.rows import CaseRow

if TYPE_CHECKING:  # most cases have no decision
    from models.rules.approval import Point
    from models.rules.basis import Line as BasisLine
    from models.rules.reach import OutOfReach


@dataclass(frozen=True, slots=True)
class LineView:
    number: int
    title: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderView:
    source: str
    ref: str
    currency: str
    paid: Money | None
    ordered_at: datetime | None
    shipped_at: datetime | None
    promised_by: datetime | None
    delivered_at: datetime | None
    completed_at: datetime | None
    protection_ends_at: datetime | None
    carrier: str
    tracking_no: str
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyView:
    """A buyer or seller with their record: facts, never a verdict."""

    ref: str
    name: str
    country: str
    language: str
    cases: int
    """Opened within the 90 days before, this one too; a thousand means so many or more."""
    open_cases: int
    """Of these."""
    missed: int | None
    """Answers that the seller promised in those cases and gave too late, or owes; None for a buyer."""
    promised: int | None
    """Of how many that were due by now or were given."""
    suspended_until: datetime | None
    """They open no new case until then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    version: int
    reason: str
    remedy: str
    requested: Money
    text: str
    translation: str
    """The text in a language that the desk reads; empty where nobody brought one."""
    made_at: datetime
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockView:
    number: int
    kind: str
    label: str
    owner: str | None
    """None: both parties."""
    started_at: datetime
    due_at: datetime
    is_given: bool
    """The due instant came from the source."""
    stopped_at: datetime | None
    standing: str
    """running, due_soon, paused, breached, or how it ended."""
    overdue_by: int | None
    """Seconds, while it runs and is late."""
    is_held: bool
    """It stands still until a hold is lifted; the due instant is the one it had."""
    booked_to: str | None = None
    """The party whose breach it is, where it is or was past due, or can no longer be kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferView:
    number: int
    """What an acceptance names."""
    lane: str
    version: int
    remedy: str
    amount: Money
    made_at: datetime
    expires_at: datetime | None
    standing: str
    """live, expired, superseded, declined or accepted."""
    accepted_by: tuple[str, ...]
    """Of a proposal of the platform: who has accepted it; both must."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskView:
    number: int
    party: str
    items: tuple[str, ...]
    asked_at: datetime
    due_at: datetime
    ended_at: datetime | None
    standing: str
    """open, answered, cancelled, lapsed, or left where the case went on without it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageView:
    id: int
    author: str
    audience: str
    kind: str
    text: str
    translation: str
    language: str
    is_automatic: bool
    occurred_at: datetime
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class LookView:
    """Somebody who looked at a piece."""

    login: str
    times: int
    last_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceView:
    number: int
    lane: str
    kind: str
    state: str
    title: str
    note: str
    sha256: str | None
    size_bytes: int | None
    file_type: str | None
    captured_at: datetime | None
    recorded_at: datetime
    recorded_by: str
    also_in: tuple[str, ...]
    """Other cases that hold the same file, the first few; a fact, never a verdict."""
    same_as: int | None
    """An earlier piece of the case that is the same file."""
    is_of_kind: bool
    """Its file can be what its kind says: a photo is a picture, a video a film. True where there is no file yet."""
    is_older_than_shipment: bool
    """It shows received goods, and was captured before they were sent."""
    looks: tuple[LookView, ...]
    """Who looked at its file, the first to do so first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SufficiencyView:
    """Whether a side has shown what the policy asks of it."""

    side: str
    is_sufficient: bool
    missing: tuple[str, ...]
    """By name; of `photo_item|video_item` one would do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    number: int
    outcome: str
    refund: Money
    payer: str | None
    freight: str | None
    """Who pays for the way back, where goods go back."""
    findings: tuple[str, ...]
    points: tuple[Point, ...]
    basis: tuple[BasisLine, ...]
    note: str
    to_buyer: str
    to_seller: str
    maker: str
    approver: str
    hash: str
    standing: str
    """proposed, sent_back, issued, replaced, undone; upheld, inadmissible of an appeal; agreed where a file says so."""
    lacking: tuple[str, ...] | None
    """What either side's evidence lacked when it was made, such as `buyer:photo_item|video_item`; None: not judged."""
    proposed_at: datetime
    issued_at: datetime | None
    result: str
    """On an appeal; else empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealView:
    number: int
    party: str
    ground: str
    filed_at: datetime
    against: int
    """The number of the decision."""
    result: str
    """Empty while it is heard."""
    ruled_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundView:
    number: int
    amount: Money
    state: str
    ref: str
    instructed_at: datetime
    settled_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodwillView:
    """A payment of the platform's beside any refund."""

    number: int
    amount: Money
    state: str
    ref: str
    given_by: str
    given_at: datetime
    settled_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagView:
    number: int
    party: str
    raised_by: str
    raised_at: datetime
    review: str
    """dismissed, noted, warned or suspended; empty while it waits."""
    reviewed_by: str
    reviewed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """One act, or an entry of the audit that changed nothing of the case."""

    seq: int
    recorded_at: datetime
    occurred_at: datetime
    actor: str
    verb: str
    party: str | None
    words: str
    """What was done, in a few of our own words."""
    text: str
    """What was said or noted with it; from outside."""
    translation: str = ""
    is_corrected: bool = False
    """It turned out wrong and counts no more."""


@dataclass(frozen=True, slots=True)
class ReminderView:
    login: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class TurnView:
    """From `from_at` to before `to_at` one party had the ball."""

    from_at: datetime
    to_at: datetime
    ball: str
    hold: str | None


@dataclass(frozen=True, slots=True)
class ShareView:
    """All turns of one party together."""

    ball: str
    seconds: int
    held_seconds: int
    """Of these the case was on hold."""
    holds: tuple[str, ...]
    """Why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerView:
    """Who had the ball, from opening to outcome; the shares add up to `seconds`, and so do the turns."""

    from_at: datetime
    to_at: datetime
    """The outcome, the end of a case without one, or the instant of reading."""
    is_over: bool
    seconds: int
    shares: tuple[ShareView, ...]
    """The longest first."""
    turns: tuple[TurnView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AsDecided:
    """The case as it was known when the decision was made that is appealed, and what came after."""

    decision: int
    decided_at: datetime
    reason: str
    remedy: str
    requested: Money
    refundable: Money
    offers: tuple[OfferView, ...]
    evidence: tuple[EvidenceView, ...]
    events: tuple[EventView, ...]
    new_evidence: tuple[EvidenceView, ...]
    new_events: tuple[EventView, ...]
    """After the decision: its own event is in neither."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """All there is to know of a case."""

    row: CaseRow
    policy_version: int
    language: str
    marks: tuple[str, ...]
    """What reading the case from a file had to settle."""
    notified_at: datetime | None
    responded_at: datetime | None
    escalated_at: datetime | None
    ended_at: datetime | None
    closed_at: datetime | None
    closed_as: str | None
    refund: Money | None
    """What the outcome gives the buyer."""
    payer: str | None
    is_ruled: bool
    refundable: Money
    """What may still be refunded; what other cases of the order gave is taken off."""
    refunded_elsewhere: Money
    order: OrderView
    buyer: PartyView
    seller: PartyView
    claims: tuple[ClaimView, ...]
    clocks: tuple[ClockView, ...]
    ledger: LedgerView | None
    """None of a case that no event tells of."""
    out_of_reach: OutOfReach | None
    """The resolution's promise, where it can no longer be kept although it is not late yet."""
    offers: tuple[OfferView, ...]
    asks: tuple[AskView, ...]
    hold: str | None
    """legal, outage or risk."""
    is_flagged: bool
    """A flag waits for review."""
    flags: tuple[FlagView, ...]
    chasers: int
    """How often the seller was reminded."""
    watched_by: tuple[str, ...]
    reminders: tuple[ReminderView, ...]
    """Those to come and those that have come."""
    messages: tuple[MessageView, ...]
    evidence: tuple[EvidenceView, ...]
    sufficiency: tuple[SufficiencyView, ...]
    """The buyer's, then the seller's."""
    decisions: tuple[DecisionView, ...]
    refunds: tuple[RefundView, ...]
    goodwill: tuple[GoodwillView, ...]
    """In no sum of refunds."""
    appeals: tuple[AppealView, ...]
    appeal_until: datetime | None
    """The last instant at which the ruling that stands can be appealed."""
    as_decided: AsDecided | None
    """While an appeal is heard."""
    events: tuple[EventView, ...]
