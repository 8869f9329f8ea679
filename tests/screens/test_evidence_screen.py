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
            await maya.rest()
            await maya.press("pagedown")
            assert "looked at by maya 2026-03-20 12:00" in maya.text()
    database.open_store(url)
    looks = [event.words for event in case_file(1).events if event.verb == evidencing.LOOK]
    assert looks == ["looked at piece 3", "looked at piece 2", "looked at piece 1"]


async def test_a_piece_that_is_looked_at_is_judged_from_there(url: str) -> None:
    with clock.stands_at(NOW):
        for title in ("first", "second", "third"):
            shows(url, EvidenceKind.OTHER, MAIL + title.encode(), title)
        async with seat(url, size=(80, 60)) as maya:
            await maya.write(":C1\n")
            await maya.press("V", "left_square_bracket", "E")
            assert "(•) 2, buyer, other" in maya.text()
            await maya.press("tab", "a", "tab")
            await maya.paste("Reads well.")
            await maya.press("ctrl+s")
            await maya.rest()
            assert "#2 other, accepted  second" in maya.text()
            await maya.press("E")
            assert "(•) 1, buyer, other" in maya.text(), "else the first that nobody has judged"
            await maya.press("escape", "V", "escape", "E")
            assert "(•) 1, buyer, other" in maya.text()


async def test_what_is_remarkable_of_a_piece_is_said_with_it(url: str) -> None:
    long = "a title that is longer than the line of eighty cells on which it stands, and then some"
    with clock.stands_at(NOW):
        shows(url, EvidenceKind.PHOTO_ITEM, MAIL, "no photo")
        shows(url, EvidenceKind.VIDEO_ITEM, png(), "no film")
        shows(url, EvidenceKind.PHOTO_ITEM, png(), long)
        async with seat(url, size=(80, 60)) as maya:
            await maya.write(":C1\n")
            assert "eml 1 kB; not a picture; nobody has looked at it yet" in maya.text()
            assert "png 1 kB; not a film; nobody" in maya.text()
            assert "png 1 kB; the same file as #2; nobody" in maya.text()
            await maya.press("V")
            await maya.until(lambda: "▀" in maya.text())
            assert " ".join(line.strip() for line in maya.lines()[2:4]) == f"{long}; png 1 kB; the same file as #2"


async def test_without_evidence_there_is_nothing_to_look_at_or_to_judge(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.write(":C1\n")
            await maya.press("V")
            assert "There is no evidence to look at" in maya.text()
            await maya.press("E")
            assert "This case has no piece" in maya.text()


async def test_what_a_side_lacks_is_asked_for_with_one_key(sqlite_url: str) -> None:
    with clock.stands_at(NOW):
        facts = {"escalated_at": NOW - timedelta(days=1), "reason": "damaged/item_damaged"}
        fill(sqlite_url, [case("a", NOW - timedelta(days=9), **facts)])
        shows(sqlite_url, EvidenceKind.PHOTO_PACKAGE, png(), "parcel")
        async with seat(sqlite_url, size=(80, 60)) as maya:
            await maya.write(":C1\n")
            lines = [line.strip() for line in maya.lines()]
            at = lines.index("buyer        missing: photo item or video item; I asks for it")
            assert lines[at + 1] == "#1 photo package, submitted  parcel"
            assert lines[at + 2] == "png 1 kB; nobody has looked at it yet"
            assert lines[at + 3] == "seller       missing: shipment proof or pre ship photo; I asks for it"
            await maya.press("c", "I")
            assert "(•) buyer" in maya.text() and "photo item or video item" in maya.text().partition("Ask C1")[2]
            await maya.press("right")
            asked = maya.text().partition("Ask C1")[2]
            assert "(•) seller" in asked and "shipment proof or pre ship photo" in asked
            assert "photo item" not in asked
            await maya.press("tab")
            await maya.paste("today, please")
            await maya.press("shift+tab", "left", "ctrl+s")
            await maya.rest()
    database.open_store(sqlite_url)
    (ask,) = case_file(1).asks
    assert (ask.party, ask.items) == ("buyer", ("shipment proof or pre ship photo", "today, please")), "as typed"
