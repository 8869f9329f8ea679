"""A case as the rules see it: every fact that a verdict may depend on, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field, replace
from datetime import datetime

from models.dataclass import dataclass
from models.rules.clocks import KINDS, WINDOWS, Clock, Terms
from models.rules.pauses import Why
from models.rules.policy import policy
from models.rules.windows import SellerFacts
from models.vocabulary import (
    AppealGround,
    AppealResult,
    Ball,
    ClockEnd,
    ClockKind,
    ClosedAs,
    EvidenceKind,
    EvidenceState,
    FileType,
    FlagReview,
    Hold,
    Outcome,
    Party,
    Payer,
    RefundState,
    Remedy,
    ReturnStep,
    State,
)

EXPIRED = "expired"
"""How an offer ends that nobody answered."""


@dataclass(slots=True)
class Offer:
    """One version of a proposed remedy in one party's lane."""

    number: int
    """Counts the offers of a case from 1; what `accept` names."""
    lane: Party
    version: int
    remedy: Remedy
    amount_minor: int
    made_at: datetime
    expires_at: datetime | None
    """None for the claim's own request, which stands as long as the case is in talks."""
    ended: str = ""
    """superseded, declined, accepted, expired; empty while it stands, or until a sweep has seen that it expired."""
    accepted_by: tuple[Party, ...] = ()
    """Of a proposal of the platform: who has accepted this version; both must."""

    def is_live(self, at: datetime) -> bool:
        """Stands and can be accepted: from when it was made, up to and including the instant it expires.

        An expired one was accepted in time if it was accepted before, whenever that is written down.
        """
        is_over = self.ended not in ("", EXPIRED)
        return not is_over and self.made_at <= at and (self.expires_at is None or at <= self.expires_at)


@dataclass(slots=True)
class Ask:
    """What the platform asked a party for."""

    number: int
    party: Party
    asked_at: datetime
    due_at: datetime
    ended_at: datetime | None = None
    ended_as: str = ""
    """answered, cancelled, lapsed, left; empty while an answer is awaited."""


@dataclass(slots=True)
class Watch:
    """Somebody follows the case."""

    number: int
    login: str
    since: datetime
    stopped_at: datetime | None = None


@dataclass(slots=True)
class Reminder:
    """Brings the case back to somebody at an instant."""

    number: int
    login: str
    due_at: datetime
    done_at: datetime | None = None


@dataclass(slots=True)
class Refund:
    """One instruction to pay the buyer, and what became of it."""

    number: int
    amount_minor: int
    state: RefundState
    instructed_at: datetime
    settled_at: datetime | None = None


@dataclass(slots=True)
class Goodwill:
    """A payment beyond what can be refunded: the platform's money, given by a supervisor, in no sum of refunds."""

    number: int
    amount_minor: int
    state: RefundState
    given_by: str
    given_at: datetime
    settled_at: datetime | None = None


@dataclass(slots=True)
class Flag:
    """Somebody asked supervisors to look at a party. It decides nothing."""

    number: int
    party: Party
    raised_by: str
    raised_at: datetime
    review: FlagReview | None = None
    """None while it waits for a supervisor."""
    reviewed_by: str = ""
    reviewed_at: datetime | None = None


@dataclass(slots=True)
class Ruling:
    """A proposed or issued decision of the platform."""

    number: int
    outcome: Outcome
    refund_minor: int
    payer: Payer | None
    findings: tuple[str, ...]
    maker: str
    proposed_at: datetime
    hash: str = ""
    """What an approver names: the digest of everything the decision says."""
    grounds: str = ""
    """The digest of what it rests on; empty where nobody took one."""
    standing: str = "proposed"
    """proposed, sent_back, issued; replaced by a later ruling, or undone because a return went wrong.

    Of an appeal that leaves the first ruling: upheld, inadmissible.
    """
    approver: str = ""
    issued_at: datetime | None = None
    result: AppealResult | None = None
    """On an appeal."""
    freight: Party | None = None
    """Who pays for the way back, where goods go back."""
    lacking: tuple[str, ...] | None = None
    """What either side's evidence lacked when it was made; None where nobody judged it, as in a file."""


@dataclass(slots=True)
class Appeal:
    """A party's objection to a ruling."""

    number: int
    party: Party
    ground: AppealGround
    filed_at: datetime
    against: int
    """The number of the ruling; 0 where a file told the outcome without one."""
    result: AppealResult | None = None
    ruled_at: datetime | None = None


@dataclass(slots=True)
class Piece:
    """One piece of evidence. Nothing is deleted: what no longer counts says so by its state."""

    number: int
    lane: Party
    kind: EvidenceKind
    state: EvidenceState
    recorded_at: datetime
    recorded_by: str
    file_digest: str = ""
    """Empty while it is only requested."""
    file_type: FileType | None = None
    size_bytes: int | None = None
    captured_at: datetime | None = None


@dataclass(slots=True)
class Case:
    """Mutable on purpose: an act is applied to it, and an import applies several to a hundred thousand of them."""

    policy_version: int
    opened_at: datetime
    reason: str
    amount_minor: int
    currency: str
    remedy: Remedy
    requested_minor: int
    paid_minor: int | None = None
    state: State = State.DRAFT
    ball: Ball = Ball.PLATFORM
    needs_triage: bool = False
    lines: tuple[int, ...] = ()
    """The disputed lines of the order; none named means all of them."""
    overrides: tuple[str, ...] = ()
    """Eligibility rules that a supervisor set aside when the case was opened."""
    assignee: str = ""
    assignees: list[str] = field(default_factory=list)
    """Everyone who has held the case since it last entered review; none of them may approve."""
    notified_at: datetime | None = None
    earlier_policies: list[tuple[int, datetime]] = field(default_factory=list)
    """Versions that the case followed before, each with when another was applied."""
    seller: SellerFacts = field(default_factory=SellerFacts)
    """As they were when they were notified."""
    responded_at: datetime | None = None
    """The seller's first act."""
    refused_at: dict[Party, datetime] = field(default_factory=dict)
    """When a party last rejected or declined: from then on the other side may escalate."""
    asks: dict[Party, list[datetime]] = field(default_factory=dict)
    """Whose answer is awaited, and when the acts happened that it would answer."""
    acted_at: dict[Party, datetime] = field(default_factory=dict)
    """When a party last acted, by when it happened and not by when it was written down."""
    escalated_at: datetime | None = None
    outcome: Outcome | None = None
    refund_minor: int = 0
    payer: Payer | None = None
    decided_at: datetime | None = None
    decided_by: str = ""
    approved_by: str = ""
    is_ruled: bool = False
    """The outcome is a ruling of the platform, not an agreement."""
    ended_at: datetime | None = None
    closed_at: datetime | None = None
    closed_as: ClosedAs | None = None
    clocks: list[Clock] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    refunds: list[Refund] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    questions: list[Ask] = field(default_factory=list)
    """What the platform asked the parties; `asks` is what they await of each other."""
    hold: Hold | None = None
    held_at: datetime | None = None
    has_override: bool = False
    """A rule was overridden or a promise waived: the next decision needs a second person."""
    appeals: list[Appeal] = field(default_factory=list)
    involved: list[str] = field(default_factory=list)
    """Who made, approved or sent back a ruling, or held the case in its round."""
    barred: list[str] = field(default_factory=list)
    """Of these who was involved before the last appeal was filed: none of them hears it."""
    returned: dict[ReturnStep, datetime] = field(default_factory=dict)
    """What became of the goods in the present return."""
    undone_at: datetime | None = None
    """When an outcome last ceased to stand without another in its place."""
    elsewhere_minor: int = 0
    """Confirmed refunds of other cases of the same order; set by whoever reads the case, and in no event."""
    elsewhere_underway_minor: int = 0
    """Instructed there, and neither confirmed nor failed."""
    evidence: list[Piece] = field(default_factory=list)
    is_reopened: bool = False
    """The next decision needs a second person."""
    flags: list[Flag] = field(default_factory=list)
    """One that waits, or that a supervisor did not dismiss, calls for a second person."""
    goodwill: list[Goodwill] = field(default_factory=list)
    chasers: int = 0
    """How often the seller was reminded."""
    watches: list[Watch] = field(default_factory=list)
    reminders: list[Reminder] = field(default_factory=list)

    def promise(
        self, kind: ClockKind, started_at: datetime, entered_at: datetime, *, terms: Terms | None = None
    ) -> None:
        """Begin a promise of the case's policy, by `terms` where they are not those for all."""
        rules = policy(self.policy_version)
        terms = terms or rules.terms(kind)
        clock = self.start(kind, started_at, started_at + terms.length, entered_at)
        clock.terms, open_time = terms, rules.open_time(kind)
        if open_time is not None:
            if open_time.can_begin_at(started_at):
                clock.open_time = open_time
            else:
                clock.terms = replace(terms, rule="")
        if kind is ClockKind.SELLER_RESPONSE:
            clock.holidays = list(rules.windows.not_counted(self.seller, started_at))
        if clock.open_time or clock.holidays:
            clock.reckon()

    def start(
        self,
        kind: ClockKind,
        started_at: datetime,
        due_at: datetime,
        entered_at: datetime,
        *,
        is_given: bool = False,
    ) -> Clock:
        """Begin a promise; `entered_at` is when it is recorded. On hold it stands still at once."""
        clock = Clock(len(self.clocks) + 1, kind, started_at, due_at, is_given, entered_at)
        self.clocks.append(clock)
        if kind in WINDOWS:
            clock.stopped_at, clock.end = due_at, ClockEnd.MET
        elif self.hold is not None and self.held_at is not None and (why := pause_of(self.hold, kind)):
            clock.pause(why, max(started_at, self.held_at))
        return clock

    def miss(self, kinds: Iterable[ClockKind], at: datetime) -> None:
        """Time ran out at `at`, and something follows from it: what was promised for then or before was missed.

        That a promise is kept at its due instant itself was still possible then; now nobody can any more.
        """
        for clock in self.clocks:
            if clock.kind in kinds and clock.is_running and not clock.is_held and clock.due_at <= at:
                clock.miss(at)

    def running(self, kind: ClockKind) -> Clock | None:
        for clock in self.clocks:
            if clock.kind is kind and clock.end is None:
                return clock
        return None

    def latest(self, kind: ClockKind) -> Clock | None:
        for clock in reversed(self.clocks):
            if clock.kind is kind:
                return clock
        return None

    def live_offer(self, lane: Party, at: datetime) -> Offer | None:
        """The lane's offer that can be accepted at `at`; there is at most one."""
        return next((offer for offer in reversed(self.offers) if offer.lane is lane and offer.is_live(at)), None)

    def open_question(self) -> Ask | None:
        """What a party was asked for and has not given."""
        return next((ask for ask in reversed(self.questions) if not ask.ended_as), None) if self.questions else None

    def piece(self, number: int | None) -> Piece | None:
        """The piece of evidence with this number."""
        return next((piece for piece in self.evidence if piece.number == number), None)

    def waiting_flag(self, party: Party | None) -> Flag | None:
        """The flag on this party that no supervisor has looked at; there is at most one."""
        return next((flag for flag in self.flags if flag.party is party and flag.review is None), None)

    def goodwill_underway(self) -> Goodwill | None:
        """What was instructed as goodwill and is neither confirmed nor failed; there is at most one."""
        return next((each for each in self.goodwill if each.state is RefundState.INSTRUCTED), None)

    def proposed_ruling(self) -> Ruling | None:
        return next((ruling for ruling in reversed(self.rulings) if ruling.standing == "proposed"), None)

    def issued_ruling(self) -> Ruling | None:
        """The ruling that the outcome rests on."""
        return next((ruling for ruling in reversed(self.rulings) if ruling.standing == "issued"), None)

    def pending_appeal(self) -> Appeal | None:
        return next((appeal for appeal in reversed(self.appeals) if appeal.result is None), None)

    @property
    def confirmed_minor(self) -> int:
        """What the buyer has surely got back."""
        return sum(refund.amount_minor for refund in self.refunds if refund.state is RefundState.CONFIRMED)

    @property
    def underway_minor(self) -> int:
        """What has been instructed and is neither confirmed nor failed."""
        return sum(refund.amount_minor for refund in self.refunds if refund.state is RefundState.INSTRUCTED)

    @property
    def most_minor(self) -> int:
        """All that the buyer can get by this case: the disputed amount within what was paid, less what others gave."""
        most = self.amount_minor if self.paid_minor is None else min(self.amount_minor, self.paid_minor)
        return max(0, most - self.elsewhere_minor)

    @property
    def refundable_minor(self) -> int:
        """What may still be refunded: of that what is not confirmed yet."""
        return max(0, self.most_minor - self.confirmed_minor)

    @property
    def due_minor(self) -> int:
        """What the outcome still owes the buyer; below 0 what was paid beyond it and cannot be taken back."""
        return self.refund_minor - self.confirmed_minor


def pause_of(hold: Hold, kind: ClockKind) -> Why | None:
    """What a hold does to a clock: a legal one stops all, an outage those of the parties, a risk none."""
    if hold is Hold.LEGAL:
        return Why.LEGAL
    is_of_parties = KINDS[kind].owner is not Party.PLATFORM
    return Why.OUTAGE if hold is Hold.OUTAGE and is_of_parties else None
