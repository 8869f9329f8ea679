"""What is seen becomes a view with a name: opened, counted, come back to, dropped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models import clock, database
from models.operations import assigning, saving_views
from tests.screens.seat import MAYA, NOOR, case, fill, seat

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)


@pytest.fixture
def url(sqlite_url: str) -> str:
    with clock.stands_at(NOW):
        fill(
            sqlite_url,
            [
                case("a", NOW - timedelta(days=8)),
                case("b", NOW - timedelta(days=7), amount_minor=70000, paid_minor=70000),
            ],
        )
    return sqlite_url


async def test_what_is_seen_is_saved_opened_counted_and_dropped(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.write(":all\n")
            await maya.write("/amount>200\n")
            await maya.write(":sort -amount\n")
            await maya.write(":save large\n")
            assert maya.lines()[0].startswith(" large  1 case")
            assert "Saved as the view 'large'" in maya.text()
            await maya.press("escape")
            await maya.write(":home\n")
            await maya.press("v")
            row = next(line for line in maya.lines() if "large" in line)
            assert "1" in row and "yours" in row
            await maya.press("escape")
            await maya.write(":large\n")
            assert maya.lines()[0].startswith(" large  1 case")
        async with seat(url) as maya:  # the next session begins where this one ended
            assert maya.lines()[0].startswith(" large  1 case")
            await maya.write(":drop large\n")
            assert "Dropped the view 'large'" in maya.text()
            await maya.write(":large\n")
            assert "There is no case" in maya.text() or "No command or case" in maya.text()


async def test_a_wrong_name_is_refused_with_what_would_do(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.write(":save home\n")
            assert "is a view that ships" in maya.text()
            await maya.write(":save Größe!\n")
            assert "small letters, digits" in maya.text()


async def test_a_view_of_the_desk_saved_elsewhere_is_found_by_its_name(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url, actor=NOOR) as noor:
            database.open_store(url)
            saving_views.save_view(MAYA, name="pricey", text="amount>200", sort="due", is_shared=True)
            database.close_store()
            await noor.write(":pricey\n")
            assert noor.lines()[0].startswith(" pricey  1 case")


async def test_a_view_is_shared_with_the_desk_and_dropped_by_a_supervisor_alone(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.write(":all amount>200\n")
            await maya.write(":share pricey\n")
            assert "Shared with the desk as the view 'pricey'" in maya.text()
            await maya.press("y")
            assert "disputes views save pricey --where 'amount>200' --sort=-opened --shared" in maya.text()
        async with seat(url, actor=NOOR) as noor:
            await noor.write(":pricey\n")
            assert noor.lines()[0].startswith(" pricey  1 case")
            await noor.write(":share other\n")
            assert "A view of the whole desk is a supervisor's" in noor.text()
            await noor.write(":drop pricey\n")
            assert "A view of the whole desk is a supervisor's" in noor.text()
        async with seat(url) as maya:
            await maya.press("v")  # what the desk shares is learnt
            await maya.press("escape")
            await maya.write(":drop pricey\n")
            assert "Dropped the view 'pricey'" in maya.text()


async def test_the_numbers_of_the_views_follow_what_others_do(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.write(":all is:mine\n")
            await maya.write(":save my-own\n")
            await maya.press("v")
            shown = maya.text()
            maya.look()
            await maya.rest()
            assert maya.text() == shown and "…" not in shown
            database.open_store(url)
            assigning.assign(MAYA, case=1, login="maya", note="Yours.")
            database.close_store()
            maya.look()
            await maya.until(lambda: "1  yours" in maya.text())
