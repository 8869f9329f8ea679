"""Sweeps at once, beside agents, killed, with a statement that fails: each step is done once, whole or not at all."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable

import pytest

from models import clock
from models.database import Location
from models.errors import StoreUnavailable
from models.operations import sweeping
from models.queries.audit import verify
from models.queries.due_cases import Step
from models.tables import Event
from tests.operations.desk import SUE, assert_replays, day, people
from tests.operations.falling_due import PREPARED, all_prepared, assert_sound, events_of_sweep, offered, silent, swept
from tests.operations.faults import failing_at, snapshot
from tests.operations.worker import Worker, workers


@pytest.fixture(autouse=True)
def _people(store: Location) -> None:
    people()


def race(racers: list[Worker], verb: str, case: int = 0) -> list[dict[str, object]]:
    for racer in racers:
        racer.tell(verb, case)
    return [racer.hear() for racer in racers]


def told_by(answers: list[dict[str, object]]) -> Counter[str]:
    said = (str(answer["did"]).removeprefix("steps ") for answer in answers)
    return Counter(step for text in said for step in text.split("; ") if step)


def test_several_sweeps_at_once_do_everything_once(store: Location) -> None:
    expected = all_prepared()
    for number in range(12):
        expected[f"C{silent(f's{number}')}"] = ["auto-escalate"]
    with workers(store.url, "sue", "tom", "anna") as racers:
        told = told_by(race(racers, "sweep"))
    assert told == Counter(f"{case} {what}" for case, whats in expected.items() for what in whats)
    assert len(events_of_sweep()) == sum(map(len, expected.values()))
    assert_sound()


def test_an_agent_and_a_sweep_on_one_case_do_not_overwrite_each_other(store: Location) -> None:
    cases = [silent(str(number)) for number in range(8)]
    with workers(store.url, "anna", "sue") as (anna, sue):
        for case in cases:
            anna.tell("note", case)
        sue.tell("sweep")
        assert all("did" in anna.hear() for _ in cases)
        assert len(told_by([sue.hear()])) == len(cases)
    assert_sound()
    assert Event.select().where(Event.verb == "note").count() == len(cases)


def test_a_sweep_that_is_killed_is_simply_run_again(store: Location) -> None:
    for number in range(24):
        silent(f"s{number}")
    for number in range(6):
        offered(f"o{number}")
    for done_before in (1, 4, 5, 11, 18):
        with workers(store.url, "sue") as (worker,):
            worker.tell("sweep")
            while len(events_of_sweep()) < done_before:
                pass
            worker.process.send_signal(signal.SIGKILL)
            worker.process.wait()
        assert_sound()
    assert len(events_of_sweep()) < 36, "each kill met it at work"
    swept(60)
    assert Counter(verb for _, verb in events_of_sweep()) == {"auto-escalate": 30, "expire": 6}
    assert_sound()


@pytest.mark.parametrize("prepare", [prepare for prepare, _ in PREPARED], ids=lambda prepare: prepare.__name__)
def test_a_sweep_whose_nth_statement_fails_does_a_step_whole_or_not_at_all(prepare: Callable[[], int]) -> None:
    case = prepare()
    for number in range(1, 80):
        before, stood = snapshot(), len(events_of_sweep())
        told: list[Step] = []
        with failing_at(number) as plan:
            try:
                with clock.stands_at(day(60)):
                    told += sweeping.sweep(SUE)
            except StoreUnavailable:
                assert plan.has_failed
        written = len(events_of_sweep()) - stood
        assert written == len([step for step in told if not step.failed]), "whatever was told stands, and no more"
        assert written or not plan.has_failed or snapshot() == before
        assert_replays(case)
        assert verify().first_bad_seq is None
        if not plan.has_failed:
            break
    assert not plan.has_failed and number > 3
    assert len(events_of_sweep()) == len(dict(PREPARED)[prepare])
