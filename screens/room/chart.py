"""How many promises came due in each week and what share of them was broken: a picture, and the same in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import tzinfo

from models.queries.room import Week
from screens import looks
from screens.line_view import Line
from screens.safe import wrapped

HEIGHT = 9
LEAST_WIDTH = 40
NAME_EVERY = 3
"""Weeks from one date below the bars to the next."""
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
"""The plot ends its lines with one even where it has none."""


def chart_lines(weeks: Sequence[Week], width: int, zone: tzinfo) -> list[Line]:
    """Both charts one below the other. Nothing came due: one sentence."""
    title: Line = [(f"  {len(weeks)} weeks", looks.HEADING)]
    if not any(week.due for week in weeks):
        return [title, [("  No promise came due.", looks.DIM)]]
    days = [f"{week.begins_at.astimezone(zone):%d.%m}" for week in weeks]
    rates = [100 * week.broken / week.due if week.due else 0.0 for week in weeks]
    told = [[("  " + row, looks.PLAIN)] for row in wrapped(in_words(weeks), width - 2)]
    if width < LEAST_WIDTH:
        return [title, *told]
    return [
        title,
        *told,
        [("  % broken of what came due, by the week's first day", looks.DIM)],
        *_bars(days, rates, width),
        [("  promises that came due", looks.DIM)],
        *_bars(days, [float(week.due) for week in weeks], width),
    ]


def in_words(weeks: Sequence[Week]) -> str:
    """The picture for who does not see it."""
    due, broken = sum(week.due for week in weeks), sum(week.broken for week in weeks)
    last, before = weeks[-1], weeks[-2]
    trend = f"{_share(last)} in the last week, {_share(before)} in the one before"
    return f"{due:,} promises came due, {broken:,} were broken ({100 * broken / due:.1f} %): {trend}."


def _share(week: Week) -> str:
    return f"{100 * week.broken / week.due:.1f} %" if week.due else "none due"


def _bars(names: Sequence[str], values: Sequence[float], width: int) -> list[Line]:
    from textual_plotext.plot import Plot  # only a room that is looked at draws a chart

    plot = Plot()
    plot.theme("clear")
    plot.plot_size(width - 2, HEIGHT)
    places = [float(number) for number, _ in enumerate(names, 1)]
    plot.bar([*places], list(values), width=0.5, marker="sd")
    # All names at once overlap, and the library then leaves out some, now these and now those.
    plot.xticks(places[::NAME_EVERY], list(names[::NAME_EVERY]))
    top = max(*values, 1.0)
    plot.ylim(0, top)
    plot.yticks([0, top / 2, top], [f"{each:,.0f}" for each in (0, top / 2, top)])
    return [[("  " + row.rstrip(), looks.PLAIN)] for row in COLOUR.sub("", plot.build()).splitlines()]
