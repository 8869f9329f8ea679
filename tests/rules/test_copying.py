"""A copy of a case is the same and shares nothing that an act could change."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from models.rules import effects
from models.rules.copying import copied
from models.rules.pauses import Pause
from tests.queries.cases import some_case


def changeable(value: Any) -> Iterator[Any]:
    """Everything within `value` that can be changed in place."""
    if isinstance(value, list | dict):
        yield value
        for each in value.values() if isinstance(value, dict) else value:
            yield from changeable(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from changeable(each)
    elif is_dataclass(value):
        kind: Any = type(value)
        if kind.__hash__ is None:
            yield value
        for field in fields(value):
            yield from changeable(getattr(value, field.name))


@pytest.mark.parametrize("seed", range(30))
def test_a_copy_is_equal_and_apart(seed: int) -> None:
    case = effects.replayed(some_case(random.Random(seed), seed)[1])
    copy = copied(case)
    assert copy == case
    assert not {id(each) for each in changeable(case)} & {id(each) for each in changeable(copy)}


def test_cases_of_the_test_hold_what_can_be_changed() -> None:
    cases = [effects.replayed(some_case(random.Random(seed), seed)[1]) for seed in range(30)]
    kinds = {type(each) for case in cases for each in changeable(case)}
    assert len(kinds) > 8
    assert Pause in kinds
