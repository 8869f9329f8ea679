"""Foreign text on every screen: it is read, and does nothing."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta

from models import clock, database
from models.operations import assigning, drafts, following, moving, parties, talking
from models.vocabulary import Audience, Party
from tests.screens.seat import MAYA, Seat, case, fill, seat

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
HOSTILE = "[@click=app.leave]go[/] [/x] [bold]\x1b]52;c;eA==\x07\x1b[2J\x9b1m\u202eevil\u200b \\[ \U000e0041"


def check(sat: Seat) -> None:
    for strip in sat.strips():
        for segment in strip:
            acting = [sign for sign in segment.text if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
            assert not acting, repr(segment.text)
            meta = segment.style.meta if segment.style else {}
            assert not any(key.startswith("@") for key in meta), meta


async def test_foreign_text_does_nothing_on_any_screen(sqlite_url: str) -> None:
    with clock.stands_at(NOW):
        told = case(
            "a",
            NOW - timedelta(days=8),
            seller_name=HOSTILE,
            buyer_name=HOSTILE,
            item_title=HOSTILE,
            description=f"{HOSTILE}\n{HOSTILE}",
            carrier=HOSTILE,
            tags=(HOSTILE.replace(" ", ""),),
        )
        fill(sqlite_url, [told])
        database.open_store(sqlite_url)
        assigning.claim(MAYA, case=1)
        talking.message(MAYA, case=1, audience=Audience.BUYER, text=HOSTILE)
        moving.escalate(MAYA, case=1, party=Party.PLATFORM, cause=HOSTILE, note=HOSTILE)
        following.flag(MAYA, case=1, party=Party.BUYER, note=HOSTILE)
        parties.warn(MAYA, party=1, note=HOSTILE, text=HOSTILE)
        drafts.save_draft(MAYA, place="note:C1", fields={"text": HOSTILE})
        drafts.save_draft(MAYA, place="decide:C1", fields={"texts": {"note": HOSTILE, "basis": HOSTILE}, "points": []})
        database.close_store()
        async with seat(sqlite_url, size=(140, 90)) as maya:
            await maya.write(":all\n")
            assert "@click" in maya.text()
            check(maya)
            await maya.press("slash")
            await maya.paste(HOSTILE)
            check(maya)
            await maya.press("enter", "escape", "enter")
            assert "evil" in maya.text()
            check(maya)
            await maya.press("o")
            await maya.paste(HOSTILE)
            assert maya.text().count("evil") > 2
            check(maya)
            await maya.press("escape", "1")
            assert maya.lines()[0].startswith(" buyer [@click") and maya.text().count("evil") > 2
            check(maya)
            await maya.press("q", "d")
            assert maya.lines()[0].startswith(" C1 decision")
            assert "evil" in maya.text()
            check(maya)
