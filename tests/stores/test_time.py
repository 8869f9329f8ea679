"""Instants are the store's: a host whose clock is wrong makes nothing due before its time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models import clock, database
from models.operations import sweeping
from models.tables import Event
from tests.operations.desk import SUE, people, take, told

AHEAD = timedelta(minutes=5)
SOON = timedelta(minutes=2)


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """This host's clock, five minutes before everybody else's."""
    monkeypatch.setattr(clock, "_host_time", lambda: datetime.now(UTC) + AHEAD)


def test_a_server_says_what_time_it_is(ahead: None, postgres_url: str) -> None:
    assert clock.now() > datetime.now(UTC) + SOON
    database.open_store(postgres_url)
    assert abs(clock.now() - datetime.now(UTC)) < SOON
    database.close_store()


def test_a_file_has_the_time_of_its_host(ahead: None, postgres_url: str, sqlite_url: str) -> None:
    database.open_store(postgres_url)
    database.open_store(sqlite_url)
    assert clock.now() > datetime.now(UTC) + SOON
    database.close_store()


def test_a_host_ahead_of_the_server_sweeps_nothing_early(ahead: None, postgres_url: str) -> None:
    database.open_store(postgres_url)
    people()
    opened_at = datetime.now(UTC).replace(microsecond=0) + SOON - timedelta(days=7)
    take(told(opened_at=opened_at))
    assert list(sweeping.sweep(SUE)) == []
    with clock.stands_at(datetime.now(UTC) + AHEAD):
        assert [step.what for step in sweeping.sweep(SUE)] == ["auto-escalate"]
    assert Event.select().where(Event.actor == "sweep").count() == 1
    database.close_store()
