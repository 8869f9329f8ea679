"""The check that a race of agents is held to finds what is lost, made up, or done twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.database import Location
from models.operations import assigning
from models.operations.change import Change
from tests.bench.history import Told, Verdict, judged, told_in
from tests.operations.desk import ANNA, BEN, SUE, a_case, on_day, people


@pytest.fixture
def claimed(store: Location) -> list[Change]:
    """Anna has claimed two cases, Ben one."""
    people()
    cases = [a_case(ref=f"D-{number}", order_ref=f"O-{number}") for number in range(3)]
    with on_day(1):
        return [assigning.claim(actor, case=case) for actor, case in zip((ANNA, ANNA, BEN), cases, strict=True)]


def account(login: str, *changes: Change, unknown: tuple[str, int | None] | None = None) -> Told:
    done = tuple((change.event_seq or 0, "claim", change.dispute_id) for change in changes)
    return Told(login, done, unknown)


def verdict(*accounts: Told) -> Verdict:
    return judged(accounts)


def test_what_everybody_tells_truly_is_sound(claimed: list[Change]) -> None:
    found = verdict(account("anna", *claimed[:2]), account("ben", claimed[2]))
    assert found.is_sound
    assert (found.writes, found.unknown, found.unknown_done) == (3, 0, 0)


def test_what_was_acknowledged_and_is_not_there_is_lost(claimed: list[Change]) -> None:
    never = replace(claimed[0], event_seq=(claimed[2].event_seq or 0) + 1)
    assert verdict(account("anna", *claimed[:2], never), account("ben", claimed[2])).lost == (never.event_seq,)
    elsewhere = replace(claimed[2], dispute_id=claimed[0].dispute_id)
    assert verdict(account("anna", *claimed[:2]), account("ben", elsewhere)).lost == (claimed[2].event_seq,)
    stolen = verdict(account("anna", *claimed[:2]), account("ben", claimed[1]))
    assert stolen.lost == (claimed[1].event_seq,)
    assert stolen.untold == (claimed[2].event_seq,)


def test_a_write_that_was_cut_off_is_there_once_or_not_at_all(claimed: list[Change]) -> None:
    ben = account("ben", claimed[2])
    done = verdict(account("anna", claimed[0], unknown=("claim", None)), ben)
    assert (done.is_sound, done.unknown, done.unknown_done) == (True, 1, 1)
    not_done = verdict(account("anna", *claimed[:2], unknown=("decide", claimed[0].dispute_id)), ben)
    assert (not_done.is_sound, not_done.unknown, not_done.unknown_done) == (True, 1, 0)
    both = verdict(account("anna", unknown=("claim", None)), ben)
    assert both.untold == (claimed[1].event_seq,)
    another = verdict(account("anna", claimed[0], unknown=("claim", claimed[0].dispute_id)), ben)
    assert another.untold == (claimed[1].event_seq,)


def test_a_case_that_two_were_given_is_found(claimed: list[Change]) -> None:
    with on_day(2):
        assigning.release(SUE, case=claimed[0].dispute_id, note="n")
        again = assigning.claim(BEN, case=claimed[0].dispute_id)
    found = verdict(account("anna", *claimed[:2]), account("ben", claimed[2], again))
    assert found.twice == (claimed[0].dispute_id,)
    assert not found.is_sound


def test_a_file_that_ends_in_the_middle_tells_what_it_can() -> None:
    lines = [
        '{"about": "claim"}\n',
        '{"did": "claim", "case": 3, "seq": 9, "took": 0.1}\n',
        '{"about": "decide", "case": 3}\n',
    ]
    assert told_in("anna", lines) == Told("anna", ((9, "claim", 3),), ("decide", 3))
    assert told_in("anna", [*lines, '{"did": "dec']) == Told("anna", ((9, "claim", 3),), ("decide", 3))
    assert told_in("anna", lines[:2]) == Told("anna", ((9, "claim", 3),))
