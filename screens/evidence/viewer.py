"""Looking at evidence, a piece at a time: pictures as pictures, text and mail as text, of others what is known."""

from __future__ import annotations

import asyncio
import codecs
from collections.abc import Sequence
from functools import partial
from typing import ClassVar, cast

from rich.style import Style
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Size

from models.errors import DeskError
from models.operations import evidencing
from models.queries.case_parts import EvidenceView
from models.rules.evidence import PICTURES
from models.vocabulary import FileType
from screens import looks, words
from screens.case.page import Builder
from screens.evidence.graphic import graphic_of, pixel_room
from screens.evidence.picture import NotShown, half_blocks, pixels_of
from screens.evidence.picture_view import PictureView
from screens.evidence.protocol import Protocol
from screens.evidence.section import remarks_on
from screens.host import Host
from screens.line_view import LineView, TailedBar
from screens.safe import wrapped
from screens.shared.sheet import Sheet

TEXTS = frozenset({FileType.TXT, FileType.EML})
MOST_FACTS_LINES = 4
"""Of a title and what is remarkable; the case's page has all of it."""
MOST_TEXT_BYTES = 64 * 1024
"""What is shown of a text; nobody scrolls further."""
_MARKS = (b"\xff\xfe", b"\xfe\xff")
"""Of UTF-16."""


class EvidenceViewer(Sheet[int | None]):
    """Closed by escape or q; arrows and brackets go from piece to piece. Each look is written down.

    Returns the number of the piece that is to be judged, if one is.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "cancel", "Back"),
        Binding("E", "judge", "Judge"),
        Binding("left,left_square_bracket", "go(-1)", show=False),
        Binding("right,right_square_bracket", "go(1)", show=False),
    ]

    def __init__(self, dispute_id: int, pieces: Sequence[EvidenceView]) -> None:
        super().__init__()
        self._dispute_id = dispute_id
        self._pieces = list(pieces)
        self._at = len(self._pieces) - 1
        self._title = TailedBar(classes="line")
        self._facts = LineView(classes="lines")
        self._page = PictureView(lambda sequence: self.host.send_to_terminal(sequence))
        self._seen: bytes | None = None
        """The picture that is looked at, to be drawn again in another size."""
        self._drawn_for = Size()

    @property
    def host(self) -> Host:
        return cast(Host, self.app)

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet whole"):
            yield self._title
            yield self._facts
            yield self._page

    def on_mount(self) -> None:
        self._page.focus()
        self.call_after_refresh(self.look)  # a picture takes the room that there is

    @on(PictureView.Resized)
    def draw_in_new_size(self) -> None:
        if self._seen is not None and self._drawn_for not in (Size(), self._page.size):
            self.draw_again()

    def action_go(self, step: int) -> None:
        if 0 <= self._at + step < len(self._pieces):
            self._at += step
            self.look()

    def action_judge(self) -> None:
        self.dismiss(self._pieces[self._at].number)

    @work(exclusive=True, group="look")
    async def look(self) -> None:
        piece = self._pieces[self._at]
        self._seen, self._drawn_for = None, Size()
        self._tell(piece)
        self._show_text("a moment …", looks.DIM)
        change = partial(evidencing.look, self.host.actor, case=self._dispute_id, number=piece.number)
        try:
            found = await asyncio.shield(asyncio.wrap_future(self.host.gateway.write(change)))
        except DeskError as error:
            self._show_text(str(error), looks.SOON)
            return
        if found.file_type in PICTURES:
            self._seen = found.data
            await self._draw(found.data)
        elif found.file_type in TEXTS:
            self._show_text(text_of(found.data))
        else:
            self._show_text(self._not_shown(piece, found))

    def _tell(self, piece: EvidenceView) -> None:
        place = f"C{self._dispute_id} evidence {self._at + 1} of {len(self._pieces)}"
        what = f"  {piece.lane} #{piece.number} {words.plain(piece.kind)}, {piece.state}"
        self._title.set((place, looks.TITLE), (what, looks.BOLD))
        self._title.set_tail("[ ] others, E judges, esc back" if len(self._pieces) > 1 else "E judges, esc back")
        said = "; ".join(part for part in (piece.title, remarks_on(piece, self.host.zone)) if part)
        rows = wrapped(said, self._title.size.width)[:MOST_FACTS_LINES]
        self._facts.styles.height = len(rows)
        self._facts.show([[(row, looks.DIM)] for row in rows])

    @work(exclusive=True, group="look")
    async def draw_again(self) -> None:
        if self._seen is not None:
            await self._draw(self._seen)

    async def _draw(self, data: bytes) -> None:
        """As pixels where the terminal has a way of its own, else in half blocks."""
        room = self._drawn_for = self._page.size
        way = self.host.way_of_pictures()
        try:
            if way.protocol is not Protocol.BLOCKS:
                graphic = await graphic_of(await pixels_of(data, *pixel_room(*room, way)), way)
                if graphic is not None:
                    self._page.draw(graphic)
                    return
            pixels = await pixels_of(data, room.width, room.height * 2)
        except NotShown as error:
            self._show_text(str(error), looks.SOON)
        else:
            lines = half_blocks(pixels, has_colours=way.has_colours)
            self._show_lines(lambda width: lines)

    def _show_text(self, text: str, look: Style = looks.PLAIN) -> None:
        self._show_lines(lambda width: [[(line, look)] for line in wrapped(text, width)])

    def _show_lines(self, build: Builder) -> None:
        self._page.action_scroll_by(-1_000_000)
        self._page.put(build)

    def _not_shown(self, piece: EvidenceView, found: evidencing.Piece) -> str:
        command = f"disputes evidence C{self._dispute_id} {piece.number} > FILE"
        said = f"A {found.file_type} file of {len(found.data)} bytes is not shown here. Its bytes: {command}"
        return f"{said}\nSHA-256 {piece.sha256}, proved just now."


def text_of(data: bytes) -> str:
    """The text as it is, undecodable bytes as signs; a mail is not taken apart."""
    head = data[:MOST_TEXT_BYTES]
    if head[:2] in _MARKS:
        text = head.decode("utf-16", "replace")
    else:
        try:
            decoder = codecs.getincrementaldecoder("utf-8-sig")()
            text = decoder.decode(head, len(head) == len(data))  # a cut may stand within a letter
        except UnicodeDecodeError:
            text = head.decode("cp1252", "replace")
    return text if len(data) == len(head) else f"{text}\n… and {len(data) - len(head)} bytes more"
