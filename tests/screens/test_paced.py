"""What takes long is not read at each act of others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from screens.shared import paced
from screens.shared.paced import REST, Paced


class Desk:
    """Time that stands still unless it is moved, and what was asked to happen later."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        self.started = 0
        self.later: list[tuple[float, Callable[[], None]]] = []
        monkeypatch.setattr(paced, "monotonic", lambda: self.now)
        self.pace = Paced(self.start, lambda seconds, task: self.later.append((seconds, task)))

    def start(self) -> None:
        self.started += 1

    def read(self, seconds: float) -> None:
        with self.pace.running():
            self.now += seconds


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch)


def test_a_quick_reading_is_done_at_each_act(desk: Desk) -> None:
    for number in range(1, 4):
        desk.pace.ask()
        assert desk.started == number
        desk.read(0.003)
    assert desk.later == []


def test_a_long_one_rests_and_then_reads_once_for_all_acts(desk: Desk) -> None:
    desk.pace.ask()
    desk.read(1.0)
    for _ in range(5):
        desk.now += 1
        desk.pace.ask()
    assert desk.started == 1 and desk.pace.is_busy
    ((seconds, task),) = desk.later
    assert seconds == REST - 1
    desk.now += seconds
    task()
    assert desk.started == 2 and not desk.pace.is_busy


def test_an_act_during_a_reading_is_read_after_it(desk: Desk) -> None:
    desk.pace.ask()
    with desk.pace.running():
        desk.pace.ask()
        desk.pace.ask()
        desk.now += 0.01
    assert desk.started == 1
    ((seconds, task),) = desk.later
    assert 0 < seconds < 0.1, "a timer that is due at once ends the application when it is late"
    task()
    assert desk.started == 2


def test_a_reading_that_gave_way_to_another_does_not_end_it(desk: Desk) -> None:
    with desk.pace.running():
        with desk.pace.running():
            pass
        desk.pace.ask()
        assert desk.started == 0 and desk.later == []
    assert len(desk.later) == 1
