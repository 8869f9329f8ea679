"""Pictures of a report: a bar for each group, drawn as SVG within the page, with its numbers in words beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from models.columns import Breakdown
from models.dataclass import dataclass

MOST_BARS = 12
"""The others are told in one line without a bar."""
WIDTH = 1000
"""Units of a bar that fills its place."""

Shown = Callable[[str], str]
"""Makes text harmless."""


@dataclass(frozen=True, slots=True)
class _Bar:
    label: str
    count: int
    parts: dict[str, int]
    is_drawn: bool = True


def chart(breakdown: Breakdown, shown: Shown) -> str:
    """Empty where there is nothing to draw."""
    bars = _bars(breakdown)
    if not bars:
        return ""
    most = max(bar.count for bar in bars if bar.is_drawn)
    legend = "".join(f"<li>{_key(number)}{shown(_named(part))}</li>" for number, part in enumerate(breakdown.parts))
    return (
        f"<figure><figcaption>By {shown(_named(breakdown.key))}</figcaption>"
        f"{legend and f'<ul class=legend>{legend}</ul>'}<table class=bars><tbody>"
        f"{''.join(_line(bar, most, shown) for bar in bars)}</tbody></table></figure>\n"
    )


def _bars(breakdown: Breakdown) -> list[_Bar]:
    """The largest groups, of days and months the last; then what is left."""
    places = {column.key: place for place, column in enumerate(breakdown.columns)}
    found = [
        _Bar(
            "(none)" if row[0] is None else str(row[0]),
            _whole(row[1]),
            {part: _whole(row[places[part]]) for part in breakdown.parts},
        )
        for row in breakdown.rows
    ]
    if breakdown.key in ("day", "month"):
        rest = found[:-MOST_BARS]
        return [*_together(rest, "earlier"), *found[-MOST_BARS:]]
    return [*found[:MOST_BARS], *_together(found[MOST_BARS:], "others")]


def _together(bars: Sequence[_Bar], word: str) -> list[_Bar]:
    if not bars:
        return []
    parts = {part: sum(bar.parts[part] for bar in bars) for part in bars[0].parts}
    return [_Bar(f"{len(bars):,} {word}", sum(bar.count for bar in bars), parts, is_drawn=False)]


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _line(bar: _Bar, most: int, shown: Shown) -> str:
    words = " · ".join(f"{_named(part)} {number:,}" for part, number in bar.parts.items() if number)
    drawn = _drawn(bar, most) if bar.is_drawn else ""
    return (
        f"<tr><th scope=row>{shown(bar.label)}</th><td>{bar.count:,}</td>"
        f"<td>{drawn}<small>{shown(words)}</small></td></tr>"
    )


def _drawn(bar: _Bar, most: int) -> str:
    pieces, at = [], 0.0
    for number, count in enumerate(bar.parts.values()):
        width = WIDTH * count / most if most else 0.0
        if width:
            pieces.append(f'<rect class="p{number}" x="{at:.1f}" width="{width:.1f}" height="10"/>')
        at += width
    left = WIDTH * bar.count / most - at if most else 0.0
    if left > 0:
        pieces.append(f'<rect class="rest" x="{at:.1f}" width="{left:.1f}" height="10"/>')
    return f'<svg viewBox="0 0 {WIDTH} 10" preserveAspectRatio="none" aria-hidden="true">{"".join(pieces)}</svg>'


def _key(number: int) -> str:
    """The colour of a part, beside its name."""
    return f'<svg viewBox="0 0 10 10" aria-hidden="true"><rect class="p{number}" width="10" height="10"/></svg>'


def _named(key: str) -> str:
    return key.removeprefix("is_").removeprefix("by_").replace("_", " ")
