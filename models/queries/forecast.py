"""What will breach, by when, and who can still save it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, NamedTuple

from peewee import JOIN

from models.columns import Column, Kind, Money
from models.dataclass import dataclass
from models.queries import facts, ledgers
from models.queries.among import among
from models.queries.compile import condition
from models.queries.language import parse
from models.queries.policies import in_force
from models.queries.standpoint import Standpoint, standpoint
from models.queries.tree import Query
from models.rules.act import Verb
from models.rules.clocks import KINDS
from models.rules.rescue import Rescue, Standing, rescue
from models.rules.shift import desk_calendar, end_of_shift
from models.rules.talks import STATES
from models.tables import Agent, Ask, Dispute, Party, Timer
from models.vocabulary import ClockKind, State
from models.vocabulary import Party as Side

COMMANDS = {Verb.CANCEL_ASK: "ask --cancel", Verb.AUTO_ESCALATE: "sweep"}
"""What does it, where that is no command by the verb's name."""
HOURS = (4, 24, 48, 72)
SHIFT = "shift"
BATCH = 500

COLUMNS: tuple[Column, ...] = (
    Column("case"),
    Column("clock"),
    Column("due_at", Kind.INSTANT),
    Column("seconds_left", Kind.DURATION),
    Column("within"),
    Column("can_be_saved", Kind.FLAG),
    Column("saved_by"),
    Column("whom"),
    Column("action"),
    Column("booked_to"),
    Column("owner"),
    Column("state"),
    Column("assignee"),
    Column("seller"),
    Column("amount", Kind.MONEY),
    Column("currency"),
    Column("source"),
    Column("ref"),
)
"""Of each promise that runs, is not late and will be; each is an attribute of `Forecast`."""


@dataclass(frozen=True, slots=True)
class Horizon:
    name: str
    """shift, or so many hours."""
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    id: int
    """Of the case."""
    case: str
    source: str
    ref: str
    clock: str
    due_at: datetime
    seconds_left: int
    within: str
    """The name of the nearest horizon that it lies within."""
    owner: str | None
    """buyer, seller or platform; None: both parties."""
    state: str
    seller: str
    amount: Money
    currency: str
    assignee: str | None
    can_be_saved: bool
    """False where the platform may step in only after the promise is due, so that nobody but the parties could."""
    saved_by: str | None
    """buyer, seller or platform; None where only both parties together can, by agreeing."""
    whom: str | None
    """Of the platform a login or a role, of a party its ref."""
    action: str | None
    """The command that does it, or that brings the party to it."""
    booked_to: str | None
    """Of what cannot be saved: whose breach it will be."""

    def values(self) -> tuple[object, ...]:
        """In the order of `COLUMNS`."""
        return tuple(getattr(self, column.key) for column in COLUMNS)


def shift(now: datetime) -> Horizon | None:
    """The end of the shift that runs or comes next; None of a desk that never opens."""
    calendar = desk_calendar(in_force())
    closes = end_of_shift(calendar, now) if calendar else None
    return None if closes is None else Horizon(SHIFT, closes)


def horizons(now: datetime, last: Horizon | None = None) -> tuple[Horizon, ...]:
    """The end of the shift, and 4, 24, 48, 72 hours, the nearest first. With `last` up to it, and it at the end."""
    hours = [Horizon(f"{each}h", now + timedelta(hours=each)) for each in HOURS]
    last = last or hours[-1]
    closes = shift(now)
    nearer = [each for each in (*hours, *([closes] if closes else ())) if each.end < last.end]
    return (*sorted(nearer, key=lambda each: each.end), last)


def forecast(
    where: Query | str = "", *, until: Sequence[Horizon], actor_login: str = "", zone: tzinfo = UTC
) -> Iterator[Forecast]:
    """What breaches by the last of the horizons unless somebody acts, the nearest first.

    A clock that stands still is left out: nobody knows when it will be due. What is late already is no forecast. Four
    selects for each batch. Raises QueryFault at once.
    """
    point = standpoint(None, actor_login, zone)
    query = parse(where) if isinstance(where, str) else where
    found = condition(query, point)
    # All kinds are named, because the index of running clocks begins with them.
    coming = Timer.kind.in_(list(ClockKind)) & facts.runs(point) & ~facts.is_paused(point)
    coming &= (Timer.due_at >= point.second) & (Timer.due_at <= int(until[-1].end.timestamp()))
    select: Any = Timer.select(Timer.id).where(coming)
    if found is not None:
        select = select.join(Dispute).where(found)
    return _batches([row[0] for row in select.order_by(Timer.due_at, Timer.id).tuples()], until, point)


def _batches(ids: Sequence[int], until: Sequence[Horizon], point: Standpoint) -> Iterator[Forecast]:
    for start in range(0, len(ids), BATCH):
        yield from _read(ids[start : start + BATCH], until, point)


def _read(ids: Sequence[int], until: Sequence[Horizon], point: Standpoint) -> Iterator[Forecast]:
    buyer, seller = Party.alias(), Party.alias()
    rows: Any = (
        Timer.select(
            Timer.number, Timer.kind, Timer.started_at, Timer.due_at, Dispute.id, Dispute.source, Dispute.ref,
            Dispute.state, Dispute.notified_at, Dispute.may_escalate_at, Dispute.auto_escalate_at, seller.ref,
            buyer.ref, Dispute.amount_minor, Dispute.currency, Agent.login,
        )
        .join(Dispute)
        .join(seller, on=(Dispute.seller == seller.id))
        .switch(Dispute)
        .join(buyer, on=(Dispute.buyer == buyer.id))
        .switch(Dispute)
        .join(Agent, JOIN.LEFT_OUTER)
        .where(among(Timer.id, ids))
        .order_by(Timer.due_at, Timer.id)
        .tuples()
    )  # fmt: skip
    found = list(rows)
    asked = _asked([row[4] for row in found if row[1] == ClockKind.INFO])
    in_talks = [row[4] for row in found if row[1] == ClockKind.RESOLUTION and row[7] in STATES]
    booked = ledgers.booked_of(in_talks, point.at) if in_talks else {}
    for row in found:
        yield _row(row, asked, booked.get(row[4]), until, point)


def _asked(ids: Sequence[int]) -> dict[tuple[int, datetime], str]:
    """Whom the platform asked, by case and the instant when."""
    if not ids:
        return {}
    found: Any = Ask.select(Ask.dispute, Ask.asked_at, Ask.party).where(among(Ask.dispute, ids)).tuples()
    return {(dispute_id, asked_at): party for dispute_id, asked_at, party in found}


def _row(
    row: Sequence[Any],
    asked: dict[tuple[int, datetime], str],
    booked: ledgers.Booked | None,
    until: Sequence[Horizon],
    point: Standpoint,
) -> Forecast:
    (
        number, kind, started_at, due_at, dispute_id, source, ref, state, notified_at, may_escalate_at,
        auto_escalate_at, seller, buyer, amount_minor, currency, assignee,
    ) = row  # fmt: skip
    whom_asked = asked.get((dispute_id, started_at))
    is_lost = kind == ClockKind.RESOLUTION and booked is not None and booked.out_of_reach is not None
    saved = None if is_lost else rescue(
        Standing(
            kind=ClockKind(kind), due_at=due_at, state=State(state), assignee=assignee or "",
            asked=Side(whom_asked) if whom_asked else None, is_told=notified_at is not None,
            may_escalate_at=may_escalate_at, auto_escalate_at=auto_escalate_at,
        )
    )  # fmt: skip
    return Forecast(
        id=dispute_id, case=f"C{dispute_id}", source=source, ref=ref, clock=kind, due_at=due_at,
        seconds_left=int((due_at - point.at).total_seconds()), within=_within(due_at, until),
        owner=KINDS[ClockKind(kind)].owner or whom_asked, state=state, seller=seller,
        amount=Money(amount_minor, currency), currency=currency, assignee=assignee, can_be_saved=not is_lost,
        saved_by=saved.party if saved else None, whom=_whom(saved, seller, buyer),
        action=COMMANDS.get(saved.verb, saved.verb) if saved else None,
        booked_to=booked.blame.get(number) if is_lost and booked else None,
    )  # fmt: skip


def _whom(saved: Rescue | None, seller: str, buyer: str) -> str | None:
    if saved is None:
        return None
    return {Side.SELLER: seller, Side.BUYER: buyer}.get(saved.party, saved.whom)


def _within(due_at: datetime, until: Sequence[Horizon]) -> str:
    return next((each.name for each in until if due_at <= each.end), until[-1].name)


class Who(NamedTuple):
    """One number of a horizon."""

    is_lost: bool
    party: str
    """Who can save it, empty where only both parties together can; of what is lost, whom it is booked to."""
    whom: str
    """Of the platform, a login or a role."""


@dataclass(slots=True)
class Totals:
    """Of each horizon what lies within it, the nearer ones too; counted while the rows pass."""

    until: Sequence[Horizon]
    counts: dict[str, Counter[Who]] = field(default_factory=dict)
    """By the name of the nearest horizon."""

    def counted(self, rows: Iterable[Forecast]) -> Iterator[Forecast]:
        for row in rows:
            if row.can_be_saved:
                who = Who(False, row.saved_by or "", row.whom or "" if row.saved_by == Side.PLATFORM else "")
            else:
                who = Who(True, row.booked_to or "", "")
            self.counts.setdefault(row.within, Counter())[who] += 1
            yield row

    def by_end_of(self, horizon: Horizon) -> Counter[Who]:
        found: Counter[Who] = Counter()
        for each in self.until:
            if each.end <= horizon.end:
                found += self.counts.get(each.name, Counter())
        return found
