"""Whatever was drawn before, and whichever frames were left out, the terminal shows what is drawn now."""

from __future__ import annotations

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.segment import ControlType, Segment
from rich.style import Style
from textual._compositor import LayoutUpdate
from textual.geometry import Region, Size
from textual.strip import Strip

from console.painter import NARROW, Painter

SIZE = Size(30, 4)
PLAIN, REVERSE = Style.null(), Style(reverse=True)
LOOKS = [PLAIN, REVERSE, Style(bold=True, color="cyan"), Style(dim=True), Style(color="default", bgcolor="default")]
TEXTS = st.text(alphabet="ab   –汉é", max_size=12)


def drawn(x: int, y: int, *spans: tuple[str, Style]) -> LayoutUpdate:
    strip = Strip([Segment(text, style) for text, style in spans]).crop(0, SIZE.width - x)
    return LayoutUpdate([[strip]], Region(x, y, strip.cell_length, 1))


def blank(size: Size = SIZE) -> LayoutUpdate:
    return LayoutUpdate([[Strip([Segment(" " * size.width)])] for _ in range(size.height)], size.region)


pieces = st.tuples(st.integers(0, SIZE.width - 1), st.integers(0, SIZE.height - 1), TEXTS, st.sampled_from(LOOKS))


class Glass:
    """A terminal that does not wrap; one that is `broad` shows a dash on two cells, as many do in China and Japan."""

    def __init__(self, size: Size = SIZE, *, is_broad: bool = False) -> None:
        self.size = size
        self.screen = pyte.Screen(size.width, size.height)
        self.screen.reset_mode(7, private=True)
        self._stream = pyte.Stream(self.screen)
        self._is_broad = is_broad

    def take(self, frame: str) -> None:
        self._stream.feed(frame.replace("–", "宽") if self._is_broad else frame)

    @property
    def shown(self) -> list[list[tuple[object, ...]]]:
        rows = range(self.size.height)
        return [[tuple(self.screen.buffer[y][x]) for x in range(self.size.width)] for y in rows]


@given(st.lists(st.tuples(pieces, st.booleans()), max_size=12), st.booleans())
def test_frames_lead_to_the_same_picture_as_painting_it_whole(
    steps: list[tuple[tuple[int, int, str, Style], bool]], is_broad: bool
) -> None:
    kept, seen = Painter(ColorSystem.TRUECOLOR), Glass(is_broad=is_broad)
    anew, fresh = Painter(ColorSystem.TRUECOLOR), Glass(is_broad=is_broad)
    kept.take(blank(), SIZE)
    anew.take(blank(), SIZE)
    seen.take(kept.frame())
    for (x, y, text, style), is_painted in steps:
        for painter in (kept, anew):
            assert painter.take(drawn(x, y, (text, style)), SIZE)
        if is_painted:
            seen.take(kept.frame())
    seen.take(kept.frame())
    fresh.take(anew.frame())
    assert seen.shown == fresh.shown


spans = st.tuples(st.text(alphabet="ab12     –…汉é│👍", max_size=20), st.sampled_from(LOOKS))
lines = st.lists(spans, max_size=5)
sizes = st.builds(Size, st.integers(1, 24), st.integers(1, 4))
pictures = st.lists(lines, min_size=4, max_size=4)


def whole(picture: list[list[tuple[str, Style]]], size: Size) -> list[Strip]:
    """As widgets draw: lines as wide as the terminal."""
    strips = (Strip([Segment(text, look) for text, look in line]) for line in picture[: size.height])
    return [strip.adjust_cell_length(size.width, PLAIN) for strip in strips]


@given(st.lists(st.tuples(sizes, st.lists(st.tuples(pictures, st.booleans()), min_size=1, max_size=4)), max_size=4))
def test_pictures_follow_each_other_in_terminals_of_any_size(
    stretches: list[tuple[Size, list[tuple[list[list[tuple[str, Style]]], bool]]]],
) -> None:
    """Each is drawn whole, some lines of it are the very strips of the one before, and the terminal may be cleared."""
    kept = Painter(ColorSystem.TRUECOLOR)
    for size, drawings in stretches:
        seen = Glass(size)
        kept.take(blank(size), size)
        kept.forget()
        strips: list[Strip] = []
        for picture, is_cleared in drawings:
            drawn_now = whole(picture, size)
            strips = [new if new != old else old for new, old in zip(drawn_now, strips or drawn_now, strict=True)]
            if is_cleared:
                seen.screen.erase_in_display(2)
                kept.forget()
            assert kept.take(LayoutUpdate([[strip] for strip in strips], size.region), size)
            seen.take(kept.frame())
            anew, fresh = Painter(ColorSystem.TRUECOLOR), Glass(size)
            anew.take(LayoutUpdate([[strip] for strip in drawn_now], size.region), size)
            fresh.take(anew.frame())
            assert seen.shown == fresh.shown


def test_what_is_taken_for_one_cell_is_one() -> None:
    assert [sign for sign in map(chr, range(0x11000)) if NARROW.fullmatch(sign) and cell_len(sign) != 1] == []


def test_what_is_there_already_is_not_sent() -> None:
    painter = Painter(ColorSystem.TRUECOLOR)
    painter.take(blank(), SIZE)
    painter.frame()
    painter.take(drawn(0, 1, ("3 of 40", PLAIN)), SIZE)
    painter.frame()
    painter.take(drawn(0, 1, ("4 of 40", PLAIN)), SIZE)
    assert painter.frame() == "\x1b[2H4"
    painter.take(drawn(0, 1, ("4 of 40", PLAIN)), SIZE)
    assert painter.frame() == ""


def test_without_colours_a_line_takes_no_more_bytes_than_with_them() -> None:
    spans = [(">", "cyan"), (" C1 ", "default"), ("3d late", "red")]
    sizes = []
    for color in (lambda name: name, lambda name: "default"):
        painter = Painter(ColorSystem.STANDARD)
        painter.take(blank(), SIZE)
        painter.frame()
        painter.take(drawn(0, 0, *((text, Style(color=color(name), bgcolor="default")) for text, name in spans)), SIZE)
        sizes.append(len(painter.frame()))
    assert sizes[1] == len("\x1b[1H> C1 3d late") < sizes[0]


def test_a_terminal_of_which_nothing_is_known_is_sent_what_is_drawn_and_no_more() -> None:
    painter = Painter(ColorSystem.TRUECOLOR)
    painter.take(blank(), SIZE)
    painter.frame()
    painter.forget()
    painter.take(drawn(2, 3, ("ab", PLAIN)), SIZE)
    assert painter.frame() == "\x1b[4;3Hab"
    painter.take(blank(), SIZE)
    assert painter.frame().count("\x1b[K") == SIZE.height


def test_what_is_more_than_text_is_left_to_others() -> None:
    picture = Strip([Segment("\x1bPq\x1b\\", PLAIN, [(ControlType.CURSOR_FORWARD, 0)])], 0)
    assert not Painter(ColorSystem.TRUECOLOR).take(LayoutUpdate([[picture]], Region(0, 0, 1, 1)), SIZE)
