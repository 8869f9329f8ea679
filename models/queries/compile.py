"""A query as a condition on `dispute`, seen from a standpoint."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from operator import and_, or_

from peewee import SQL, NodeList, fn

from models.database import is_sqlite
from models.queries import comparisons, facts, word_match, word_search
from models.queries.facts import Node
from models.queries.fault import QueryFault
from models.queries.standpoint import Standpoint
from models.queries.terms import IS_WORDS, NAMED, NARROW, Narrow
from models.queries.tree import All, Any, Compares, Has, Not, Query, Text
from models.queries.tree import Node as Part
from models.rules.clocks import WINDOWS
from models.tables import Agent, Dispute, Order, Party, Timer
from models.tables.dispute import IS_FLAGGED, IS_OPEN, NEEDS_TRIAGE, ON_HOLD, OWES_REFUND
from models.vocabulary import OPEN_STATES, REASONS, Ball, ClockKind, State
from models.vocabulary import Party as Side

PERSONAL = ("mine", "me", "watched", "reminder_due")
"""Words that mean whoever asks."""


def condition(query: Query, point: Standpoint, *, are_words_joined: bool = False, few: Node = None) -> Node:
    """The cases that `query` finds; None for every case.

    `are_words_joined`: the select is joined to the index of words, and its texts are met there. `few`: a select of the
    numbers of the cases among which they are looked for. Raises QueryFault where a term knows only the present and the
    standpoint is a given instant.
    """
    texts = word_search.searched(query)
    found = [_part(part, query, point) for part in query.conjuncts() if part not in texts]
    if texts and not are_words_joined:
        found.append(_words(texts, query, point, few_cases(query, point) if few is None else few))
    there = facts.exists(point)
    if there is not None:
        found.insert(0, there)
    return reduce(and_, found) if found else None


def few_cases(query: Query, point: Standpoint) -> Node:
    """A select of the numbers of the cases that can be found at all, where the query names some by an index."""
    named = [part for part in query.conjuncts() if isinstance(part, Has | Compares) and _is_listed(part)]
    found = [] if point.is_given else [_part(part, query, point) for part in named]
    return Dispute.select(Dispute.id).where(*found) if found else None


def are_rare(query: Query) -> bool:
    """The cases of `few_cases` are so few that they are better sorted than looked for in the order of a list."""
    named = [_narrow(part) for part in query.conjuncts() if isinstance(part, Has)]
    return any(each is not None and each.is_rare for each in named)


def without_words(query: Query, point: Standpoint) -> Node:
    """A select of the numbers of the cases that `query` finds whatever they say."""
    texts = word_search.searched(query)
    found = [_part(part, query, point) for part in query.conjuncts() if part not in texts]
    select = Dispute.select(Dispute.id)
    return select.where(*found) if found else select


def _is_listed(part: Has | Compares) -> bool:
    term = _narrow(part)
    return term is not None and term.is_listed


def _narrow(part: Has | Compares) -> Narrow | None:
    return NARROW.get(f"{part.name}:{part.value}") or NARROW.get(part.name)


def _part(part: Part, query: Query, point: Standpoint) -> Node:
    match part:
        case All(parts):
            return reduce(and_, (_part(each, query, point) for each in parts))
        case Any(parts):
            return reduce(or_, (_part(each, query, point) for each in parts))
        case Not(inner):
            return ~_part(inner, query, point)
        case Text():
            return _words([part], query, point)
        case Compares(name, sign, value):
            return comparisons.condition(name, sign, value, point)
        case Has(name, value):
            _check_present(part, query, point)
            return IS[value](point) if name == "is" else HAS[name](value, point)


def _check_present(part: Has, query: Query, point: Standpoint) -> None:
    if not point.is_given:
        if part.value in PERSONAL and part.name in ("is", "owner") and not point.login:
            raise QueryFault("Nobody is signed in, so nothing is theirs.", query.text, part.position)
        return
    term = IS_WORDS[part.value] if part.name == "is" else NAMED[part.name]
    is_kept = part.name != "state" or part.value in (State.RESOLVED, State.CLOSED)
    if term.needs_present or not is_kept:
        shown = term.name if part.name == "is" else f"{part.name}:{part.value}"
        hint = "; ask is:open, is:escalated or is:closed instead" if part.name == "state" else ""
        sentence = f"{shown} knows only the present and cannot be asked as of {point.at:%Y-%m-%dT%H:%M:%SZ}{hint}."
        raise QueryFault(sentence, query.text, part.position)


IS: dict[str, Callable[[Standpoint], Node]] = {
    "overdue": lambda point: comparisons.overdue_since(point, lambda due_at: due_at < point.second),
    "due_soon": lambda point: _while_timed(facts.has_timer(facts.is_soon(point)), point),
    "open": facts.is_open,
    "closed": facts.is_closed,
    "breached": lambda point: facts.has_timer(facts.is_broken(point)),
    "escalated": facts.is_escalated,
    "unassigned": lambda point: Dispute.assignee.is_null(),
    "mine": lambda point: _owner("me", point),
    "triage": lambda point: NEEDS_TRIAGE,
    "held": lambda point: ON_HOLD,
    "flagged": lambda point: IS_FLAGGED,
    "watched": lambda point: _watched(point),
    "reminder_due": lambda point: _reminded(point),
    "high_value": lambda point: Dispute.is_high_value,
    "refund_due": lambda point: Dispute.outcome.is_null(False) & OWES_REFUND & ~IS_OPEN,
}


def _watched(point: Standpoint) -> Node:
    from models.tables import Watch

    return Dispute.id.in_(Watch.select(Watch.dispute).where((Watch.login == point.login) & Watch.stopped_at.is_null()))


def _reminded(point: Standpoint) -> Node:
    from models.tables import Reminder

    theirs = (Reminder.login == point.login) & Reminder.done_at.is_null() & (Reminder.due_at <= point.second)
    return Dispute.id.in_(Reminder.select(Reminder.dispute).where(theirs))


def _while_timed(found: Node, point: Standpoint) -> Node:
    """The case has a next due instant; saying so lets its index serve."""
    return found if point.is_given else Dispute.next_due_at.is_null(False) & found


def _state(value: str, point: Standpoint) -> Node:
    if value == State.RESOLVED:
        return facts.is_resolved(point)
    if value == State.CLOSED:
        return facts.is_closed(point)
    found = Dispute.state == value
    return IS_OPEN & found if State(value) in OPEN_STATES else found


def _reason(value: str, point: Standpoint) -> Node:
    if value in REASONS:
        return Dispute.reason.in_([f"{value}/{sub}" for sub in REASONS[value]])
    return Dispute.reason == value


def _outcome(value: str, point: Standpoint) -> Node:
    return facts.has_outcome(point) & (Dispute.outcome == value)


def _clock(value: str, point: Standpoint) -> Node:
    if value in WINDOWS:
        which = (Timer.kind == value) & facts.is_within(point)
        # Of the present few are left: a list that the index of due instants gives.
        return facts.has_timer(which) if point.is_given else Dispute.id.in_(Timer.select(Timer.dispute).where(which))
    return facts.has_clock(value, facts.runs(point), point)


def _overdue(value: str, point: Standpoint) -> Node:
    if value == ClockKind.SELLER_RESPONSE and not point.is_given:
        due_at = Dispute.seller_awaited_due_at
        return due_at.is_null(False) & (due_at < point.second)
    return _while_timed(facts.has_clock(value, facts.is_late(point), point), point)


def _owner(value: str, point: Standpoint) -> Node:
    if value.lower() == "none":
        return Dispute.assignee.is_null()
    login = point.login if value.lower() == "me" else value
    agents = Agent.select(Agent.id).where(word_match.is_whole(Agent.login, login))
    return Dispute.assignee.is_null(False) & Dispute.assignee.in_(agents)


def _order(value: str, point: Standpoint) -> Node:
    return Dispute.order.in_(Order.select(Order.id).where(word_match.is_whole(Order.ref, value)))


def _ball(value: str, point: Standpoint) -> Node:
    has_it = Dispute.ball == value
    return has_it if value == Ball.NONE else IS_OPEN & has_it


def _party(side: Side, value: str) -> Node:
    found = word_match.is_whole(Party.ref, value) | word_match.contains_folded(Party.name_folded, value)
    column: Node = Party.side
    if side is Side.BUYER and is_sqlite():
        column = NodeList((SQL("+"), column), glue="")  # nearly all are buyers: by the index it takes ten times as long
    return Party.select(Party.id).where((column == side) & found)


HAS: dict[str, Callable[[str, Standpoint], Node]] = {
    "state": _state,
    "reason": _reason,
    "ball": _ball,
    "outcome": _outcome,
    "clock": _clock,
    "overdue": _overdue,
    "ref": lambda value, point: word_match.is_whole(Dispute.ref, value),
    "order": _order,
    "source": lambda value, point: word_match.is_whole(Dispute.source, value),
    "owner": _owner,
    "seller": lambda value, point: Dispute.seller.in_(_party(Side.SELLER, value)),
    "buyer": lambda value, point: Dispute.buyer.in_(_party(Side.BUYER, value)),
}


def _words(texts: Sequence[Text], query: Query, point: Standpoint, few: Node = None) -> Node:
    """The case's own words: claim, messages and notes, titles, names. Of the past, those that were there by then."""
    found = word_search.contains(texts, query, few)
    return reduce(and_, (_was_there(each.text, point) for each in texts), found) if point.is_given else found


def _was_there(text: str, point: Standpoint) -> Node:
    """Asked of the few cases that contain the words today."""
    from models.tables import Claim, Decision, Evidence, Line, Message

    named = (Party.id == Dispute.seller) | (Party.id == Dispute.buyer)
    return reduce(
        or_,
        (
            _exists(Party, named & word_match.contains_folded(Party.name_folded, text)),
            _exists(Line, (Line.order == Dispute.order) & word_match.contains(Line.title, text)),
            _exists(Claim, _written(Claim, Claim.text, Claim.made_at, text, point)),
            _exists(Claim, _written(Claim, Claim.translation, Claim.made_at, text, point)),
            _exists(Message, _written(Message, Message.text, Message.occurred_at, text, point)),
            _exists(Message, _written(Message, Message.translation, Message.occurred_at, text, point)),
            _exists(Decision, _written(Decision, Decision.note, Decision.proposed_at, text, point)),
            _exists(Evidence, _written(Evidence, Evidence.title, Evidence.recorded_at, text, point)),
            _exists(Evidence, _written(Evidence, Evidence.note, Evidence.recorded_at, text, point)),
        ),
    )


def _written(table: Node, column: Node, written_at: Node, text: str, point: Standpoint) -> Node:
    return (table.dispute == Dispute.id) & (written_at <= point.second) & word_match.contains(column, text)


def _exists(table: Node, where: Node) -> Node:
    return fn.EXISTS(table.select(SQL("1")).where(where))
