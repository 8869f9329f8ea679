"""Eligibility as passes and failures, live beside what is filled in, and whole before it is submitted."""

from __future__ import annotations

from datetime import tzinfo

from models.queries.eligibility import Judged
from models.rules.eligibility import INELIGIBLE, RULES
from models.rules.intake import LABELS, Intake
from screens import looks, words
from screens.intake.filled import amount_shown
from screens.line_view import Line
from screens.safe import wrapped

PANEL_LINES = len(RULES) + 1
LABEL = 14


def panel(judged: Judged | None, overrides: tuple[str, ...], zone: tzinfo) -> list[Line]:
    """A line for each rule: a word, a name, the sentence, and when it changes."""
    lines: list[Line] = [[("May it become a case?", looks.HEADING)]]
    if judged is None:
        return [*lines, [("not asked yet", looks.DIM)]]
    for verdict in judged.verdicts:
        is_set_aside = not verdict.passes and verdict.rule in overrides
        word, look = ("pass", looks.GOOD) if verdict.passes else ("FAIL", looks.LATE)
        if is_set_aside:
            word, look = "over", looks.SOON
        flips = f"  until {words.instant(verdict.flips_at, zone)}" if verdict.flips_at else ""
        label = INELIGIBLE[verdict.rule].label
        lines.append([(f"{word} ", look), (f"{label:<{LABEL}}", looks.PLAIN), (verdict.sentence, looks.DIM),
                      (flips, looks.DIM)])  # fmt: skip
    return lines


def review(intake: Intake, judged: Judged, width: int, zone: tzinfo) -> list[Line]:
    """Everything that would be submitted, and what the rules say to it."""
    facts = judged.facts
    lines: list[Line] = [
        _pair("order", facts.order),
        _pair("lines", ", ".join(map(str, intake.lines)) or "the whole order"),
        _pair("reason", words.plain(intake.reason)),
        _pair("asks for", f"{words.plain(intake.remedy)} of {amount_shown(facts.amount_minor, facts.currency)}"),
    ]
    for name, label in LABELS.items():
        rows = wrapped(str(getattr(intake, name)).strip(), width - LABEL)
        lines += [_pair("" if number else label.partition(" ")[0].lower(), row) for number, row in enumerate(rows)]
    pieces = [f"{words.plain(piece.kind)} {piece.title}" for piece in intake.shown]
    lines += [_pair("" if number else "shown", piece) for number, piece in enumerate(pieces)]
    if intake.overrides:
        lines.append(_pair("set aside", ", ".join(intake.overrides)))
        lines += [
            _pair("" if number else "because", row) for number, row in enumerate(wrapped(intake.note, width - LABEL))
        ]
    lines.append([])
    for line in panel(judged, intake.overrides, zone):
        lines += _broken(line, width)
    return lines


def _broken(line: Line, width: int) -> list[Line]:
    """A verdict whose sentence is longer than the line goes on below it."""
    if len(line) < 3:
        return [line]
    head, tail = list(line[:2]), "".join(text for text, _ in line[2:])
    used = sum(len(text) for text, _ in head)
    rows = wrapped(tail, width - used)
    return [[*head, (rows[0], looks.PLAIN)], *([(" " * used, looks.PLAIN), (row, looks.PLAIN)] for row in rows[1:])]


def _pair(label: str, text: str) -> Line:
    return [(f"{label:<{LABEL}}", looks.DIM), (text, looks.PLAIN)]
