"""Evidence on a case's screen: what is missing, taking a file in, judging it and looking at it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from models import clock, database
from models.operations import evidencing
from models.queries.case_file import case_file
from models.vocabulary import EvidenceKind, Party
from tests.evidence.samples import MAIL, png
from tests.screens.seat import MAYA, case, fill, seat

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)


@pytest.fixture
def url(sqlite_url: str) -> str:
    with clock.stands_at(NOW):
        fill(sqlite_url, [case("a", NOW - timedelta(days=2))])
    return sqlite_url


def shows(url: str, kind: EvidenceKind, data: bytes, title: str = "") -> None:
    database.open_store(url)
    evidencing.attach(MAYA, case=1, party=Party.BUYER, kind=kind, source=BytesIO(data), title=title)
    database.close_store()


async def test_a_file_is_taken_in_and_judged_by_keys(url: str, tmp_path: Path) -> None:
    (tmp_path / "cup.png").write_bytes(png())
    with clock.stands_at(NOW):
        async with seat(url, size=(80, 60)) as maya:
            await maya.write(":C1\n")
            assert "missing: photo item or video item" in maya.text()
            await maya.press("a")
            await maya.paste(str(tmp_path / "gone.png"))
            await maya.press("tab", "tab", "down", "ctrl+s")
            assert "cannot be read" in maya.text(), "and the dialog is still there"
            await maya.press("ctrl+u")
            await maya.paste(str(tmp_path / "cup.png"))
            await maya.press("ctrl+s")
            assert "The file is evidence of C1." in maya.text()
            await maya.rest()
            assert "#1 photo item, submitted  cup.png" in maya.text()
            await maya.press("y")
            assert "--kind photo_item --by buyer" in maya.text()
            await maya.press("escape", "E", "tab", "r", "tab")
            await maya.paste("Shows another cup.")
            await maya.press("ctrl+s")
            await maya.rest()
            assert "#1 photo item, rejected" in maya.text() and "note: Shows another cup." in maya.text()
            assert "missing: photo item or video item" in maya.text()
    database.open_store(url)
    assert [piece.note for piece in case_file(1).evidence] == ["Shows another cup."]


async def test_pieces_are_looked_at_one_after_the_other_and_each_look_is_recorded(url: str) -> None:
    with clock.stands_at(NOW):
        shows(url, EvidenceKind.OTHER, MAIL + b"\x1b]0;owned\x1b\\[bold]x[/]")
        shows(url, EvidenceKind.INVOICE, b"%PDF-1.7 launch", "\x1b[31mbill")
        shows(url, EvidenceKind.PHOTO_ITEM, png(40, 40), "cup")
        async with seat(url) as maya:
            await maya.write(":C1\n")
            await maya.press("V")
            await maya.until(lambda: "▀" in maya.text())
            assert "evidence 3 of 3" in maya.text()
            await maya.press("left")
            assert "A pdf file of 15 bytes is not shown here" in maya.text() and "␛[31mbill" in maya.text()
            await maya.press("left_square_bracket", "left")
            assert "evidence 1 of 3" in maya.text() and "It is broken." in maya.text()
            assert "[bold]x[/]" in maya.text() and "\x1b" not in maya.text()
            await maya.press("q")
            assert maya.lines()[0].startswith(" C1")
    database.open_store(url)
    looks = [event.words for event in case_file(1).events if event.verb == evidencing.LOOK]
    assert looks == ["looked at piece 3", "looked at piece 2", "looked at piece 1"]


async def test_without_evidence_there_is_nothing_to_look_at_or_to_judge(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.write(":C1\n")
            await maya.press("V")
            assert "There is no evidence to look at" in maya.text()
            await maya.press("E")
            assert "This case has no piece" in maya.text()
