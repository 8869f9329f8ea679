"""A party's page as lines: what is counted, who doubted, what was done, and their cases. Facts, never a verdict."""

from __future__ import annotations

from datetime import datetime, tzinfo

from models.queries.flags import PartyFlag
from models.queries.parties import PartyPage
from models.queries.rows import CaseRow
from models.rules.party_record import Fact, Step, Taken
from models.vocabulary import Party
from screens import looks, words
from screens.line_view import Line
from screens.safe import Span, fitted, wrapped

Row = tuple[Line, int | None]
"""A line, and the number of the case that it stands for."""
COUNT_CELLS = 11
INDENT = "  "
WIDE = 110
"""From here on a case's line says more."""


def page_rows(page: PartyPage, width: int, now: datetime, zone: tzinfo) -> list[Row]:
    """Everything, for a width."""
    return [
        *_plain(_seller_lines(page, zone)),
        *_plain(facts_lines(page, width)),
        *_flags(page.flags, width, zone),
        *_plain(_steps(page.steps, width, now, zone)),
        *_cases(page, width, now, zone),
    ]


def _seller_lines(page: PartyPage, zone: tzinfo) -> list[Line]:
    """By what a seller's time to answer can differ."""
    lines: list[Line] = [[(f"{INDENT}Tier  ", looks.DIM), (page.tier, looks.PLAIN)]] if page.tier else []
    for each in page.holidays:
        span = f"{words.instant(each.from_at, zone)} to {words.instant(each.to_at, zone)}"
        off = "  called off" if each.is_called_off else ""
        lines.append([(f"{INDENT}Away  ", looks.DIM), (f"{span}{off}", looks.PLAIN)])
    return [*lines, []] if lines else []


def facts_lines(page: PartyPage, width: int) -> list[Line]:
    """Each fact once, with a column for each period; a count of all cases has no whole to stand against."""
    days = list(dict.fromkeys(fact.days for fact in page.facts))
    found = {(fact.name, fact.days): fact for fact in page.facts}
    room = max(20, width - len(INDENT) - COUNT_CELLS * len(days))
    where = ", ".join(part for part in (page.country, page.language) if part)
    head = fitted(f"{INDENT}Record" + (f"  {where}" if where else ""), room + len(INDENT))
    lines: list[Line] = [[(head, looks.HEADING), *((fitted(f"{n} days", COUNT_CELLS, right=True), looks.DIM)
                                                   for n in days)]]  # fmt: skip
    for name in dict.fromkeys(fact.name for fact in page.facts):
        each = [found[name, n] for n in days]
        counts = "".join(fitted(_count(fact), COUNT_CELLS, right=True) for fact in each)
        lines.append([(fitted(INDENT + each[0].label, room + len(INDENT)), looks.PLAIN), (counts, looks.PLAIN)])
    return [*lines, []]


def _count(fact: Fact) -> str:
    return str(fact.count) if fact.name == "opened" else f"{fact.count} of {fact.of}"


def _flags(flags: tuple[PartyFlag, ...], width: int, zone: tzinfo) -> list[Row]:
    if not flags:
        return []
    rows: list[Row] = [([(f"{INDENT}Flags", looks.HEADING)], None)]
    for flag in flags:
        by = f"{flag.raised_by} {words.instant(flag.raised_at, zone)}"
        review = f"{flag.review} by {flag.reviewed_by}" if flag.review else "WAITS for review"
        head: Line = [
            (f"{INDENT}{fitted(flag.case, 8)} ", looks.BOLD),
            (fitted(review, 26) + " ", looks.DIM if flag.review else looks.LATE),
            (by, looks.DIM),
        ]
        rows.append((head, flag.dispute_id))
        rows += _plain(_said(flag.note, width))
    return [*rows, ([], None)]


def _steps(steps: tuple[Step, ...], width: int, now: datetime, zone: tzinfo) -> list[Line]:
    if not steps:
        return []
    lines: list[Line] = [[(f"{INDENT}Notes, warnings, suspensions", looks.HEADING)]]
    for step in steps:
        lead = f"{INDENT}{words.instant(step.made_at, zone)}  {step.made_by}: "
        lines.append([(lead, looks.DIM), _step(step, now, zone)])
        lines += _said(step.note, width)
    return [*lines, []]


def _step(step: Step, now: datetime, zone: tzinfo) -> Span:
    if step.until is None:
        return str(step.kind), looks.BOLD if step.kind is Taken.WARNING else looks.PLAIN
    holds = now < step.until
    grave = " for grave forgery" if step.is_grave else ""
    word = "SUSPENDED" if holds else "suspended"
    return f"{word} until {words.instant(step.until, zone)}{grave}", looks.LATE if holds else looks.PLAIN


def _cases(page: PartyPage, width: int, now: datetime, zone: tzinfo) -> list[Row]:
    rows: list[Row] = [([(f"{INDENT}Cases", looks.HEADING), ("  newest first; enter opens one", looks.DIM)], None)]
    rows += [(_case(case, page.side, width, now, zone), case.id) for case in page.cases]
    if page.has_more_cases:
        more = f"{INDENT}and more: :all {page.side}:{page.ref}"
        rows.append(([(more, looks.DIM)], None))
    return rows


def _case(case: CaseRow, side: str, width: int, now: datetime, zone: tzinfo) -> Line:
    is_wide = width >= WIDE
    reason = words.plain(case.reason if is_wide else case.reason.partition("/")[2])
    line = [
        (f"{INDENT}{fitted(case.case, 7)} ", looks.BOLD),
        (fitted(words.STATES.get(case.state, case.state), 10), looks.PLAIN),
        (fitted(reason, 38 if is_wide else 20), looks.PLAIN),
        (fitted(words.amount(case.amount), 13, right=True) + "  ", looks.PLAIN),
        (fitted(f"{case.opened_at.astimezone(zone):%Y-%m-%d}", 11), looks.DIM),
    ]
    ending = words.plain(case.outcome) if case.outcome else words.due(case.next_due_at, now)
    if not is_wide:
        return [*line, (ending, looks.PLAIN)]
    other = case.seller_name or case.seller if side == Party.BUYER else case.buyer_name or case.buyer
    return [
        *line,
        (fitted(ending, 18), looks.PLAIN),
        (fitted(case.assignee or "nobody", 12), looks.DIM),
        (other, looks.PLAIN),
    ]


def _said(text: str, width: int) -> list[Line]:
    lead = INDENT * 2
    return [[(lead + row, looks.PLAIN)] for row in wrapped(text, width - len(lead))] if text else []


def _plain(lines: list[Line]) -> list[Row]:
    return [(line, None) for line in lines]
