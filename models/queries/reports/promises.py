"""Promises that were made: how each ended, whose it was, and how long it took."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from models.dataclass import dataclass
from models.queries import facts
from models.queries.among import among
from models.queries.reports.cases import BUYER, SELLER, instant, joined, rows_of
from models.queries.standpoint import Standpoint
from models.rules.clocks import KINDS, WINDOWS
from models.tables import Agent, Ask, Decision, Dispute, Timer
from models.vocabulary import ClockEnd, ClockKind

BREACHED, RUNNING = "breached", "running"
"""Standings of a promise that has not ended: past its due instant, or not."""
STANDINGS = (*ClockEnd, BREACHED, RUNNING)
BOTH = "both"

PROMISED = Timer.kind.not_in(sorted(WINDOWS))
"""A window is no promise: nobody is late by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One clock of one case, with what its case says."""

    id: int
    dispute_id: int
    source: str
    ref: str
    reason: str
    seller: str
    buyer: str
    agent: str | None
    """Who decided the case, else who has it; the second is known of the present only."""
    amount_minor: int
    currency: str
    decided_at: datetime | None
    clock: str
    owner: str
    """buyer, seller, platform, or both."""
    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None
    standing: str
    """One of `STANDINGS`."""
    number: int

    @property
    def seconds_taken(self) -> int | None:
        """From start to stop, pauses and all, of a promise that was met or missed."""
        if self.stopped_at is None or self.standing not in facts.JUDGED:
            return None
        return int((self.stopped_at - self.started_at).total_seconds())


def promises_among(ids: Sequence[int], point: Standpoint) -> Iterator[Promise]:
    """The timers of these numbers. Three selects."""
    rows = list(rows_of(_timers(ids)))
    agents = _deciders({row[1] for row in rows}, point)
    asked = _asked_parties({row[1] for row in rows if row[13] == ClockKind.INFO})
    for row in rows:
        yield _promise(row, agents, asked, point)


def _timers(ids: Sequence[int]) -> Any:
    columns = (
        Timer.id, Dispute.id, Dispute.source, Dispute.ref, Dispute.reason, SELLER.ref, BUYER.ref, Agent.login,
        Dispute.is_ruled, Dispute.amount_minor, Dispute.currency, Dispute.outcome, Dispute.decided_at, Timer.kind,
        Timer.started_at, Timer.due_at, Timer.stopped_at, Timer.ended_as, Timer.paused_at, Timer.paused_until,
        Timer.number,
    )  # fmt: skip
    return joined(Timer.select(*columns).join(Dispute)).where(among(Timer.id, ids))


def _deciders(ids: set[int], point: Standpoint) -> dict[int, str]:
    """Who made the ruling that stands, by case."""
    found: Any = (
        Decision.select(Decision.dispute, Decision.maker)
        .join(Dispute)
        .where(among(Decision.dispute, ids) & (Decision.standing == "issued") & Dispute.is_ruled)
        .order_by(Decision.dispute, Decision.number)
    )
    pairs: Any = rows_of(found)
    return dict(pairs)


def _asked_parties(ids: set[int]) -> dict[tuple[int, int], str]:
    """Whom the platform asked, by case and the second when."""
    if not ids:
        return {}
    found: Any = Ask.select(Ask.dispute, Ask.asked_at, Ask.party).where(among(Ask.dispute, ids))
    return {(dispute_id, asked_at): party for dispute_id, asked_at, party in rows_of(found)}


def _promise(
    row: Sequence[Any], deciders: dict[int, str], asked: dict[tuple[int, int], str], point: Standpoint
) -> Promise:
    (
        timer_id, dispute_id, source, ref, reason, seller, buyer, assignee, is_ruled, amount_minor, currency, outcome,
        decided_at, kind, started_at, due_at, stopped_at, ended_as, paused_at, paused_until, number,
    ) = row  # fmt: skip
    has_outcome = outcome is not None and (not point.is_given or decided_at <= point.second)
    if stopped_at is not None and point.is_given and stopped_at > point.second:
        stopped_at = ended_as = None
    is_held = paused_at is not None and paused_until is None
    late = due_at < point.second and not is_held
    agent = deciders.get(dispute_id) if is_ruled and has_outcome else None
    return Promise(
        id=timer_id, dispute_id=dispute_id, source=source, ref=ref, reason=reason, seller=seller, buyer=buyer,
        agent=agent or (None if point.is_given else assignee), amount_minor=amount_minor, currency=currency,
        decided_at=instant(decided_at) if has_outcome else None, clock=kind, started_at=_at(started_at),
        due_at=_at(due_at), owner=str(KINDS[kind].owner or asked.get((dispute_id, started_at), BOTH)),
        stopped_at=instant(stopped_at), number=number, standing=ended_as or (BREACHED if late else RUNNING),
    )  # fmt: skip


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
