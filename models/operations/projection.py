"""The rows that a case's events add up to, and writing what an act changed of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from models.errors import Conflict
from models.prepared import Slot, insert, prepared, update
from models.rules import duties, flags, talks
from models.rules.case import Case
from models.rules.clocks import Clock
from models.rules.pauses import Pause
from models.rules.policy import policy
from models.tables import (
    Agent,
    Appeal,
    Ask,
    Decision,
    Dispute,
    Evidence,
    Flag,
    Goodwill,
    Offer,
    Refund,
    Reminder,
    Timer,
    Watch,
)
from models.vocabulary import OPEN_STATES, ClockKind

Rows = dict[int, dict[str, Any]]
_NEVER_PAUSED = {"pauses": "[]", "paused_at": None, "paused_until": None}


def dispute_values(case: Case) -> dict[str, Any]:
    """The case's own row, apart from what its source gave once and for all."""
    seller, resolution = case.latest(ClockKind.SELLER_RESPONSE), case.latest(ClockKind.RESOLUTION)
    counting = [clock for clock in case.clocks if clock.end is None and not clock.is_held]
    upcoming = min(counting, key=lambda clock: clock.due_at, default=None)
    due = duties.first(case)
    line = policy(case.policy_version).high_value_minor(case.currency)
    return {
        "policy_version": case.policy_version,
        "state": case.state,
        "ball": case.ball,
        "is_open": case.state in OPEN_STATES,
        "reason": case.reason,
        "needs_triage": case.needs_triage,
        "lines": " ".join(map(str, case.lines)),
        "is_high_value": line is None or case.amount_minor >= line,
        "notified_at": case.notified_at,
        "responded_at": case.responded_at,
        "escalated_at": case.escalated_at,
        "decided_at": case.decided_at,
        "ended_at": case.ended_at,
        "closed_at": case.closed_at,
        "closed_as": case.closed_as,
        "outcome": case.outcome,
        "refund_minor": case.refund_minor if case.outcome else None,
        "confirmed_minor": case.confirmed_minor,
        "payer": case.payer,
        "is_ruled": case.is_ruled,
        "hold": case.hold,
        "is_flagged": flags.waits(case),
        "chasers": case.chasers,
        "seller_due_at": seller.due_at if seller else None,
        "seller_awaited_due_at": seller.due_at if seller and seller.is_running and not seller.is_held else None,
        "resolution_due_at": resolution.due_at if resolution else None,
        "next_clock": upcoming.kind if upcoming else None,
        "next_due_at": upcoming.due_at if upcoming else None,
        "may_escalate_at": talks.may_escalate_at(case),
        "auto_escalate_at": talks.auto_escalate_at(case),
        "offer_waits_until": talks.offer_waits_until(case),
        "moves_at": None if due is None else due.at,
    }


def timer_rows(case: Case) -> Rows:
    return {
        clock.number: {
            "kind": clock.kind,
            "started_at": clock.started_at,
            "due_at": clock.due_at,
            "is_given": clock.is_given,
            "entered_at": clock.entered_at,
            "stopped_at": clock.stopped_at,
            "ended_as": clock.end,
            **(_paused(clock) if clock.pauses else _NEVER_PAUSED),
        }
        for clock in case.clocks
    }


def lasting(clock: Clock) -> list[Pause]:
    """The pauses that a running clock stands in."""
    return clock.lasting if clock.is_running else []


def _until(clock: Clock) -> datetime | None:
    """When a pause ends by itself; none for a hold."""
    return None if clock.is_held else max((pause.until for pause in lasting(clock) if pause.until), default=None)


def _paused(clock: Clock) -> dict[str, Any]:
    return {
        "pauses": _pauses(clock),
        "paused_at": min((pause.started_at for pause in lasting(clock)), default=None),
        "paused_until": _until(clock),
    }


def _pauses(clock: Clock) -> str:
    """The spans as JSON: why, from, until, to; in seconds since 1970."""
    spans = [(each.why, each.started_at, each.until, each.ended_at) for each in clock.pauses]
    return json.dumps([[why, *(at and int(at.timestamp()) for at in moments)] for why, *moments in spans])


def ask_rows(case: Case) -> Rows:
    return {
        ask.number: {
            "party": ask.party,
            "asked_at": ask.asked_at,
            "due_at": ask.due_at,
            "ended_at": ask.ended_at,
            "ended_as": ask.ended_as,
        }
        for ask in case.questions
    }


def offer_rows(case: Case) -> Rows:
    return {
        offer.number: {
            "lane": offer.lane,
            "version": offer.version,
            "remedy": offer.remedy,
            "amount_minor": offer.amount_minor,
            "made_at": offer.made_at,
            "expires_at": offer.expires_at,
            "ended": offer.ended,
            "accepted_by": " ".join(offer.accepted_by),
        }
        for offer in case.offers
    }


def refund_rows(case: Case) -> Rows:
    return {
        refund.number: {
            "amount_minor": refund.amount_minor,
            "state": refund.state,
            "instructed_at": refund.instructed_at,
            "settled_at": refund.settled_at,
        }
        for refund in case.refunds
    }


def decision_rows(case: Case) -> Rows:
    return {
        ruling.number: {
            "outcome": ruling.outcome,
            "refund_minor": ruling.refund_minor,
            "payer": ruling.payer,
            "findings": " ".join(ruling.findings),
            "maker": ruling.maker,
            "approver": ruling.approver,
            "hash": ruling.hash,
            "standing": ruling.standing,
            "freight": ruling.freight,
            "lacking": None if ruling.lacking is None else " ".join(ruling.lacking),
            "proposed_at": ruling.proposed_at,
            "issued_at": ruling.issued_at,
            "result": ruling.result or "",
        }
        for ruling in case.rulings
    }


def appeal_rows(case: Case) -> Rows:
    return {
        appeal.number: {
            "party": appeal.party,
            "ground": appeal.ground,
            "filed_at": appeal.filed_at,
            "against": appeal.against,
            "result": appeal.result or "",
            "ruled_at": appeal.ruled_at,
        }
        for appeal in case.appeals
    }


def evidence_rows(case: Case) -> Rows:
    return {
        piece.number: {
            "lane": piece.lane,
            "kind": piece.kind,
            "state": piece.state,
            "file_type": piece.file_type,
            "size_bytes": piece.size_bytes,
            "captured_at": piece.captured_at,
            "recorded_at": piece.recorded_at,
            "recorded_by": piece.recorded_by,
        }
        for piece in case.evidence
    }


def watch_rows(case: Case) -> Rows:
    return {
        watch.number: {"login": watch.login, "since": watch.since, "stopped_at": watch.stopped_at}
        for watch in case.watches
    }


def reminder_rows(case: Case) -> Rows:
    return {
        each.number: {"login": each.login, "due_at": each.due_at, "done_at": each.done_at} for each in case.reminders
    }


def flag_rows(case: Case) -> Rows:
    return {
        flag.number: {
            "party": flag.party,
            "raised_by": flag.raised_by,
            "raised_at": flag.raised_at,
            "review": flag.review or "",
            "reviewed_by": flag.reviewed_by,
            "reviewed_at": flag.reviewed_at,
        }
        for flag in case.flags
    }


def goodwill_rows(case: Case) -> Rows:
    return {
        each.number: {
            "amount_minor": each.amount_minor,
            "state": each.state,
            "given_by": each.given_by,
            "given_at": each.given_at,
            "settled_at": each.settled_at,
        }
        for each in case.goodwill
    }


PARTS: tuple[tuple[Any, Callable[[Case], Rows]], ...] = (
    (Timer, timer_rows),
    (Offer, offer_rows),
    (Refund, refund_rows),
    (Decision, decision_rows),
    (Ask, ask_rows),
    (Appeal, appeal_rows),
    (Evidence, evidence_rows),
    (Watch, watch_rows),
    (Reminder, reminder_rows),
    (Flag, flag_rows),
    (Goodwill, goodwill_rows),
)


def parts(case: Case) -> dict[Any, Rows]:
    """Every row beside the case's own, by table and number."""
    return {table: rows(case) for table, rows in PARTS}


def begin(row: Dispute, case: Case) -> None:
    """The rows beside that of a case which was made just now."""
    for table, rows in parts(case).items():
        for number, values in rows.items():
            insert(table, {"dispute": row.id, "number": number, **values})


def save(row: Any, before: Case, after: Case) -> None:
    """Write what changed, and only if the row is still as it was read. Raises Conflict."""
    values = dispute_values(after)
    if after.assignee != before.assignee:
        values["assignee_id"] = _agent_id.first(after.assignee)[0] if after.assignee else None
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    changed["row_version"] = row.row_version + 1
    if update(Dispute, changed, id=row.id, row_version=row.row_version) != 1:
        raise Conflict("The case changed while this was being done; nothing was written. Look again.")
    earlier = parts(before)
    for table, rows in parts(after).items():
        for number, written in rows.items():
            stood = earlier[table].get(number)
            if stood is None:
                insert(table, {"dispute": row.id, "number": number, **written})
            elif stood != written:
                update(table, written, dispute=row.id, number=number)
        if gone := [number for number in earlier[table] if number not in rows]:  # a correction took it back
            table.delete().where((table.dispute == row.id) & table.number.in_(gone)).execute()


@prepared
def _agent_id(login: Slot) -> Any:
    return Agent.select(Agent.id).where(Agent.login == login)
