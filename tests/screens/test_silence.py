"""A session that heard nothing for a while: what stands on the screen is old, and no key may act on it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

import console.desk
from console.lifecycle import since_boot
from models import clock, database
from models.operations import agents
from models.tables import Event
from models.vocabulary import Role
from screens.queue.screen import QueueScreen
from tests.screens.seat import MAYA, NOOR, case, fill, seat

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)


@pytest.fixture
def url(sqlite_url: str) -> str:
    with clock.stands_at(NOW):
        fill(sqlite_url, [case(f"r{number}", NOW - timedelta(days=20 - number)) for number in range(3)])
    return sqlite_url


async def test_keys_wait_until_everything_was_read_again(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    read = QueueScreen.store_changed

    def reads(screen: QueueScreen) -> None:
        order.append("read")
        read(screen)

    with clock.stands_at(NOW):
        async with seat(url) as maya:
            monkeypatch.setattr(QueueScreen, "store_changed", reads)
            monkeypatch.setattr(QueueScreen, "do_mark", lambda screen: order.append("act"))
            now = since_boot()
            monkeypatch.setattr(console.desk, "since_boot", lambda: now + 60)
            await maya.press("space", "space")
            assert order == ["read", "act", "act"]
            monkeypatch.setattr(console.desk, "since_boot", lambda: now + 90)
            maya.look()
            await maya.rest()
            assert order[3:] == ["read"] and "Nothing was heard for 30 seconds" in maya.text()


async def test_whoever_was_disabled_meanwhile_does_nothing_any_more(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with clock.stands_at(NOW):
        async with seat(url, actor=NOOR) as noor:
            database.open_store(url)
            agents.set_active(MAYA, login="noor", is_active=False)
            now = since_boot()
            monkeypatch.setattr(console.desk, "since_boot", lambda: now + 60)
            await noor.press_only("c")
            await noor.until(lambda: noor.desk.return_code == 4)
    assert not Event.select().where(Event.verb.in_(("claim", "refused"))).exists(), "it was not even tried"


async def test_a_refused_right_at_the_console_is_an_event(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url, actor=NOOR) as noor:
            database.open_store(url)
            agents.change_role(MAYA, login="noor", role=Role.AUDITOR)
            await noor.press("c")
            assert "'claim' needs the role" in noor.text()
    refused = Event.select(Event.actor, Event.dispute, Event.body).where(Event.verb == "refused").tuples()
    assert list(refused) == [("noor", 1, '{"what":"claim"}')]
