"""A policy as lines: its versions, what one says otherwise, and the one in force in short."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from models.queries.policies import PolicyPage, Version
from models.rules.clocks import KINDS
from models.rules.policy import Policy
from models.rules.policy_diff import Difference
from models.rules.policy_reader import span
from models.vocabulary import ClockKind
from screens import looks, words
from screens.line_view import Line
from screens.safe import fitted, wrapped

Row = tuple[Line, int | None]
"""A line, and the version that it stands for."""
INDENT = "  "
LABEL_CELLS = 20
VALUE_CELLS = 24


def page_rows(page: PolicyPage, width: int, zone: tzinfo) -> list[Row]:
    """The versions, then the one that is read: what it says otherwise, and its text."""
    rows: list[Row] = [([(f"{INDENT}Versions", looks.HEADING)], None)]
    for each in page.versions:
        rows += _version(each, width, zone)
    if page.shown is not None:
        rows += [(line, None) for line in _shown(page, page.shown, width)]
    return rows


def _version(each: Version, width: int, zone: tzinfo) -> list[Row]:
    made = f"by {each.made_by} {words.instant(each.made_at, zone)}" if each.made_at else "came with the program"
    sign = "in force" if each.is_active else ""
    head = f"{INDENT}{each.version:>4}  {sign:<8}  {each.open_cases:>7,} open  {made}"
    rows: list[Row] = [([(fitted(head, width), looks.BOLD if each.is_active else looks.PLAIN)], each.version)]
    if each.note:
        by = f"activated by {each.activated_by} {words.instant(each.activated_at, zone)}: {each.note}"
        rows += [([(f"{INDENT * 4}{row}", looks.DIM)], None) for row in wrapped(by, width - 4 * len(INDENT))]
    return rows


def _shown(page: PolicyPage, version: int, width: int) -> list[Line]:
    active = next(each.version for each in page.versions if each.is_active)
    lines: list[Line] = []
    if version != active:
        title = f"{INDENT}What policy {version} says otherwise than policy {active}"
        lines += [[], [(title, looks.HEADING)], *_differences(page.differences, width)]
    lines += [[], [(f"{INDENT}Policy {version}, as it was written", looks.HEADING)]]
    for written in page.text.splitlines():
        lines += [[(f"{INDENT}{row}", looks.PLAIN)] for row in wrapped(written, width - len(INDENT)) or [""]]
    return lines


def _differences(found: Sequence[Difference], width: int) -> list[Line]:
    if not found:
        return [[(f"{INDENT}Nothing.", looks.DIM)]]
    lines: list[Line] = []
    for each in found:
        lines.append([(f"{INDENT}{each.key}", looks.KEY)])
        for sign, said, look in (("-", each.before, looks.DIM), ("+", each.after, looks.PLAIN)):
            for number, row in enumerate(wrapped(said, width - 6) if said is not None else ()):
                lines.append([(f"{INDENT * 2}{sign if not number else ' '} {row}", look)])
    return lines


def in_short(rules: Policy, width: int) -> list[Line]:
    """What agents ask for: how long everything may take, and from which amount a second person signs."""
    lines: list[Line] = [[(f"Policy {rules.version}, in force for new cases", looks.HEADING)]]
    for kind in ClockKind:
        time = span(rules.clocks[kind])
        hours = f" open hours of {rules.calendar_of[kind]}" if kind in rules.calendar_of else ""
        lines.append(_pair(KINDS[kind].label, f"{time}{hours}", f"from: {KINDS[kind].starts}", width))
    for name, length in (*rules.windows.by_reason.items(), *rules.windows.by_tier.items()):
        lines.append(_pair("seller's answer", span(length), f"for {name}", width))
    for name, length, what in (
        ("a later answer", rules.seller_response_again, "of the seller"),
        ("escalation", rules.may_escalate_after, "after the seller was told, and when their time is up"),
        ("by itself", rules.auto_escalate_after, "after the seller was told, where they stay silent"),
        ("an offer", rules.offer_lives, "can be accepted"),
        ("unsigned decision", rules.approval_expires, "then it goes back"),
    ):
        lines.append(_pair(name, span(length), what, width))
    amounts = ", ".join(f"{line} {currency}" for currency, line in rules.high_value.items())
    rows = wrapped(f"A second person signs at or above {amounts}; in other currencies always.", width - len(INDENT))
    return [*lines, *([(f"{INDENT}{row}", looks.PLAIN)] for row in rows)]


def _pair(name: str, value: str, what: str, width: int) -> Line:
    room = max(0, width - len(INDENT) - LABEL_CELLS - VALUE_CELLS)
    return [
        (f"{INDENT}{fitted(name, LABEL_CELLS - 1)} ", looks.PLAIN),
        (f"{fitted(value, VALUE_CELLS - 1)} ", looks.BOLD),
        (fitted(what, room), looks.DIM),
    ]
