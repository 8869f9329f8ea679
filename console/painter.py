"""What the terminal shows, cell by cell: a frame sends what differs from that, and nothing else.

The framework sends a widget's whole line for one changed word, with a reset behind every piece of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import compress, count, groupby
from operator import ne

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.geometry import Size
from textual.strip import Strip

CHEAPER_THAN_A_JUMP = 4
"""Cells that are as they should be, and are written again because a jump over them takes as many bytes."""
NOT_ASCII = re.compile("[^\x00-\x7f]")
NARROW = re.compile(
    "[ -~\u00a1-\u00ac\u00ae-\u02ff\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ff\u0400-\u0481\u048a-\u052f"
    "\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u21ff\u2400-\u2426\u2500-\u25fc]*"
)
"""Characters of one cell each, which nothing joins: not all of them, but most of what is drawn."""
Cells = str | list[str]
"""A character each, which is a string; a list where one is wide and followed by an empty one, or made of several."""
Run = tuple[int, int]
"""From a cell up to another."""


class Line:
    """The cells of a line, and the look of each by its codes. It never changes: another one takes its place."""

    __slots__ = ("cells", "looks")

    def __init__(self, cells: Cells, looks: list[str]) -> None:
        self.cells = cells
        self.looks = looks

    @property
    def firm(self) -> int:
        """How many cells lie before the first character whose width terminals may see otherwise than we."""
        found = NOT_ASCII.search(self.cells if isinstance(self.cells, str) else "".join(self.cells))
        return found.start() if found else len(self.cells)

    @property
    def end(self) -> int:
        """Behind it is nothing but ground."""
        cells = len(self.cells)
        text = next(compress(range(cells, 0, -1), map(" ".__ne__, reversed(self.cells))), 0)
        return max(text, next(compress(range(cells, 0, -1), reversed(self.looks)), 0))

    def torn(self, first: int, last: int) -> Run:
        """From `first` to `last`, and what goes with it: half a wide character is none."""
        while first < last and first and not self.cells[first]:
            first -= 1
        while first < last < len(self.cells) and not self.cells[last]:
            last += 1
        return first, last


class Painter:
    """Takes what the compositor has drawn, and makes frames of it."""

    def __init__(self, colors: ColorSystem) -> None:
        self._colors = colors
        self._size = Size(0, 0)
        self._wanted: list[Line] = []
        self._drawn: list[Strip | None] = []
        """By line, what the wanted one was made of: the same strip once more is the same line. None for pieces."""
        self._shown: list[Line | None] = []
        """None where it is not known what the terminal shows: then nothing is left out."""
        self._owed: dict[int, Run] = {}
        """By line, what was drawn since the last frame."""

    def forget(self) -> None:
        """The terminal shows something else than what was sent: it was resized, or somebody else has written."""
        self._shown = [None] * self._size.height

    def take(self, update: CompositorUpdate, size: Size) -> bool:
        """Remember what is drawn on a terminal of `size` from now on; False where it is more than text."""
        pieces = list(_pieces(update))
        if any(segment.control for _, _, strip in pieces for segment in strip):
            return False
        if size != self._size:
            self._size, width = size, size.width
            self._wanted = [Line(" " * width, [""] * width)] * size.height
            self._drawn = [None] * size.height
            self._owed.clear()
            self.forget()
        for y, x, strip in pieces:
            if 0 <= y < size.height and x < size.width:
                self._put(y, x, strip)
        return True

    def frame(self) -> str:
        """The bytes that bring the terminal there; it shows that from now on."""
        sent: list[str] = []
        look = ""
        for y, run in sorted(self._owed.items()):
            wanted, shown = self._wanted[y], self._shown[y]
            if wanted is not shown:
                look = _write(sent, y, wanted, _runs(wanted, shown) if shown else [run], look)
            if shown or run == (0, self._size.width):
                self._shown[y] = wanted
        self._owed.clear()
        if look:
            sent.append("\x1b[m")
        return "".join(sent)

    def _put(self, y: int, x: int, strip: Strip) -> None:
        width, before = self._size.width, self._wanted[y]
        if strip is self._drawn[y] and x == 0:
            self._owed[y] = 0, width
            return
        made = _line(strip, self._colors)
        is_whole = x == 0 and len(made.cells) >= width
        if is_whole:
            start, stop = 0, width
            line = Line(made.cells[:width], made.looks[:width])
        else:
            end = min(width, x + len(made.cells))
            start, stop = before.torn(x, end)
            middle = _joined([" " * (x - start), made.cells[: end - x], " " * (stop - end)])
            cells = _joined([before.cells[:start], middle, before.cells[stop:]])
            line = Line(cells, [*before.looks[:x], *made.looks[: end - x], *before.looks[end:]])
        self._wanted[y], self._drawn[y] = line, strip if is_whole else None
        first, last = self._owed.get(y, (start, stop))
        self._owed[y] = min(first, start), max(last, stop)


def _line(strip: Strip, colors: ColorSystem) -> Line:
    parts: list[Cells] = []
    looks: list[str] = []
    for text, style, _ in strip:
        cells = text if text.isascii() or NARROW.fullmatch(text) else _cells(text)
        parts.append(cells)
        looks += [_codes(style, colors) if style else ""] * len(cells)
    return Line(_joined(parts), looks)


def _joined(parts: Sequence[Cells]) -> Cells:
    if all(isinstance(part, str) for part in parts):
        return "".join(part for part in parts if isinstance(part, str))
    return [cell for part in parts for cell in part]


def _pieces(update: CompositorUpdate) -> Iterator[tuple[int, int, Strip]]:
    """Line, first cell, and what is drawn from there on."""
    if isinstance(update, LayoutUpdate):
        for y, strips in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in strips:
                yield y, x, strip
                x += strip.cell_length
    elif isinstance(update, ChopsUpdate):
        for y, first, last in update.spans:
            for end, (x, piece) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
                if piece is not None and x <= last and end > first:
                    yield y, x, piece if end <= last else piece.crop(0, last - x)


def _runs(wanted: Line, shown: Line) -> list[Run]:
    """The cells to write: those that differ, and where widths are in doubt the rest of the line in one go."""
    differing = _differing(wanted, shown)
    if not differing:
        return []
    firm = min(wanted.firm, shown.firm)
    is_doubtful = differing[-1] >= firm
    if is_doubtful:
        differing = [*(x for x in differing if x < firm), firm]
    runs: list[Run] = []
    begun = last = differing[0]
    for x in differing:
        if x - last - 1 > CHEAPER_THAN_A_JUMP:
            runs.append((begun, last + 1))
            begun = x
        last = x
    runs.append((begun, len(wanted.cells) if is_doubtful else last + 1))
    return runs


def _differing(wanted: Line, shown: Line) -> list[int]:
    cells = compress(count(), map(ne, wanted.cells, shown.cells))
    if wanted.looks == shown.looks:
        return list(cells)
    return sorted({*cells, *compress(count(), map(ne, wanted.looks, shown.looks))})


def _write(sent: list[str], y: int, line: Line, runs: Iterable[Run], look: str) -> str:
    """Add the bytes for `runs` of `line`, written in `look`; the look that is left behind."""
    at = -1
    for first, last in runs:
        end = line.end if last == len(line.cells) else last
        is_to_end = end < last - CHEAPER_THAN_A_JUMP
        stop = max(first, end) if is_to_end else last
        if at < 0:
            sent.append(f"\x1b[{y + 1};{first + 1}H" if first else f"\x1b[{y + 1}H")
        else:
            sent.append(f"\x1b[{first - at}C")
        at = first
        for wanted, run in groupby(line.looks[first:stop]):
            if wanted != look:
                sent.append(_change(look, wanted))
                look = wanted
            begun, at = at, at + len(list(run))
            sent.append("".join(line.cells[begun:at]))
        if is_to_end:
            sent.append(f"{_change(look, '') if look else ''}\x1b[K")
            look = ""
        at = last
    return look


def _change(before: str, after: str) -> str:
    if not after:
        return "\x1b[m"
    return f"\x1b[0;{after}m" if before else f"\x1b[{after}m"


@lru_cache(1024)
def _codes(style: Style, colors: ColorSystem) -> str:
    """Of a look that begins from the ground, so the ground's own colours need not be named."""
    codes = Strip.render_ansi(style, colors).split(";")
    if style.bgcolor is not None and style.bgcolor.is_default:
        codes.pop()
    if style.color is not None and style.color.is_default:
        codes.remove("39")  # whatever stands before it is no colour
    return ";".join(codes)


def _cells(text: str) -> list[str]:
    widths = [cell_len(each) for each in text]
    width = cell_len(text)
    if sum(widths) != width or 0 in widths:  # marks that join what stands around them: they are never torn apart
        return [text, *[""] * (width - 1)] if width else []
    return [part for each, cells in zip(text, widths, strict=True) for part in ([each] if cells == 1 else [each, ""])]
