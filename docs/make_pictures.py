"""Draws `pictures/` from the real screens on the demonstration: `python docs/make_pictures.py`.

The instant and the person are fixed, so a picture changes only when the screens or the demonstration's cases do.
"""

from __future__ import annotations

import asyncio
import io
import re
import sys
from datetime import UTC, datetime
from html import escape, unescape
from pathlib import Path
from tempfile import TemporaryDirectory

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.cells import cell_len
from rich.console import Console
from textual.pilot import Pilot

PICTURES = Path(__file__).parent / "pictures"
sys.path.insert(0, str(PICTURES.parents[1]))

from console.desk import Desk  # noqa: E402
from models import clock  # noqa: E402
from models.database import close_store  # noqa: E402
from seed.demo.build import build  # noqa: E402

NOW = datetime(2026, 3, 20, 10, 30, tzinfo=UTC)
SIZE = (108, 30)
FONTS = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"
SECONDS_FOR_THE_STORE = 1.0
CELL = 12.2
"""Rich's, in the picture's units."""
PIECE = re.compile(r'(<text class="[a-z]+-r\d+" )x="([\d.]+)"( y="[\d.]+" )textLength="[\d.]+"([^>]*>)([^<]*)</text>')


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, clock.stands_at(NOW):
        url = f"sqlite:///{folder}/demo.db"
        actor = build(url, cases=300, now=NOW, login="maya")
        close_store()
        asyncio.run(_walk(Desk(url, actor)))


async def _walk(desk: Desk) -> None:
    async with desk.run_test(size=SIZE) as pilot:
        await _press(pilot)
        _draw(desk, "queue", "Dispute Console: overdue sellers")
        await _press(pilot, "0")
        _draw(desk, "room", "Dispute Console: the supervisor's room")
        await _press(pilot, "q")
        await _press(pilot, "enter", "c")
        _draw(desk, "case", "Dispute Console: a case")
        await _press(pilot, "e", "tab", "tab", *"No answer for sixteen days.", "ctrl+s")
        await _press(pilot, "d")
        await _press(pilot, "f", "tab", "tab", "tab", "tab", "s", "space")
        _draw(desk, "decision", "Dispute Console: a decision")


async def _press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause(SECONDS_FOR_THE_STORE)


def _draw(desk: Desk, name: str, title: str) -> None:
    """As Textual draws its own, with the reader's fonts instead of ones from a server."""
    paper = Console(width=SIZE[0], height=SIZE[1], file=io.StringIO(), force_terminal=True, record=True)
    paper.print(desk.screen._compositor.render_update(full=True, screen_stack=desk._background_screens))
    form = re.sub(r"@font-face \{\{.*?\}\}\n", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    form = form.replace("font-family: Fira Code, monospace", f"font-family: {FONTS}")
    drawn = PIECE.sub(_placed, paper.export_svg(title=title, code_format=form, unique_id=name))
    (PICTURES / f"{name}.svg").write_text("\n".join(line.rstrip() for line in drawn.splitlines()) + "\n", "utf-8")


def _placed(found: re.Match[str]) -> str:
    """Each word group at its own place: not every renderer keeps spaces, and foreign letters have other widths."""
    head, x, middle, tail, text = found.groups()
    shown = unescape(text).replace("\xa0", " ")
    pieces = []
    for group in re.finditer(r"\S+(?: \S+)*", shown):
        cells, before = cell_len(group.group()), cell_len(shown[: group.start()])
        at, long = float(x) + before * CELL, cells * CELL
        words = escape(group.group()).replace(" ", "&#160;")
        pieces.append(f'{head}x="{at:g}"{middle}textLength="{long:g}"{tail}{words}</text>')
    return "".join(pieces)


if __name__ == "__main__":
    main()
