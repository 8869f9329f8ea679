"""How much may be on its way to a terminal, told by its answers alone."""

from __future__ import annotations

from console.flow import ASK_EACH_BYTES, LEAST_ROOM, LOST_AFTER_SECONDS, QUESTION, Flow


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def answering(clock: Clock) -> Flow:
    flow = Flow(clock)
    assert flow.sent(ASK_EACH_BYTES) == QUESTION
    flow.answered()
    return flow


def fill(flow: Flow) -> int:
    """Send pages until the terminal is behind; how many bytes that took."""
    sent = 0
    while not flow.is_behind:
        flow.sent(ASK_EACH_BYTES)
        sent += ASK_EACH_BYTES
    return sent


def test_small_frames_are_not_asked_after() -> None:
    flow = answering(Clock())
    assert flow.sent(ASK_EACH_BYTES // 2) == ""
    assert not flow.waits
    assert flow.sent(ASK_EACH_BYTES // 2) == QUESTION
    assert flow.waits


def test_who_never_answers_is_asked_once_and_never_behind() -> None:
    flow = Flow(Clock())
    asked = [flow.sent(ASK_EACH_BYTES) for _ in range(1000)]
    assert asked.count(QUESTION) == 1
    assert not flow.is_behind and not flow.waits


def test_so_much_is_on_its_way_and_no_more_until_an_answer_comes() -> None:
    flow = answering(Clock())
    fill(flow)
    flow.answered()
    flow.answered()
    assert not flow.is_behind


def test_late_answers_leave_less_room_and_prompt_ones_more() -> None:
    clock = Clock()
    slow, quick = answering(clock), answering(clock)
    before = fill(slow)
    assert fill(quick) == before
    while quick.waits:
        quick.answered()
    clock.now += 1.0
    while slow.waits:
        slow.answered()
    assert fill(slow) == LEAST_ROOM + ASK_EACH_BYTES
    assert fill(quick) > before


def test_an_answer_that_is_lost_is_waited_for_a_while() -> None:
    clock = Clock()
    flow = answering(clock)
    fill(flow)
    clock.now += LOST_AFTER_SECONDS / 2
    assert not flow.give_up() and flow.is_behind
    clock.now += LOST_AFTER_SECONDS
    assert flow.give_up() and not flow.is_behind


def test_an_answer_that_nobody_asked_for_counts_for_nothing() -> None:
    flow = Flow(Clock())
    flow.answered()
    assert not flow.waits and not flow.is_behind


def test_at_the_end_nothing_more_is_asked() -> None:
    flow = answering(Clock())
    flow.stop()
    assert flow.sent(10 * ASK_EACH_BYTES) == ""
