"""Versions of the policy: made once and for good, followed by the cases that open while they are in force."""

from __future__ import annotations

from datetime import timedelta

import peewee
import pytest

from models import database, health
from models.database import Location
from models.errors import Misused, NotAllowed, NotFound, Refused
from models.operations import moving, policies
from models.queries.audit import verify
from models.queries.policies import active_version, in_force, versions
from models.rules.policy import SHIPPED_FILE, policy, text_of
from models.tables import Event, PolicyActivation, PolicyVersion
from models.tables import database as engine
from models.vocabulary import ClockKind
from tests.operations.desk import ADA, ANNA, SUE, a_case, assert_replays, day, events, on_day, people, stored

SHIPPED = SHIPPED_FILE.read_text("utf-8")
LONGER = SHIPPED.replace('seller_response = "5d"', 'seller_response = "7d"').replace('review = "5d"', 'review = "4d"')


@pytest.fixture(autouse=True)
def _people(store: Location) -> None:
    people()


def made(text: str = LONGER, days: float = 1) -> int:
    with on_day(days):
        return policies.edit(SUE, text=text)


def activated(version: int, days: float = 2) -> None:
    with on_day(days):
        policies.activate(SUE, version=version, note="Sellers asked for more time.")


def test_a_new_store_has_the_shipped_policy_in_force() -> None:
    (only,) = versions()
    assert (only.version, only.is_active, only.made_at, only.made_by) == (1, True, None, "")
    assert text_of(1) == SHIPPED and in_force() == policy(1)


def test_a_new_version_is_followed_by_nothing_until_it_is_activated() -> None:
    before = events()
    assert made() == 2
    assert (active_version(), events()) == (1, before + 1)
    assert policy(2).clocks[ClockKind.SELLER_RESPONSE] == timedelta(days=7)
    earlier = a_case(ref="D-1")
    activated(2)
    assert (active_version(), events()) == (2, before + 4), "a case and its file lie between"
    later = a_case(ref="D-2", order_ref="O-2")
    for case, version, due in ((earlier, 1, day(5)), (later, 2, day(7))):
        assert stored(case).policy_version == version
        clock = assert_replays(case).latest(ClockKind.SELLER_RESPONSE)
        assert clock is not None and clock.due_at == due
    one, two = versions()
    assert (one.is_active, one.open_cases, two.is_active, two.open_cases) == (False, 1, True, 1)
    assert (two.made_by, two.made_at, two.activated_by, two.activated_at) == ("sue", day(1), "sue", day(2))
    assert verify().first_bad_seq is None


def test_an_older_version_can_be_taken_up_again() -> None:
    made()
    activated(2)
    activated(1, days=3)
    assert (active_version(), PolicyActivation.select().count()) == (1, 2)
    with pytest.raises(Refused, match="active one already"):
        activated(1, days=4)


def test_numbers_have_no_gap_and_nothing_is_kept_of_what_is_refused() -> None:
    before = events()
    with pytest.raises(Misused, match="not between 3d and 7d"):
        made(LONGER.replace('"7d"\n', '"9d"\n', 1))
    with pytest.raises(Refused, match="Version 1 of the policy says exactly this"):
        made(f"# another comment\n{SHIPPED}")
    with pytest.raises(Misused, match=r"Line 1 of the policy holds signs that hide .*⟦RLO⟧"):
        made(f"# \u202e\n{LONGER}")
    assert (PolicyVersion.select().count(), events()) == (1, before)
    assert [made(), made(LONGER.replace('"4d"', '"3d"'))] == [2, 3]


def test_only_a_supervisor_changes_the_policy() -> None:
    version = made()
    for actor in (ANNA, ADA):
        with on_day(2), pytest.raises(NotAllowed, match="needs the role supervisor"):
            policies.edit(actor, text=LONGER)
        with on_day(2), pytest.raises(NotAllowed, match="needs the role supervisor"):
            policies.activate(actor, version=version, note="n")


def test_activating_needs_a_reason_and_a_version_that_is_there() -> None:
    made()
    with on_day(2), pytest.raises(Refused) as refusal:
        policies.activate(SUE, version=2, note=" ")
    assert refusal.value.rule == "note"
    with on_day(2), pytest.raises(NotFound, match="no policy 3"):
        policies.activate(SUE, version=3, note="n")
    with pytest.raises(NotFound, match="no policy 3"):
        text_of(3)


def test_the_events_hold_numbers_and_digests_and_no_text() -> None:
    made()
    activated(2)
    edit, activate = Event.select().order_by(Event.seq.desc()).limit(2)[::-1]
    assert (edit.verb, activate.verb) == ("policy edit", "policy activate")
    assert "Sellers" not in activate.body and '"version":2' in activate.body.replace(" ", "")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE policy_version SET body = 'x' WHERE version = 1",
        "DELETE FROM policy_version WHERE version = 2",
        "INSERT INTO policy_version (version, body, made_by) VALUES (4, 'x', '')",
        "INSERT INTO policy_version (version, body, made_by) VALUES (2, 'x', '')",
    ],
)
def test_the_store_itself_refuses_to_change_a_version_or_to_leave_one_out(statement: str) -> None:
    made()
    with pytest.raises(peewee.PeeweeException), engine.atomic():
        engine.execute_sql(statement)
    assert [each.version for each in versions()] == [1, 2]


def test_doctor_sees_that_a_version_was_changed_behind_our_back() -> None:
    made()
    found = {each.what: each for each in health.findings()}
    assert found["policies"].is_good and "new cases follow 1" in found["policies"].said
    if not database.is_sqlite():
        return
    engine.execute_sql("DROP TRIGGER policy_version_is_not_changed")
    engine.execute_sql("UPDATE policy_version SET body = body || ' ' WHERE version = 2")
    found = {each.what: each for each in health.findings()}
    assert (found["policies"].is_good, found["policies"].said) == (False, "changed since they were made: 2")


def test_another_store_has_versions_of_its_own(store: Location, tmp_path_factory: pytest.TempPathFactory) -> None:
    made()
    assert policy(2).clocks[ClockKind.REVIEW] == timedelta(days=4)
    other = f"sqlite:///{tmp_path_factory.mktemp('other') / 'store.db'}"
    database.create_store(other)
    database.open_store(other)
    with pytest.raises(NotFound):
        policy(2)
    database.close_store()
    database.open_store(store.url)
    assert policy(2).clocks[ClockKind.REVIEW] == timedelta(days=4)


SHORTER = SHIPPED.replace('seller_response = "5d"', 'seller_response = "3d"')


def test_open_cases_go_over_to_another_policy_each_by_an_event_of_its_own() -> None:
    made()
    cases = [a_case(ref=f"D-{number}", order_ref=f"O-{number}") for number in range(3)]
    with on_day(1):
        moving.withdraw(ANNA, case=cases[0], note="It came.")
        before = events()
        planned = list(policies.to_apply(SUE, version=2))
        assert [each.dispute_id for each in planned] == cases[1:]
        rows = [row for each in planned for row in each.rows()]
        assert (f"C{cases[1]}", "seller_response", day(5), day(7), "") in rows
        assert (events(), stored(cases[1]).policy_version) == (before, 1)
        done = list(policies.apply(SUE, version=2))
        assert [(each.case, each.moves, each.refusal) for each in done] == [
            (each.dispute_id, each.moves, "") for each in planned
        ]
        assert events() == before + 2
        assert list(policies.apply(SUE, version=2)) == [], "a second run finds nothing to do"
    for case in cases[1:]:
        after = assert_replays(case)
        assert (after.policy_version, stored(case).policy_version) == (2, 2)
        assert stored(case).seller_due_at == stored(case).seller_awaited_due_at == day(7)
    assert assert_replays(cases[0]).policy_version == 1
    event = Event.select().where(Event.dispute == cases[1]).order_by(Event.seq.desc()).first()
    assert (event.verb, event.actor) == ("apply-policy", "sue")


def test_only_the_cases_of_the_query_go_over() -> None:
    made(SHORTER)
    one, other = a_case(ref="D-1"), a_case(ref="D-2", order_ref="O-2", reason="damaged/item_damaged")
    with on_day(4):
        (planned,) = policies.to_apply(SUE, version=2, where="reason:damaged")
        assert [row[1:] for row in planned.rows()] == [
            ("seller_response", day(5), day(5), "would have run out by now: keeps its due instant")
        ]
        (done,) = policies.apply(SUE, version=2, where="reason:damaged")
        assert (done.case, done.moves[0].is_kept) == (other, True)
        with pytest.raises(Misused):
            policies.to_apply(SUE, version=2, where="colour:red")
        with pytest.raises(NotFound):
            policies.apply(SUE, version=3)
        for actor in (ANNA, ADA):
            with pytest.raises(NotAllowed):
                policies.to_apply(actor, version=2)
            with pytest.raises(NotAllowed):
                policies.apply_to(actor, case=one, version=2)
    assert (stored(one).policy_version, stored(other).policy_version) == (1, 2)


def test_a_case_that_was_closed_in_the_meantime_stays_as_it_is() -> None:
    made()
    case = a_case()
    with on_day(1):
        run = policies.apply(SUE, version=2)
        moving.withdraw(ANNA, case=case, note="It came.")
        (left,) = run
    assert (left.case, left.moves) == (case, ()) and "closed" in left.refusal
    assert assert_replays(case).policy_version == 1
