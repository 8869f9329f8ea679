"""Whatever was drawn before, and whichever frames were left out, the terminal shows what is drawn now."""

from __future__ import annotations

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import ControlType, Segment
from rich.style import Style
from textual._compositor import LayoutUpdate
from textual.geometry import Region, Size
from textual.strip import Strip

from console.painter import Painter

SIZE = Size(30, 4)
PLAIN, REVERSE = Style.null(), Style(reverse=True)
LOOKS = [PLAIN, REVERSE, Style(bold=True, color="cyan"), Style(dim=True), Style(color="default", bgcolor="default")]
TEXTS = st.text(alphabet="ab   –汉é", max_size=12)


def drawn(x: int, y: int, *spans: tuple[str, Style]) -> LayoutUpdate:
    strip = Strip([Segment(text, style) for text, style in spans]).crop(0, SIZE.width - x)
    return LayoutUpdate([[strip]], Region(x, y, strip.cell_length, 1))


def blank() -> LayoutUpdate:
    return LayoutUpdate([[Strip([Segment(" " * SIZE.width)])] for _ in range(SIZE.height)], SIZE.region)


pieces = st.tuples(st.integers(0, SIZE.width - 1), st.integers(0, SIZE.height - 1), TEXTS, st.sampled_from(LOOKS))


class Glass:
    """A terminal that does not wrap; one that is `broad` shows a dash on two cells, as many do in China and Japan."""

    def __init__(self, *, is_broad: bool = False) -> None:
        self.screen = pyte.Screen(SIZE.width, SIZE.height)
        self.screen.reset_mode(7, private=True)
        self._stream = pyte.Stream(self.screen)
        self._is_broad = is_broad

    def take(self, frame: str) -> None:
        self._stream.feed(frame.replace("–", "宽") if self._is_broad else frame)

    @property
    def shown(self) -> list[list[tuple[object, ...]]]:
        rows = range(SIZE.height)
        return [[tuple(self.screen.buffer[y][x]) for x in range(SIZE.width)] for y in rows]


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


def test_what_is_more_than_text_is_left_to_others() -> None:
    picture = Strip([Segment("\x1bPq\x1b\\", PLAIN, [(ControlType.CURSOR_FORWARD, 0)])], 0)
    assert not Painter(ColorSystem.TRUECOLOR).take(LayoutUpdate([[picture]], Region(0, 0, 1, 1)), SIZE)
