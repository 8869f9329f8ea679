"""The demonstration: everything that a newcomer should meet is there, and it came about by the rules."""

from __future__ import annotations

import json

import pytest

from models.actor import Actor
from models.errors import Refused
from models.operations import deciding
from models.queries import audit
from models.queries.queue import VIEWS, counts_of_views
from models.tables import Agent, Claim, Contact, Decision, Dispute, Event, Line, Message, Offer, Party, Refund, Timer
from models.vocabulary import ClosedAs, Outcome, Role, State
from seed.demo import hostile
from tests.operations.desk import assert_all_replay
from tests.seed.conftest import LOGIN, NOW, column, rows

REACHABLE = set(State) - {State.DRAFT, State.AWAITING_PARTY, State.IN_APPEAL}
"""By what can be done to a case today."""
LANGUAGES = {"pt", "es", "de", "fr", "pl", "ru", "zh", "ja", "ko", "ar", "he", "en"}


def test_there_are_cases_in_every_state_and_about_half_of_them_are_open(demo: Actor) -> None:
    assert set(column(Dispute.state)) == REACHABLE
    assert {ClosedAs.AGREED, ClosedAs.DECIDED, ClosedAs.WITHDRAWN} <= set(column(Dispute.closed_as))
    assert set(Outcome) <= set(column(Dispute.outcome))
    assert Dispute.select().count() == 300
    assert 120 <= Dispute.select().where(Dispute.is_open).count() <= 180


def test_every_view_that_has_a_use_today_has_cases(demo: Actor) -> None:
    counts = counts_of_views(VIEWS, demo.login)
    assert 10 <= counts["home"] <= 60
    for view in ("mine", "unassigned", "in-review", "due-today", "approvals", "refunds", "triage"):
        assert 0 < counts[view] < 200, view


def test_sellers_are_overdue_since_hours_days_and_weeks(demo: Actor) -> None:
    due = [at for at in column(Dispute.seller_awaited_due_at) if at is not None and at < NOW]
    hours = sorted((NOW - at).total_seconds() / 3600 for at in due)
    assert hours[0] < 6
    assert hours[len(hours) // 2] > 12
    assert hours[-1] > 14 * 24


def test_every_case_follows_from_its_events_and_the_chain_is_whole(demo: Actor) -> None:
    assert assert_all_replay() == 300
    report = audit.verify()
    assert report.first_bad_seq is None
    assert report.events == Event.select().count()


def test_nothing_happens_after_it_is_recorded_or_after_now(demo: Actor) -> None:
    for recorded_at, occurred_at in rows(Event.recorded_at, Event.occurred_at):
        assert occurred_at <= recorded_at <= NOW
    times = [at for _, at in sorted(rows(Event.seq, Event.recorded_at))]
    assert times == sorted(times)


def test_no_event_holds_a_text_or_a_name(demo: Actor) -> None:
    bodies = "\n".join(column(Event.body))
    said = (Message.text, Claim.text, Decision.note, Decision.to_buyer)
    for each in (*said, Party.name, Contact.email, Contact.address, Line.title):
        texts = {text for text in column(each) if len(text) > 5}
        assert texts
        assert not [text for text in texts if json.dumps(text)[1:-1] in bodies], each


def test_languages_and_currencies_are_many(demo: Actor) -> None:
    assert set(column(Dispute.language)) == LANGUAGES
    assert {"USD", "EUR", "BRL", "PLN", "RUB", "JPY", "KRW", "CLP", "KWD", "ILS"} <= set(column(Dispute.currency))
    assert len(set(column(Message.text))) > 80


def test_the_desk_has_two_agents_two_supervisors_and_an_auditor(demo: Actor) -> None:
    roles = sorted(column(Agent.role))
    assert roles == ["agent", "agent", "auditor", "supervisor", "supervisor"]
    assert (demo.login, demo.role) == (LOGIN, Role.SUPERVISOR)


def test_whoever_looks_around_can_sign_the_decisions_of_others_and_not_their_own(demo: Actor) -> None:
    pending = rows(Decision.dispute, Decision.hash, Decision.maker, where=Decision.standing == "proposed")
    assert len(pending) >= 4
    for case, signed, maker in pending:
        if maker == demo.login:
            with pytest.raises(Refused, match="cannot approve"):
                deciding.approve(demo, case=case, hash=signed)
        else:
            assert deciding.approve(demo, case=case, hash=signed).after.approved_by == demo.login
    assert demo.login in {maker for _, _, maker in pending}


def test_stories_worth_opening_are_there(demo: Actor) -> None:
    assert Timer.select().where(Timer.ended_as == "met_late_recorded").count()
    assert Offer.select().where(Offer.lane == "seller", Offer.version > 1, Offer.ended == "").count()
    assert Offer.select().where(Offer.ended == "", Offer.lane == "seller", Offer.expires_at < NOW).count()
    assert {"instructed", "confirmed", "failed"} <= set(column(Refund.state))
    assert any(len(json.loads(basis)) > 1 for basis in column(Decision.basis) if basis)
    assert Decision.select().where(Decision.standing == "sent_back").count()
    assert Decision.select().where(Decision.payer == "platform").count()
    in_review = Dispute.state == State.IN_REVIEW
    assert Dispute.select().where(in_review, Dispute.responded_at > Dispute.escalated_at).count()


def test_hostile_text_is_stored_as_it_is(demo: Actor) -> None:
    names = set(column(Party.name))
    tricks = {
        hostile.CLEARS_THE_SCREEN, hostile.MARKUP, hostile.READS_BACKWARDS, hostile.ZERO_WIDTH, hostile.FORMULA,
        hostile.LOOK_ALIKE, hostile.STACKED, hostile.EMOJI, hostile.SQL, hostile.LINES,
    }  # fmt: skip
    assert tricks <= names
    assert Dispute.select().where(Dispute.ref == "=1+2").count() == 1
    assert Claim.select().where(Claim.text == hostile.LINES).count() == 1
    messages = column(Message.text)
    assert any(hostile.COPIES_AND_LINKS in text for text in messages)
    assert hostile.LONG_WORD in messages
