"""What somebody did to a case, as plain values: an operation makes one, the rules apply it, an event stores it."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from models.dataclass import dataclass
from models.vocabulary import (
    AppealGround,
    AppealResult,
    ClockKind,
    ClosedAs,
    EvidenceKind,
    EvidenceState,
    FileType,
    FlagReview,
    Hold,
    Outcome,
    Party,
    PartyAct,
    Payer,
    RefundState,
    Remedy,
    ReturnStep,
    State,
)


class Verb(StrEnum):
    """Every change of a case, by the name of its command."""

    OPEN = "open"
    REFUSE = "refuse"
    NOTIFY = "notify"
    RESPOND = "respond"
    RECODE = "recode"
    WITHDRAW = "withdraw"
    ESCALATE = "escalate"
    CLAIM = "claim"
    RELEASE = "release"
    ASSIGN = "assign"
    DECIDE = "decide"
    APPROVE = "approve"
    SEND_BACK = "send-back"
    RETURN = "return"
    REFUND = "refund"
    APPEAL = "appeal"
    RULE = "rule"
    CLOSE = "close"
    NOTE = "note"
    MESSAGE = "message"
    ASK = "ask"
    CANCEL_ASK = "cancel-ask"
    ANSWER = "answer"
    AUTO_ESCALATE = "auto-escalate"
    """Silence, or the end of talks, lets the platform step in; like the next two only the sweep's."""
    EXPIRE = "expire"
    """Nobody has accepted an offer in time."""
    LAPSE = "lapse"
    """What a party was asked for did not come in time."""
    PROPOSE = "propose"
    HOLD = "hold"
    UNHOLD = "unhold"
    EXTEND = "extend"
    WAIVE = "waive"
    ATTACH = "attach"
    REVIEW = "review"
    REOPEN = "reopen"
    MERGE = "merge"
    TAKE_IN = "take-in"
    """The other half of a merge: the case that goes on."""
    CHASE = "chase"
    FLAG = "flag"
    UNFLAG = "unflag"
    """A supervisor has looked at a flag: it waits no more."""
    GOODWILL = "goodwill"
    WATCH = "watch"
    REMIND = "remind"
    CORRECT = "correct"
    APPLY_POLICY = "apply-policy"
    """The case goes over to another version; `policy apply` does it to many."""
    PLACE = "place"
    """An import says where a case stands, and nothing of how it came there."""


SILENT, TALKS_OVER = "seller_silent", "talks_over"
"""Causes: why the platform steps in by itself."""
NOT_APPROVED = "not_approved"
"""Why a decision goes back that nobody sent back."""


@dataclass(frozen=True, kw_only=True)
class Act:
    """One act. `text_id` and `text_digest` point at its texts, so that an event never holds personal data.

    It keeps only what it was given, some five of sixty values: an import makes six acts for a row.
    """

    verb: Verb
    occurred_at: datetime
    """When it happened. Clocks go by this; the event also says when it was recorded."""
    by: str = ""
    """The login of the person of the platform who did it or wrote it down."""
    party: Party | None = None
    """Whose act it is."""
    move: PartyAct | None = None
    offer_number: int | None = None
    amount_minor: int | None = None
    currency: str | None = None
    paid_minor: int | None = None
    remedy: Remedy | None = None
    requested_minor: int | None = None
    reason: str | None = None
    needs_triage: bool | None = None
    due_at: datetime | None = None
    """A due instant that the source gave; it wins over the policy."""
    resolution_due_at: datetime | None = None
    has_no_clock: bool | None = None
    """The source promised nothing."""
    has_no_resolution_clock: bool | None = None
    has_no_first_touch: bool | None = None
    """A file tells of an escalation and of what came after it, and not of who took the case, or when."""
    seller_tier: str | None = None
    """Of a notification: what is known of the seller, by which their time is set."""
    seller_country: str | None = None
    seller_away: tuple[tuple[datetime, datetime], ...] | None = None
    """Holidays of theirs that were declared by then: from, to."""
    cause: str | None = None
    """Why it was done, in a word; of the sweep what ran out."""
    login: str | None = None
    """Whom the case is given to."""
    outcome: Outcome | None = None
    payer: Payer | None = None
    freight: Party | None = None
    """Who pays for the way back of the goods."""
    findings: tuple[str, ...] | None = None
    basis: tuple[str, ...] | None = None
    hash: str | None = None
    grounds: str | None = None
    """The digest of what a decision rests on."""
    needs_second_person: bool | None = None
    is_agreement: bool | None = None
    """What a file calls an outcome, and nobody of the platform ruled on."""
    refund: RefundState | None = None
    """What became of a refund, or of a payment as goodwill."""
    refund_ref_digest: str | None = None
    step: ReturnStep | None = None
    ground: AppealGround | None = None
    has_new_evidence: bool | None = None
    """Something was shown since the ruling that is appealed."""
    result: AppealResult | None = None
    state: State | None = None
    closed_as: ClosedAs | None = None
    policy_version: int | None = None
    items: int | None = None
    """How many things an ask names; their words are its text."""
    hold: Hold | None = None
    clock: ClockKind | None = None
    seconds: int | None = None
    """By how much a clock is extended."""
    requested: tuple[EvidenceKind, ...] | None = None
    """The kinds of evidence that an ask names."""
    evidence_kind: EvidenceKind | None = None
    evidence_number: int | None = None
    """The piece that is reviewed, or that a new one replaces."""
    verdict: EvidenceState | None = None
    file_digest: str | None = None
    """Keyed: it tells whoever has the store that two files are one, and nobody else anything."""
    file_type: FileType | None = None
    size_bytes: int | None = None
    captured_at: datetime | None = None
    title_digest: str | None = None
    lacking: tuple[str, ...] | None = None
    """What either side's evidence lacked when a decision was made, such as `buyer:photo_item|video_item`."""
    other: int | None = None
    """The case that this one is merged with."""
    flag_review: FlagReview | None = None
    """What a supervisor made of a flag."""
    is_done: bool | None = None
    """Of a watch or a reminder: it ends."""
    corrects: int | None = None
    """The number of the event that turned out wrong."""
    warnings: tuple[str, ...] | None = None
    """What somebody was warned of; `rules.withdrawal` has their sentences."""
    audience: str | None = None
    lines: tuple[int, ...] | None = None
    """Which lines of the order are disputed; None for all of them."""
    promises_notice: bool | None = None
    """The seller is told after the opening and not by it, or by an act of its own: the platform owes it until then."""
    overrides: tuple[str, ...] | None = None
    """Eligibility rules that a supervisor set aside at the opening."""
    rule: str | None = None
    """The eligibility rule for which a claim is refused."""
    is_automatic: bool | None = None
    """A machine of the party's answered; it counts as no answer."""
    text_id: int | None = None
    text_digest: str | None = None

    if not TYPE_CHECKING:  # the usual one sets all sixty, one by one

        def __init__(self, *, verb: Verb, occurred_at: datetime, **given: Any) -> None:
            if not _NAMES.issuperset(given):
                raise TypeError(f"an act has no {', '.join(sorted(given.keys() - _NAMES))}")
            self.__dict__.update(given, verb=verb, occurred_at=occurred_at)

    def body(self) -> dict[str, Any]:
        """The act as JSON values, absent ones left out."""
        return {
            name: _plain(value) if value.__class__ in _NOT_OF_JSON else value
            for name, value in self.__dict__.items()
            if value is not None and value != ""
        }


_NAMES = frozenset(Act.__annotations__)
_NOT_OF_JSON = frozenset({datetime, tuple})


def act_from(body: dict[str, Any]) -> Act:
    """The act that `Act.body` wrote down."""
    return Act(**{name: _READERS.get(name, _same)(value) for name, value in body.items()})


def _plain(value: Any) -> Any:
    if value.__class__ is datetime:
        return int(value.timestamp())
    return [_plain(each) for each in value] if value.__class__ is tuple else value


def _same(value: Any) -> Any:
    return value


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


_READERS: dict[str, Any] = {
    "verb": Verb,
    "occurred_at": _instant,
    "due_at": _instant,
    "resolution_due_at": _instant,
    "seller_away": lambda spans: tuple((_instant(start), _instant(end)) for start, end in spans),
    "party": Party,
    "move": PartyAct,
    "remedy": Remedy,
    "outcome": Outcome,
    "payer": Payer,
    "freight": Party,
    "findings": tuple,
    "basis": tuple,
    "lines": tuple,
    "overrides": tuple,
    "refund": RefundState,
    "step": ReturnStep,
    "ground": AppealGround,
    "result": AppealResult,
    "requested": lambda kinds: tuple(map(EvidenceKind, kinds)),
    "evidence_kind": EvidenceKind,
    "verdict": EvidenceState,
    "file_type": FileType,
    "captured_at": _instant,
    "lacking": tuple,
    "state": State,
    "closed_as": ClosedAs,
    "hold": Hold,
    "flag_review": FlagReview,
    "warnings": tuple,
    "clock": ClockKind,
}
