"""Who had the ball: in words, and as a bar of letters from opening to outcome."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from itertools import accumulate, pairwise

from models.queries.case_parts import CaseFile, ClockView, LedgerView, ShareView, TurnView
from screens import looks, words
from screens.line_view import Line
from screens.safe import Span, wrapped

LETTERS = {"buyer": "b", "seller": "s", "platform": "u", "none": "-"}
"""Capital where the case was on hold."""
BAR_CELLS = 72


def ledger_of(file: CaseFile, width: int, zone: tzinfo) -> list[Line]:
    """Nothing of a case that was opened this instant."""
    ledger = file.ledger
    if ledger is None or not ledger.turns:
        return []
    until = f"until {words.instant(ledger.to_at, zone)}" if ledger.is_over else "so far"
    heading = f"  who had it since the opening, {until}: {words.span(ledger.seconds)}"
    lines: list[Line] = [[("Ball", looks.HEADING), (heading, looks.DIM)]]
    lines.append(_bar(ledger, min(width, BAR_CELLS)))
    lines += [_share(share, ledger) for share in ledger.shares]
    return [*lines, *_blame(file, width), []]


def out_of_reach_of(file: CaseFile, width: int) -> list[Line]:
    """Why the resolution's promise cannot be kept any more."""
    found = file.out_of_reach
    if found is None:
        return []
    late = words.span((found.free_at - found.due_at).total_seconds())
    told = "; the seller was told late" if found.is_told_late else ""
    said = f"resolution CAN NO LONGER BE KEPT: we may step in {late} after it is due{told}{_booked(file)}"
    return [[(row, looks.LATE)] for row in wrapped(said, width)]


def _bar(ledger: LedgerView, width: int) -> Line:
    """A letter for each share of the whole; a turn too short for one has none."""
    spans: list[Span] = []
    for turn, cells in zip(ledger.turns, _cells(ledger.turns, ledger.seconds, width), strict=True):
        letter = LETTERS[turn.ball]
        spans.append(((letter.upper() if turn.hold else letter) * cells, looks.BALLS[turn.ball]))
    return [span for span in spans if span[0]]


def _cells(turns: Sequence[TurnView], seconds: int, width: int) -> list[int]:
    """The cells of each turn; they add up to the width."""
    ends = accumulate((int((turn.to_at - turn.from_at).total_seconds()) for turn in turns), initial=0)
    places = [round(end * width / seconds) for end in ends]
    return [after - before for before, after in pairwise(places)]


def _share(share: ShareView, ledger: LedgerView) -> Line:
    percent = f"{share.seconds * 100 / ledger.seconds:.0f} %"
    held = f"  of it {words.span(share.held_seconds)} on hold: {', '.join(share.holds)}" if share.held_seconds else ""
    who = words.BALLS[share.ball]
    return [
        (f"{LETTERS[share.ball]} ", looks.BALLS[share.ball]),
        (f"{who:<8}", looks.PLAIN),
        (f"{words.span(share.seconds):>8} {percent:>6}", looks.BOLD),
        (held, looks.DIM),
    ]


def _blame(file: CaseFile, width: int) -> list[Line]:
    """To whom a broken resolution is booked."""
    broken = _resolution(file)
    if broken is None or file.out_of_reach is not None:
        return []
    late = "is late" if broken.stopped_at is None else "came too late"
    return [[(row, looks.LATE)] for row in wrapped(f"the resolution {late}{_booked(file)}", width)]


def _booked(file: CaseFile) -> str:
    clock = _resolution(file)
    if clock is None or clock.booked_to is None:
        return ""
    return f": booked to {'us' if clock.booked_to == 'platform' else f'the {clock.booked_to}'}"


def _resolution(file: CaseFile) -> ClockView | None:
    """The last promise of one that is booked to somebody."""
    return next((clock for clock in reversed(file.clocks) if clock.kind == "resolution" and clock.booked_to), None)
