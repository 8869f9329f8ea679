"""The supervisor's pages as pictures in text: alignment and truncation are seen in a change's difference.

After a change that is meant: `python -m tests.screens.test_pictures` draws them anew.
"""

from __future__ import annotations

import asyncio
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from models import clock, database
from models.operations import assigning
from models.vocabulary import Outcome, State
from tests.screens.seat import NOOR, case, fill, seat

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
PICTURES = Path(__file__).parent / "pictures"
SIZES = ((80, 24), (140, 40))
KEYS = {"room": "0", "sellers": "3"}
REASONS = ("quality/poor_quality", "not_received/lost", "damaged/item_damaged")
NAMES = ("Blue Lamp", "木棉花小店", "A seller with a name that is longer than its column", "")


def filled(url: str) -> None:
    """A desk of forty cases: late and not, decided and open, some with noor; names short, long, foreign and missing."""
    with clock.stands_at(NOW):
        late = [
            case(
                f"late-{number}", NOW - timedelta(days=6 + number, hours=number), seller_ref=f"s{number % 4}",
                seller_name=NAMES[number % 4], reason=REASONS[number % 3], currency=("USD", "EUR", "JPY")[number % 3],
                amount_minor=5_000 + 1_000 * number, paid_minor=90_000,
            )
            for number in range(12)
        ]  # fmt: skip
        young = [case(f"young-{number}", NOW - timedelta(days=4, hours=2 * number)) for number in range(12)]
        ended = [
            case(
                f"ended-{number}", NOW - timedelta(days=20 + 3 * number), state=State.CLOSED,
                outcome=Outcome.NO_REFUND, refund_minor=0, decided_at=NOW - timedelta(days=5 + 3 * number),
                responded_at=NOW - timedelta(days=12 + 3 * number), decided_by="someone",
            )
            for number in range(16)
        ]  # fmt: skip
        fill(url, [*late, *young, *ended])
        database.open_store(url)
        for number in (1, 2, 13):
            assigning.claim(NOOR, case=number)
        database.close_store()


async def drawn(url: str, page: str, size: tuple[int, int]) -> str:
    with clock.stands_at(NOW):
        async with seat(url, size=size) as maya:
            await maya.press(KEYS[page])
            await maya.until(lambda: bool(getattr(maya.desk.screen, "_weeks", True)))  # read behind the numbers
            await maya.rest()
            return "\n".join(line.rstrip() for line in maya.lines()) + "\n"


def picture(page: str, size: tuple[int, int]) -> Path:
    return PICTURES / f"{page}-{size[0]}x{size[1]}.txt"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("page", KEYS)
async def test_a_page_looks_as_it_did(page: str, size: tuple[int, int], sqlite_url: str) -> None:
    filled(sqlite_url)
    assert await drawn(sqlite_url, page, size) == picture(page, size).read_text(encoding="utf-8")


async def _draw_all() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/store.db"
        database.create_store(url)
        database.close_store()
        filled(url)
        for page in KEYS:
            for size in SIZES:
                picture(page, size).write_text(await drawn(url, page, size), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(_draw_all())
