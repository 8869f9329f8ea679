"""Every message to a party waits in the outbox, in its own words, and is marked as sent once."""

from __future__ import annotations

import pytest

from models.database import Location
from models.errors import Conflict, Misused, NotAllowed, NotFound, Refused
from models.operations import moving, outbox, talking
from models.queries.outbox import waiting
from models.tables import Message, Outgoing
from models.vocabulary import Audience, ClockKind, Party
from tests.operations.desk import ADA, ANNA, BEN, a_case, assert_replays, events, on_day, people


@pytest.fixture(autouse=True)
def _people(store: Location) -> None:
    people()


def test_a_message_waits_once_for_each_side_until_it_is_sent() -> None:
    case = a_case()
    with on_day(1):
        talking.message(ANNA, case=case, audience=Audience.BOTH, text="We look into it.")
        first, second = waiting()
        assert (first[4], first[5], second[4], second[5]) == ("buyer", "b1", "seller", "s1")
        assert first[-1] == second[-1] == "We look into it."
        before = events()
        outbox.mark_sent(ANNA, numbers=[first[0], first[0]])
        assert events() == before + 1
        with pytest.raises(Conflict) as conflict:
            outbox.mark_sent(BEN, numbers=[second[0], first[0]])
        assert conflict.value.who == "anna"
        assert [row[0] for row in waiting()] == [second[0]], "all of them or none"
        with pytest.raises(NotFound):
            outbox.mark_sent(ANNA, numbers=[999])
        with pytest.raises(NotAllowed):
            outbox.mark_sent(ADA, numbers=[second[0]])
    assert_replays(case)


def test_a_note_and_a_refused_message_leave_nothing_to_send() -> None:
    case = a_case()
    with on_day(1):
        talking.note(ANNA, case=case, text="among us")
        for text, rule in (("", "text"), ("Dear {buyer_name}", "unfilled_field")):
            with pytest.raises(Refused) as refusal:
                talking.message(ANNA, case=case, audience=Audience.BUYER, text=text)
            assert refusal.value.rule == rule
    assert not Outgoing.select().count()


def test_a_template_is_filled_from_the_case_and_goes_only_to_its_audience() -> None:
    case = a_case(carrier="DHL", tracking_no="")
    with on_day(1):
        talking.message(ANNA, case=case, audience=Audience.SELLER, template="answer_is_late")
        for template, audience, rule in (
            ("answer_is_late", Audience.BOTH, "audience"),
            ("parcel_on_its_way", Audience.BUYER, "unfilled_field"),
        ):
            with pytest.raises(Refused) as refusal:
                talking.message(ANNA, case=case, audience=audience, template=template)
            assert refusal.value.rule == rule
        with pytest.raises(Misused):
            talking.message(ANNA, case=case, audience=Audience.BUYER, template="nonsense")
    sent = Outgoing.get()
    assert "order O-1: your answer was due 2026-03-07 09:00 UTC" in sent.text
    assert Message.get(Message.kind == "message").text == sent.text
    assert_replays(case)


def test_an_import_sends_nothing_and_a_later_notice_does() -> None:
    case = a_case()
    assert not Outgoing.select().count()
    with on_day(1), pytest.raises(Refused):
        moving.notify(ANNA, case=case)
    assert not Outgoing.select().count()


def test_an_automatic_reply_is_kept_and_answers_nothing() -> None:
    case = a_case()
    with on_day(1):
        change = talking.automatic_reply(ANNA, case=case, party=Party.SELLER, text="Out of office until Monday.")
    assert change.after.running(ClockKind.SELLER_RESPONSE) is not None
    assert change.after.responded_at is None
    kept = Message.get(Message.text == "Out of office until Monday.")
    assert kept.is_automatic and kept.author == "seller"
    assert not Outgoing.select().count()
    assert_replays(case)
