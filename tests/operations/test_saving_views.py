"""Saved views: whose they are, who may save them, and what a wrong one is told."""

from __future__ import annotations

from typing import Any

import pytest

from models import database
from models.errors import Misused, NotAllowed, NotFound, Refused
from models.operations import saving_views
from models.queries import queue
from models.tables import Event
from tests.operations.desk import ADA, ANNA, BEN, SUE, a_case, on_day, people


@pytest.fixture
def desk(store: database.Location) -> int:
    people()
    return a_case()


def names(login: str) -> list[str]:
    return [name for name, view in queue.views_of(login).items() if view.is_saved]


def test_an_own_view_is_ones_own_and_the_desks_is_everybodys(desk: int) -> None:
    with on_day(1):
        saving_views.save_view(ANNA, name="mine-big", text="is:mine amount>50", sort="-amount")
        saving_views.save_view(SUE, name="big", text="amount>50", sort="due", is_shared=True)
    assert names("anna") == ["big", "mine-big"]
    assert names("ben") == ["big"]
    view = queue.view_for("ben", "big")
    assert (view.text, view.is_shared) == ("amount>50", True)
    assert [row.id for row in queue.rows(view, actor_login="ben")] == [desk]
    assert queue.counts_of_views(queue.views_of("ben"), "ben")["big"] == 1


def test_an_own_view_stands_before_the_desks_and_saving_again_replaces(desk: int) -> None:
    with on_day(1):
        saving_views.save_view(SUE, name="late", text="is:overdue", sort="due", is_shared=True)
        saving_views.save_view(ANNA, name="late", text="is:breached", sort="due")
        saving_views.save_view(ANNA, name="late", text="is:open", sort="-opened")
    assert queue.view_for("anna", "late").text == "is:open"
    assert queue.view_for("ben", "late").text == "is:overdue"
    with on_day(2):
        saving_views.drop_view(ANNA, name="late")
    assert queue.view_for("anna", "late").text == "is:overdue"


def test_only_a_supervisor_saves_and_drops_for_the_desk(desk: int) -> None:
    with on_day(1):
        for actor in (ANNA, ADA):
            with pytest.raises(NotAllowed, match="a supervisor's"):
                saving_views.save_view(actor, name="x", text="", sort="due", is_shared=True)
            with pytest.raises(NotAllowed, match="a supervisor's"):
                saving_views.drop_view(actor, name="x", is_shared=True)
        with pytest.raises(NotFound, match="no saved view"):
            saving_views.drop_view(BEN, name="x")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"name": "home"}, Refused),
        ({"name": "Big"}, Refused),
        ({"name": "x" * 31}, Refused),
        ({"text": "amont>5"}, Misused),
        ({"sort": "amont"}, Misused),
    ],
)
def test_a_wrong_view_is_refused_and_nothing_written(desk: int, change: dict[str, Any], error: type[Exception]) -> None:
    before = Event.select().count()
    with on_day(1), pytest.raises(error):
        saving_views.save_view(ANNA, **{"name": "big", "text": "amount>5", "sort": "due", **change})
    assert names("anna") == []
    assert Event.select().count() == before


def test_nobody_saves_without_end(desk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving_views, "MOST", 2)
    with on_day(1):
        for name in ("a", "b", "b"):
            saving_views.save_view(ANNA, name=name, text="", sort="due")
        with pytest.raises(Refused, match="drop one"):
            saving_views.save_view(ANNA, name="c", text="", sort="due")


def test_the_event_tells_no_text_of_the_query(desk: int) -> None:
    with on_day(1):
        saving_views.save_view(ANNA, name="one", text='buyer:"Ivy Person"', sort="due")
    event = Event.select().order_by(Event.seq.desc()).first()
    assert event.verb == "views save" and "Ivy" not in event.body
