"""What the terminal shows, cell by cell: a frame sends what differs from that, and nothing else.

The framework sends a widget's whole line for one changed word, with a reset behind every piece of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.geometry import Size
from textual.strip import Strip

CHEAPER_THAN_A_JUMP = 4
"""Cells that are as they should be, and are written again because a jump over them takes as many bytes."""
NOT_ASCII = re.compile("[^\x00-\x7f]")
Run = tuple[int, int]
"""From a cell up to another."""


class Line:
    """The cells of a line, and the look of each by its codes. A wide character is followed by an empty cell."""

    __slots__ = ("cells", "looks")

    def __init__(self, cells: list[str], looks: list[str]) -> None:
        self.cells = cells
        self.looks = looks

    @property
    def firm(self) -> int:
        """How many cells lie before the first character whose width terminals may see otherwise than we."""
        found = NOT_ASCII.search("".join(self.cells))
        return found.start() if found else len(self.cells)

    def torn(self, first: int, last: int) -> Run:
        """From `first` to `last`, and what goes with it: half a wide character is none."""
        while first < last and first and not self.cells[first]:
            first -= 1
        while first < last < len(self.cells) and not self.cells[last]:
            last += 1
        return first, last

    @property
    def end(self) -> int:
        """Behind it is nothing but ground."""
        end = len(self.cells)
        while end and self.cells[end - 1] == " " and not self.looks[end - 1]:
            end -= 1
        return end


class Painter:
    """Takes what the compositor has drawn, and makes frames of it."""

    def __init__(self, colors: ColorSystem) -> None:
        self._colors = colors
        self._size = Size(0, 0)
        self._wanted: list[Line] = []
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
            self._wanted = [Line([" "] * width, [""] * width) for _ in range(size.height)]
            self._owed.clear()
            self.forget()
        for y, x, strip in pieces:
            self._put(y, x, strip)
        return True

    def frame(self) -> str:
        """The bytes that bring the terminal there; it shows that from now on."""
        sent: list[str] = []
        look = ""
        for y, run in sorted(self._owed.items()):
            wanted, shown = self._wanted[y], self._shown[y]
            look = _write(sent, y, wanted, _runs(wanted, shown) if shown else [run], look)
            if shown or run == (0, self._size.width):
                self._shown[y] = Line(wanted.cells.copy(), wanted.looks.copy())
        self._owed.clear()
        if look:
            sent.append("\x1b[m")
        return "".join(sent)

    def _put(self, y: int, x: int, strip: Strip) -> None:
        if not 0 <= y < self._size.height:
            return
        cells: list[str] = []
        looks: list[str] = []
        for text, style, _ in strip:
            made = list(text) if text.isascii() else _cells(text)
            cells += made
            looks += [_codes(style, self._colors) if style else ""] * len(made)
        line, end = self._wanted[y], min(self._size.width, x + len(cells))
        start, stop = line.torn(x, end)
        line.cells[start:stop] = [" "] * (x - start) + cells[: end - x] + [" "] * (stop - end)
        line.looks[x:end] = looks[: end - x]
        first, last = self._owed.get(y, (start, stop))
        self._owed[y] = min(first, start), max(last, stop)


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
    if wanted.cells == shown.cells and wanted.looks == shown.looks:
        return []
    pairs = zip(wanted.cells, shown.cells, wanted.looks, shown.looks, strict=True)
    differing = [x for x, (new, old, look, before) in enumerate(pairs) if new != old or look != before]
    firm = min(wanted.firm, shown.firm)
    if differing[-1] >= firm:
        differing = [x for x in differing if x < firm]
        differing += range(firm, len(wanted.cells))
    runs: list[Run] = []
    for x in differing:
        if runs and x - runs[-1][1] <= CHEAPER_THAN_A_JUMP:
            runs[-1] = runs[-1][0], x + 1
        else:
            runs.append((x, x + 1))
    return runs


def _write(sent: list[str], y: int, line: Line, runs: Iterable[Run], look: str) -> str:
    """Add the bytes for `runs` of `line`, written in `look`; the look that is left behind."""
    at = -1
    for first, last in runs:
        is_to_end = last == len(line.cells) and line.end < last - CHEAPER_THAN_A_JUMP
        stop = max(first, line.end) if is_to_end else last
        if at < 0:
            sent.append(f"\x1b[{y + 1};{first + 1}H" if first else f"\x1b[{y + 1}H")
        else:
            sent.append(f"\x1b[{first - at}C")
        for wanted, run in groupby(range(first, stop), line.looks.__getitem__):
            if wanted != look:
                sent.append(_change(look, wanted))
                look = wanted
            sent += [line.cells[x] for x in run]
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
