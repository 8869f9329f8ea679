"""What each side must show, what is still missing by name, and what happens to pieces.

The matrix is the policy's. A piece counts for the side whose lane it is in, from when it is submitted until it is
rejected or replaced.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from models.dataclass import dataclass
from models.rules.act import Act
from models.rules.case import Case, Piece
from models.rules.policy import Need, policy
from models.vocabulary import EvidenceKind, EvidenceState, FileType, Party

COUNTS = frozenset({EvidenceState.SUBMITTED, EvidenceState.ACCEPTED})
REVIEWABLE = COUNTS | {EvidenceState.REJECTED}
VERDICTS = (EvidenceState.ACCEPTED, EvidenceState.REJECTED)
SHOWS_GOODS_RECEIVED = frozenset({EvidenceKind.PHOTO_ITEM, EvidenceKind.VIDEO_ITEM, EvidenceKind.PHOTO_PACKAGE})
"""What a buyer cannot have before the goods were on their way."""


PICTURES = frozenset({FileType.PNG, FileType.JPG, FileType.GIF, FileType.WEBP})
_SHOWN_AS: dict[EvidenceKind, frozenset[FileType]] = {
    EvidenceKind.PHOTO_ITEM: PICTURES | {FileType.PDF},
    EvidenceKind.PHOTO_PACKAGE: PICTURES | {FileType.PDF},
    EvidenceKind.PRE_SHIP_PHOTO: PICTURES | {FileType.PDF},
    EvidenceKind.CHAT_SCREENSHOT: PICTURES | {FileType.PDF, FileType.TXT, FileType.EML},
    EvidenceKind.VIDEO_ITEM: frozenset({FileType.MP4, FileType.GIF}),
}
"""What a file of the kind can be; a scan of photos is a PDF, a chat is also saved as text."""


@dataclass(frozen=True, slots=True)
class Sufficiency:
    """Of one side: every need that nothing meets yet."""

    side: Party
    missing: tuple[Need, ...]

    @property
    def is_sufficient(self) -> bool:
        return not self.missing

    @property
    def names(self) -> tuple[str, ...]:
        """What is missing, such as `photo_item|video_item`: one of the two would do."""
        return tuple(str(need) for need in self.missing)

    @property
    def asked(self) -> tuple[str, ...]:
        """The same as it is asked for, in words, such as `photo item or video item`."""
        return tuple(" or ".join(kind.replace("_", " ") for kind in need.one_of) for need in self.missing)

    @property
    def said(self) -> str:
        """`sufficient`, or what is missing, in words."""
        return "sufficient" if self.is_sufficient else f"missing {_listed(self)}"


def sufficiency(case: Case, side: Party) -> Sufficiency:
    """Whether `side` has shown what the policy asks of it for the case's reason."""
    line = policy(case.policy_version).high_value_minor(case.currency)
    return judged(
        {piece.kind for piece in case.evidence if piece.lane is side and piece.state in COUNTS},
        case.reason,
        side,
        policy_version=case.policy_version,
        is_above_high_value=line is None or case.amount_minor > line,
        is_paid_said=says_paid(case),
    )


def judged(
    kinds: Collection[EvidenceKind],
    reason: str,
    side: Party,
    *,
    policy_version: int,
    is_above_high_value: bool,
    is_paid_said: bool = False,
) -> Sufficiency:
    """The same of the kinds alone, for a case that is not opened yet."""
    family = reason.partition("/")[0]
    missing = [
        need
        for need in policy(policy_version).needs
        if need.side is side
        and need.reason in (family, reason)
        and (is_above_high_value or not need.is_above_high_value)
        and (is_paid_said or not need.is_if_paid_is_said)
        and not set(need.one_of) & set(kinds)
    ]
    return Sufficiency(side, tuple(missing))


def all_of(names: Iterable[str]) -> str:
    """Needs of which each must be met, as a sentence lists them. A comma alone would read as if one of all would do."""
    return ", and ".join(name.replace("|", " or ") for name in names)


def _listed(side: Sufficiency) -> str:
    return all_of(side.names)


def says_paid(case: Case) -> bool:
    """Whether the seller says that they have paid.

    An answer is free text that no rule reads. But a seller who rejects the claim that a refund has not come says so.
    """
    return Party.SELLER in case.refused_at


def both(case: Case) -> tuple[Sufficiency, Sufficiency]:
    """The buyer's, then the seller's."""
    return sufficiency(case, Party.BUYER), sufficiency(case, Party.SELLER)


def lacking(case: Case) -> tuple[str, ...]:
    """What both sides lack, as an event and a decision hold it."""
    return tuple(f"{each.side}:{name}" for each in both(case) for name in each.names)


def winner(refund_minor: int) -> Party:
    """The buyer wins with any refund above 0, else the seller."""
    return Party.BUYER if refund_minor > 0 else Party.SELLER


def side_bytes(case: Case, lane: Party) -> int:
    """How much a side has handed in; the same file twice counts once."""
    sizes = {piece.file_digest: piece.size_bytes or 0 for piece in case.evidence if piece.lane is lane}
    return sum(sizes.values())


def can_be(kind: str, file_type: str | None) -> bool:
    """A fact, never a verdict: a text that is called a photo still counts until somebody rejects it."""
    return file_type is None or file_type in _SHOWN_AS.get(EvidenceKind(kind), frozenset(FileType))


def is_older_than_shipment(lane: str, kind: str, captured_at: datetime | None, shipped_at: datetime | None) -> bool:
    """A fact, never a verdict: a picture of received goods that was taken before they were sent."""
    is_of_goods = lane == Party.BUYER and kind in SHOWS_GOODS_RECEIVED
    return is_of_goods and captured_at is not None and shipped_at is not None and captured_at < shipped_at


def request(case: Case, lane: Party, kind: EvidenceKind, act: Act, recorded_at: datetime) -> Piece:
    """A piece that a side is asked for; the next of its kind in the lane takes its place."""
    piece = Piece(len(case.evidence) + 1, lane, kind, EvidenceState.REQUESTED, recorded_at, act.by)
    case.evidence.append(piece)
    return piece


def submit(case: Case, act: Act, recorded_at: datetime) -> Piece:
    """A piece is there: in place of a requested one of its kind, or as a new one, which may replace an older."""
    assert act.party is not None and act.evidence_kind is not None
    lane, kind = act.party, act.evidence_kind
    replaced = case.piece(act.evidence_number)
    if replaced is not None:
        replaced.state = EvidenceState.SUPERSEDED
    piece = next(
        (each for each in case.evidence if (each.lane, each.kind, each.state) == (lane, kind, EvidenceState.REQUESTED)),
        None,
    )
    if piece is None:
        piece = request(case, lane, kind, act, recorded_at)
    piece.state, piece.recorded_at, piece.recorded_by = EvidenceState.SUBMITTED, recorded_at, act.by
    piece.file_digest, piece.file_type, piece.size_bytes = act.file_digest or "", act.file_type, act.size_bytes
    piece.captured_at = act.captured_at
    return piece


def review(case: Case, act: Act) -> None:
    """What came of looking at a piece."""
    piece = case.piece(act.evidence_number)
    assert piece is not None and act.verdict is not None
    piece.state = act.verdict
