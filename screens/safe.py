"""The only place where a `str` becomes something to draw. Markup is never parsed, whatever the text holds.

Textual reads markup in most places that take a plain string: a bracket in a buyer's message crashes the screen, or
becomes a button that runs an action. Everything here has passed `models.text.visible`.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style as LineStyle
from rich.text import Text
from textual.content import Content
from textual.strip import Strip
from textual.style import Style

from models.text import visible

ELLIPSIS = "…"


def content(text: str, style: str | Style = "", *, multiline: bool = False) -> Content:
    """`text` for a widget, in one style: a component's or theme's words (`bold $text-error`) or a `Style`."""
    return Content.styled(visible(text, multiline=multiline), style)


def joined(*parts: str | tuple[str, str | Style] | Content) -> Content:
    """Parts one after the other on one line; a bare string is plain, a pair is text and style."""
    return Content("").join(
        part if isinstance(part, Content) else content(part) if isinstance(part, str) else content(*part)
        for part in parts
    )


def cell(text: str, style: str | LineStyle = "") -> Text:
    """One line for a `DataTable`, which knows rich's `Text` and reads markup in a string."""
    return Text(visible(text), style=style, no_wrap=True, overflow="ellipsis", end="")


def fitted(text: str, width: int, *, right: bool = False) -> str:
    """`text` on exactly `width` terminal cells: cut with an ellipsis, or padded; numbers stand `right`."""
    shown = visible(text)
    cells = len(shown) if shown.isascii() else cell_len(shown)
    if cells > width:
        return set_cell_size(shown, width - 1) + ELLIPSIS if width > 0 else ""
    padding = " " * (width - cells)
    return padding + shown if right else shown + padding


def line(text: str, width: int, style: LineStyle | None = None, *, right: bool = False) -> Segment:
    """A piece of a line-API widget's line, exactly `width` cells wide."""
    return Segment(fitted(text, width, right=right), style)


NO_STYLE = LineStyle.null()
Span = tuple[str, LineStyle]
"""A piece of a line: text from wherever, and its look."""


def strip(spans: Iterable[Span], width: int, base: LineStyle = NO_STYLE) -> Strip:
    """Pieces on one line of exactly `width` cells, cut with an ellipsis or filled with `base`; foreign text is safe."""
    segments: list[Segment] = []
    left = width
    for text, look in spans:
        shown = visible(text)
        style = look if base is NO_STYLE else base + look
        cells = len(shown) if shown.isascii() else cell_len(shown)
        if cells > left:
            segments.append(Segment(fitted(shown, left), style))
            left = 0
            break
        segments.append(Segment(shown, style))
        left -= cells
    if left > 0:
        segments.append(Segment(" " * left, base))
    return Strip(segments, width)


def wrapped(text: str, width: int) -> list[str]:
    """Foreign text as lines of at most `width` cells, broken between words where they fit; its own breaks stay."""
    lines: list[str] = []
    width = max(width, 2)  # one wide character must fit
    for paragraph in visible(text, multiline=True).split("\n"):
        line, used = "", 0
        for word in paragraph.split(" "):
            cells = cell_len(word)
            if line and used + 1 + cells > width:
                lines.append(line)
                line, used = "", 0
            elif line:
                line, used = line + " ", used + 1
            while cells > width:
                head = set_cell_size(word, width - used).rstrip(" ") if used < width else ""
                lines.append(line + head)
                word, line, used = word[len(head) :], "", 0
                cells = cell_len(word)
            line, used = line + word, used + cells
        lines.append(line)
    return lines


def typed(text: str, *, multiline: bool = False) -> str:
    """What goes into an input field from the clipboard or a draft: fields draw what they hold as it is."""
    return visible(text, multiline=multiline)
