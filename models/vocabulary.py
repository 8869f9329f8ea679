"""The closed lists of the domain. Stored values are the lower-case words; nothing outside the lists is stored."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    DRAFT = "draft"
    AWAITING_SELLER = "awaiting_seller"
    NEGOTIATION = "negotiation"
    IN_REVIEW = "in_review"
    AWAITING_PARTY = "awaiting_party"
    PENDING_APPROVAL = "pending_approval"
    AWAITING_RETURN = "awaiting_return"
    RESOLVED = "resolved"
    IN_APPEAL = "in_appeal"
    CLOSED = "closed"


OPEN_STATES = frozenset(State) - {State.DRAFT, State.RESOLVED, State.CLOSED}
"""A case that waits for a return is open; a resolved one is not, although its refund may be on its way."""


class ClosedAs(StrEnum):
    AGREED = "agreed"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    INELIGIBLE = "ineligible"
    MERGED = "merged"


class Party(StrEnum):
    BUYER = "buyer"
    SELLER = "seller"
    PLATFORM = "platform"


class Ball(StrEnum):
    """Who must act next."""

    BUYER = "buyer"
    SELLER = "seller"
    PLATFORM = "platform"
    NONE = "none"


class Role(StrEnum):
    AGENT = "agent"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    SWEEP = "sweep"
    """Time itself, and no person: it does what the rules say is due, and nothing else."""


PEOPLE = (Role.AGENT, Role.SUPERVISOR, Role.AUDITOR)
"""Roles that somebody can have."""


class Remedy(StrEnum):
    FULL_REFUND = "full_refund"
    PARTIAL_REFUND = "partial_refund"
    RETURN_AND_REFUND = "return_and_refund"
    REPLACEMENT = "replacement"


class Outcome(StrEnum):
    FULL_REFUND = "full_refund"
    PARTIAL_REFUND = "partial_refund"
    RETURN_AND_REFUND = "return_and_refund"
    REPLACEMENT = "replacement"
    NO_REFUND = "no_refund"
    WITHDRAWN = "withdrawn"


class Payer(StrEnum):
    SELLER = "seller"
    PLATFORM = "platform"
    SPLIT = "split"


class PartyAct(StrEnum):
    """What a party can do in talks; who may is in `rules.transitions`."""

    ACCEPT = "accept"
    OFFER = "offer"
    REJECT = "reject"
    REPLY = "reply"
    REQUEST = "request"
    DECLINE = "decline"


class Audience(StrEnum):
    BUYER = "buyer"
    SELLER = "seller"
    BOTH = "both"
    INTERNAL = "internal"


class ClockKind(StrEnum):
    NOTIFY = "notify"
    SELLER_RESPONSE = "seller_response"
    BUYER_REPLY = "buyer_reply"
    NEGOTIATION_CAP = "negotiation_cap"
    RESOLUTION = "resolution"
    REVIEW = "review"
    FIRST_TOUCH = "first_touch"
    INFO = "info"
    APPROVAL = "approval"
    RETURN_SHIP = "return_ship"
    RETURN_CONFIRM = "return_confirm"
    REFUND = "refund"
    APPEAL_WINDOW = "appeal_window"
    APPEAL_REVIEW = "appeal_review"


class Hold(StrEnum):
    """Why a case is on hold."""

    LEGAL = "legal"
    """Every clock stands still."""
    OUTAGE = "outage"
    """The parties' clocks stand still."""
    RISK = "risk"
    """No clock does; the platform may step in at once."""


class ClockEnd(StrEnum):
    """How a clock ended; one that still runs has none."""

    MET = "met"
    MISSED = "missed"
    MET_LATE_RECORDED = "met_late_recorded"
    WAIVED = "waived"
    CANCELLED = "cancelled"


class Basis(StrEnum):
    """The grounds of a partial ruling's amount."""

    MISSING_QUANTITY = "missing_quantity"
    REPAIR_COST = "repair_cost"
    VALUE_LOSS = "value_loss"
    LATE_DELIVERY = "late_delivery"
    SHARED_FAULT = "shared_fault"


class Finding(StrEnum):
    DELIVERY_PROVEN = "delivery_proven"
    DELIVERY_NOT_PROVEN = "delivery_not_proven"
    NOT_SHIPPED = "not_shipped"
    TRACKING_INVALID = "tracking_invalid"
    WRONG_ADDRESS = "wrong_address"
    LATE_DELIVERY = "late_delivery"
    ITEM_AS_DESCRIBED = "item_as_described"
    ITEM_NOT_AS_DESCRIBED = "item_not_as_described"
    QUANTITY_SHORT = "quantity_short"
    DEFECT_SHOWN = "defect_shown"
    DEFECT_NOT_SHOWN = "defect_not_shown"
    DAMAGE_BY_CARRIER = "damage_by_carrier"
    COUNTERFEIT_SHOWN = "counterfeit_shown"
    RETURN_RECEIVED = "return_received"
    RETURN_NOT_RECEIVED = "return_not_received"
    ALREADY_REFUNDED = "already_refunded"
    SELLER_SILENT = "seller_silent"
    BUYER_SILENT = "buyer_silent"
    SELLER_ACCEPTED = "seller_accepted"
    DOCUMENT_INVALID = "document_invalid"
    EVIDENCE_EQUAL = "evidence_equal"
    OUT_OF_POLICY = "out_of_policy"
    DUPLICATE_CASE = "duplicate_case"
    ABUSE_FOUND = "abuse_found"
    GOODWILL = "goodwill"
    AVAILABLE_INFORMATION = "available_information"


class FlagReview(StrEnum):
    """What a supervisor made of a flag on a party."""

    DISMISSED = "dismissed"
    NOTED = "noted"
    WARNED = "warned"
    SUSPENDED = "suspended"


class RefundState(StrEnum):
    INSTRUCTED = "instructed"
    CONFIRMED = "confirmed"
    FAILED = "failed"


class ReturnStep(StrEnum):
    """What became of goods on their way back. The last five end in another review."""

    SHIPPED = "shipped"
    DELIVERED = "delivered"
    RECEIVED = "received"
    DAMAGED = "damaged"
    EMPTY = "empty"
    DIFFERENT = "different"
    MISSING = "missing"
    FAILED = "failed"


RETURN_PROBLEMS = frozenset(ReturnStep) - {ReturnStep.SHIPPED, ReturnStep.DELIVERED, ReturnStep.RECEIVED}
"""The ways in which a return goes wrong."""


class AppealGround(StrEnum):
    """Why a ruling is said not to stand."""

    NEW_EVIDENCE = "new_evidence"
    FACTS_WRONG = "facts_wrong"
    POLICY_MISAPPLIED = "policy_misapplied"
    AMOUNT_WRONG = "amount_wrong"
    NOT_HEARD = "not_heard"


class AppealResult(StrEnum):
    UPHELD = "upheld"
    VARIED = "varied"
    REVERSED = "reversed"
    INADMISSIBLE = "inadmissible"


REPLACES_RULING = frozenset({AppealResult.VARIED, AppealResult.REVERSED})
"""Results by which another ruling comes to stand; the others leave the first."""


class EvidenceKind(StrEnum):
    PHOTO_ITEM = "photo_item"
    VIDEO_ITEM = "video_item"
    PHOTO_PACKAGE = "photo_package"
    LISTING_SNAPSHOT = "listing_snapshot"
    CHAT_SCREENSHOT = "chat_screenshot"
    TRACKING_PROOF = "tracking_proof"
    DELIVERY_PROOF = "delivery_proof"
    NON_DELIVERY_STATEMENT = "non_delivery_statement"
    CUSTOMS_NOTICE = "customs_notice"
    SHIPMENT_PROOF = "shipment_proof"
    PRE_SHIP_PHOTO = "pre_ship_photo"
    EXPERT_LETTER = "expert_letter"
    CARRIER_REPORT = "carrier_report"
    REFUND_PROOF = "refund_proof"
    RETURN_TRACKING = "return_tracking"
    RETURN_CONDITION = "return_condition"
    INVOICE = "invoice"
    OTHER = "other"


class EvidenceState(StrEnum):
    REQUESTED = "requested"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"


class FileType(StrEnum):
    """What a file can be; judged by its first bytes, never by its name."""

    PDF = "pdf"
    PNG = "png"
    JPG = "jpg"
    GIF = "gif"
    WEBP = "webp"
    TXT = "txt"
    EML = "eml"
    MP4 = "mp4"


REASONS: dict[str, tuple[str, ...]] = {
    "not_received": (
        "in_transit_late",
        "no_tracking",
        "lost",
        "customs_held",
        "returned_to_sender",
        "wrong_address",
        "marked_delivered",
    ),
    "not_as_described": (
        "wrong_item",
        "spec_mismatch",
        "missing_quantity",
        "missing_parts",
        "empty_package",
        "counterfeit",
    ),
    "quality": ("defective_on_arrival", "failed_in_use", "poor_quality"),
    "damaged": ("package_damaged", "item_damaged"),
    "credit_not_processed": ("promised_refund", "return_not_refunded"),
    "payment": ("duplicate", "wrong_amount"),
    "other": ("unspecified",),
}
"""Families and their subs; a reason is written `family/sub`."""

REASON_CODES = tuple(f"{family}/{sub}" for family, subs in REASONS.items() for sub in subs)
UNSPECIFIED = "other/unspecified"
"""Stands for a reason that nobody gave; it must be re-coded before a decision."""

RETURN_ALLOWED = frozenset({"not_as_described", "quality", "damaged"})
"""Families whose goods can go back."""
