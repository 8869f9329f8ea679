"""The eight steps: walked by keys, judged live, left and gone on with, refused with a rule."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from models import clock, database
from models.operations import intake_drafts
from models.queries import drafts
from models.queries.case_file import case_file
from models.queries.intakes import intakes
from models.vocabulary import EvidenceKind, Outcome
from tests.evidence.samples import png
from tests.screens.seat import MAYA, NOOR, Seat, case, fill, seat

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
OVER = {"outcome": Outcome.WITHDRAWN, "decided_at": NOW - timedelta(days=2), "buyer_ref": "B-1", "buyer_name": "Ada"}


@pytest.fixture
def url(sqlite_url: str) -> str:
    """Two orders of one buyer, of which one is no longer protected."""
    with clock.stands_at(NOW):
        opened = NOW - timedelta(days=8)
        late = {**OVER, "protection_ends_at": NOW - timedelta(days=1)}
        fill(sqlite_url, [case("a", opened, **OVER, ordered_at=opened), case("b", opened, **late)])
    return sqlite_url


async def fills(maya: Seat) -> None:
    """From the buyer to what was tried, for the newest order."""
    await maya.press("N")
    await maya.paste("ada")
    await maya.press("tab", "down", "tab", "tab")
    await maya.press("down", "tab", "l", "tab", "f", "tab")
    await maya.paste("12.50")
    for text in ("a whole cup", "shards", "wrote on Monday"):
        await maya.press("tab")
        await maya.paste(text)


async def test_the_eight_steps_open_a_case(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url, size=(80, 40)) as maya:
            await maya.press("N")
            assert "May it become a case?" in maya.text() and "FAIL order" in maya.text()
            await maya.press("escape")
            await fills(maya)
            shown = maya.text()
            assert "shop:O-a" in shown and "pass order" in shown and "pass amount" in shown and "FAIL" not in shown
            await maya.press("ctrl+s")
            assert "nothing is written yet" in maya.text() and "wrote on Monday" in maya.text()
            assert "full refund of 12.50 USD" in maya.text()
            await maya.press("enter")
            assert "Open a case" in maya.lines()[0], "Cancel has the focus"
            await maya.press("ctrl+s", "right", "enter")
            await maya.rest()
            assert maya.lines()[0].startswith(" C3") and "C3 is open." in maya.text()
            assert "disputes open --order shop:O-a" in maya.desk.last_command
        database.open_store(url)
        claim = case_file(3).claims[0]
        assert claim.text == "Expected: a whole cup\nReceived: shards\nTried with the seller: wrote on Monday"
        assert intakes(MAYA) == []


async def test_a_half_filled_claim_is_gone_on_with_from_the_same_place_and_from_the_list(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url, size=(80, 40)) as maya:
            await maya.press("N")
            await maya.paste("Ada")
            await maya.press("tab", "down", "tab", "tab", "tab", "tab", "tab", "tab")
            await maya.paste("half a thought")
        async with seat(url, size=(80, 40)) as maya:
            assert "Open a case" in maya.lines()[0]
            assert "half a thought" in maya.text() and "shop:O-a" in maya.text()
            await maya.press("escape")
            await maya.rest()
            await maya.write(":open\n")
            assert "a new case" in maya.text() and "draft" in maya.text()
            await maya.press("down", "down", "enter")
            assert "half a thought" in maya.text()
            await maya.press("ctrl+s")
            assert "! Still to be filled in: reason, asks for, amount, received, tried." in maya.text()


async def test_a_claim_that_fails_a_rule_says_so_live_and_can_be_refused(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url, size=(80, 40), actor=NOOR) as noor:
            await noor.press("N")
            await noor.paste("O-b")
            await noor.press("tab", "down")
            assert "FAIL protection" in noor.text() and "Protection ended 2026-03-19" in noor.text()
            assert "set aside" not in noor.text(), "an agent overrides nothing"
            await noor.press("ctrl+t")
            assert "(•) protection" in noor.text()
            await noor.press("tab")
            await noor.paste("Too late.")
            await noor.press("ctrl+s")
            await noor.rest()
            assert "C3 is closed as ineligible." in noor.text()
        database.open_store(url)
        assert case_file(3).closed_as == "ineligible"
        assert [place for place in drafts.places("noor") if place != "desk"] == []


async def test_a_file_is_taken_in_before_there_is_a_case(url: str, tmp_path: Path) -> None:
    (tmp_path / "cup.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(16))
    with clock.stands_at(NOW):
        async with seat(url, size=(80, 50)) as maya:
            await maya.press("N")
            await maya.paste("ada")
            await maya.press("tab", "down", "tab", "tab", "q", "tab", "p")
            assert "FAIL evidence" in maya.text() and "no file yet" in maya.text()
            await maya.press("ctrl+o")
            await maya.paste(str(tmp_path / "cup.png"))
            await maya.press("tab", "down", "ctrl+s")
            await maya.rest()
            assert "pass evidence" in maya.text() and "photo item cup.png" in maya.text()
            await maya.press("ctrl+o", "tab", "tab")
            assert "[ ] 1, photo item" in maya.text()
            await maya.press("space", "ctrl+s")
            await maya.rest()
            assert "FAIL evidence" in maya.text() and "no file yet" in maya.text()
            await maya.press("ctrl+o")
            await maya.paste(str(tmp_path / "cup.png"))
            await maya.press("tab", "down", "ctrl+s")
            await maya.rest()
        async with seat(url, size=(80, 50)) as maya:
            assert "photo item cup.png" in maya.text()


async def test_a_file_that_came_to_the_draft_by_command_is_adopted(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url, size=(80, 50)) as maya:
            await maya.press("N")
            await maya.paste("ada")
            await maya.press("tab", "down", "tab", "tab", "q", "tab", "p")
            await maya.desk.drafts.save()
            database.open_store(url)
            (row,) = intakes(MAYA)
            intake_drafts.attach_file(
                MAYA, draft=row.number, kind=EvidenceKind.PHOTO_ITEM, source=BytesIO(png()), title="by command"
            )
            database.close_store()
            maya.look()
            await maya.rest()
            assert "photo item by command" in maya.text() and "pass evidence" in maya.text()
            await maya.desk.drafts.save()
        database.open_store(url)
        assert [piece.title for piece in intakes(MAYA)[0].intake.shown] == ["by command"]


async def test_it_fits_the_smallest_terminal(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await fills(maya)
            lines = maya.lines()
            assert len(lines) == 24 and "pass buyer" in maya.text() and "wrote on Monday" in maya.text()
