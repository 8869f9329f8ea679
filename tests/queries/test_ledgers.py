"""Who had the ball of stored cases, one by one and in batches."""

from __future__ import annotations

import random

from playhouse.test_utils import count_queries

from models import clock
from models.database import Location
from models.queries.case_file import case_file
from models.queries.history import acts_of
from models.queries.ledgers import booked_of, view_of
from models.rules.ledger import ledger
from models.vocabulary import ClockKind
from tests.queries.cases import NOW, add, some_case


def test_a_batch_is_told_as_each_case_is(store: Location) -> None:
    rng = random.Random(11)
    made = add(some_case(rng, number) for number in range(60))
    with count_queries() as counter:
        found = booked_of([each.id for each in made], NOW)
    assert (set(found), counter.count) == ({each.id for each in made}, 1)
    blamed = 0
    for each in made:
        booked, file = found[each.id], case_file(each.id, NOW)
        assert booked.ledger == ledger(acts_of(each.id), NOW)
        assert file.ledger == view_of(booked.ledger)
        assert sum(share.seconds for share in file.ledger.shares) == file.ledger.seconds
        late = {clock.number for clock in each.case.clocks if clock.is_breached(NOW)}
        if booked.out_of_reach:
            promise = each.case.running(ClockKind.RESOLUTION)
            assert promise is not None and booked.out_of_reach.due_at == promise.due_at
            late.add(promise.number)
        assert {clock.number: clock.booked_to for clock in file.clocks if clock.booked_to} == booked.blame
        assert set(booked.blame) == late
        blamed += len(late)
    assert blamed > 10, "some promises were broken"
    assert booked_of([], NOW) == {}


def test_now_is_when_the_case_is_read(store: Location) -> None:
    (made, *_) = add([some_case(random.Random(3), 1)])
    with clock.stands_at(NOW):
        file = case_file(made.id)
    assert file.ledger is not None and (file.ledger.is_over or file.ledger.to_at == NOW)
