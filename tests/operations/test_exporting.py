"""A report leaves the desk written down, and with contact data for a supervisor's reason alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from models.actor import Actor
from models.database import Location
from models.errors import Misused, NotAllowed, Refused
from models.operations import deciding
from models.operations.exporting import export
from models.queries.fault import QueryFault
from models.queries.reports import DECISIONS, SLA, Asked, Reading
from models.tables import Event
from tests.operations.desk import ADA, ANNA, BEN, OPENED, SUE, events, in_review, on_day, people
from tests.operations.work import RULING

KEYS = ("buyer_email", "buyer_phone", "buyer_address", "seller_email", "seller_phone", "seller_address")


@pytest.fixture(autouse=True)
def _people(store: Location) -> None:
    people()


def decided() -> int:
    case = in_review(buyer_email="b@example.org", buyer_phone="+1 555", ship_address="1 Low Road")
    with on_day(8):
        deciding.decide(ANNA, case=case, ruling=RULING)
    return case


def rows(reading: Reading) -> list[dict[str, Any]]:
    return [dict(zip([column.key for column in reading.columns], row, strict=True)) for row in reading.rows]


def last() -> Any:
    return Event.select().order_by(Event.seq.desc()).get()


def test_an_export_is_one_event_that_tells_no_words() -> None:
    decided()
    before = events()
    with on_day(9):
        found = export(ANNA, SLA, Asked(where="seller:s1", by=("clock",), since=OPENED), format="csv")
    assert events() == before + 1
    assert rows(found)
    event = last()
    body = json.loads(event.body)
    digest = body.pop("query_digest")
    assert (event.verb, event.actor, event.dispute_id) == ("export", "anna", None)
    assert body == {
        "report": "sla", "format": "csv", "by": ["clock"], "since": "2026-03-02T09:00:00Z", "until": None, "at": None,
        "is_own": True, "contact": False,
    }  # fmt: skip
    assert len(digest) == 64 and "s1" not in event.body


def test_contact_data_leaves_for_a_supervisor_who_says_why() -> None:
    decided()
    with on_day(9):
        found = export(SUE, DECISIONS, Asked(), format="csv", has_contact=True, note="The carrier's list.")
    (row,) = rows(found)
    assert [row[key] for key in KEYS] == ["b@example.org", "+1 555", "1 Low Road", "", "", ""]
    body = json.loads(last().body)
    assert body["contact"] is True and len(body["text_digest"]) == 64 and "carrier" not in last().body
    assert not body["is_own"]
    with on_day(9):
        assert KEYS[0] not in rows(export(SUE, DECISIONS, Asked(), format="csv"))[0]


@pytest.mark.parametrize(
    ("actor", "asked", "note", "error"),
    [
        (ANNA, Asked(), "why", NotAllowed),
        (ADA, Asked(), "why", NotAllowed),
        (SUE, Asked(), " ", Refused),
        (SUE, Asked(by=("seller",)), "why", Misused),
        (SUE, Asked(where="is:opne"), "why", QueryFault),
    ],
)
def test_what_may_not_leave_leaves_no_trace(actor: Actor, asked: Asked, note: str, error: type[Exception]) -> None:
    decided()
    before = events()
    with on_day(9), pytest.raises(error):
        export(actor, DECISIONS, asked, format="csv", has_contact=True, note=note)
    assert events() == before


def test_everybody_exports_what_their_role_may_see() -> None:
    decided()
    with on_day(9):
        found = {actor.login: len(rows(export(actor, DECISIONS, Asked(), format="csv"))) for actor in (ANNA, BEN, ADA)}
    assert found == {"anna": 1, "ben": 0, "ada": 1}
    with on_day(9), pytest.raises(NotAllowed):
        export(Actor("eve", SUE.role), DECISIONS, Asked(), format="csv")
