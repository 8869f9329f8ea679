"""Our dataclasses mean what the standard library's mean."""

from __future__ import annotations

import dataclasses
import pickle
from collections.abc import Callable
from copy import copy, deepcopy
from dataclasses import FrozenInstanceError, field, replace
from typing import Any

import pytest

from models import dataclass as ours

Decorator = Callable[..., Any]


def frozen(dataclass: Decorator) -> type[Any]:
    @dataclass(frozen=True, slots=True)
    class Case:
        code: str
        amount: int = 0
        tags: list[str] = field(default_factory=list, compare=False)
        note: str = field(default="", repr=False)

    return Case


def by_name(dataclass: Decorator) -> type[Any]:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Case:
        amount: int = 0
        code: str

        def __post_init__(self) -> None:
            if not self.code:
                raise ValueError("no code")

    return Case


def changing(dataclass: Decorator) -> type[Any]:
    @dataclass(slots=True)
    class Case:
        code: str
        amount: int = 0
        tags: list[str] = field(default_factory=list)

    return Case


def inherited(dataclass: Decorator) -> type[Any]:
    @dataclass(frozen=True, slots=True)
    class Base:
        code: str
        amount: int = 0

        def __repr__(self) -> str:
            return f"<{self.code}>"

    @dataclass(frozen=True, slots=True)
    class Case(Base):
        side: str = "buyer"

    return Case


def empty(dataclass: Decorator) -> type[Any]:
    @dataclass(frozen=True, slots=True)
    class Case:
        pass

    return Case


SHAPES = pytest.mark.parametrize("shape", [frozen, by_name, changing, inherited, empty])
GIVEN: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    ((), {}),
    (("C1",), {}),
    (("C1", 5), {}),
    (("C1", 5, ["a"]), {}),
    (("C1",), {"amount": 5}),
    ((), {"code": "C1"}),
    ((), {"code": "", "amount": 5}),
    ((), {"code": "C1", "amount": 5, "tags": ["b"]}),
    ((), {"code": "C1", "other": 1}),
    (("C1",), {"code": "C1"}),
]
"""Some fit a shape, others do not."""


def said(work: Callable[[], object]) -> object:
    """What came of it, without the place in which its class was written."""
    try:
        found = work()
    except (TypeError, ValueError, AttributeError) as error:
        return type(error), str(error)
    return found if isinstance(found, bool) else repr(found)


@SHAPES
@pytest.mark.parametrize(("given", "named"), GIVEN)
def test_the_same_arguments_make_the_same(
    shape: Callable[[Decorator], type[Any]], given: tuple[Any, ...], named: dict[str, Any]
) -> None:
    our, its = shape(ours.dataclass), shape(dataclasses.dataclass)
    for number in range(ours.OFTEN + 1):  # the last are compiled
        assert said(lambda: our(*given, **named)) == said(lambda: its(*given, **named)), number


@SHAPES
def test_fields_and_patterns_are_the_same(shape: Callable[[Decorator], type[Any]]) -> None:
    our, its = shape(ours.dataclass), shape(dataclasses.dataclass)
    assert our.__match_args__ == its.__match_args__
    assert [each.name for each in dataclasses.fields(our)] == [each.name for each in dataclasses.fields(its)]
    assert hasattr(our, "__dict__") == hasattr(its, "__dict__")


@SHAPES
@pytest.mark.parametrize(("given", "named"), GIVEN)
def test_objects_behave_the_same(
    shape: Callable[[Decorator], type[Any]], given: tuple[Any, ...], named: dict[str, Any]
) -> None:
    def told(dataclass: Decorator) -> list[object]:
        kind = shape(dataclass)
        try:
            first, second = kind(*given, **named), kind(*given, **named)
        except (TypeError, ValueError):
            return []
        return [
            first == second,
            first == object(),
            said(lambda: first == replace(first, amount=9)),
            said(lambda: hash(first) == hash(second)),
            *(said(lambda name=each.name: setattr(first, name, "C2")) for each in dataclasses.fields(kind)),  # type: ignore[misc]
            *(said(lambda name=each.name: delattr(first, name)) for each in dataclasses.fields(kind)),  # type: ignore[misc]
            said(lambda: copy(second)),
            said(lambda: deepcopy(second) == copy(second)),
        ]

    assert told(ours.dataclass) == told(dataclasses.dataclass)


@ours.dataclass(frozen=True, slots=True)
class Kept:
    code: str
    tags: tuple[str, ...] = ()


def test_what_was_kept_comes_back_and_is_still_frozen() -> None:
    found = pickle.loads(pickle.dumps(Kept("C1", ("a",))))
    assert found == Kept("C1", ("a",))
    with pytest.raises(FrozenInstanceError):
        found.code = "C2"


@SHAPES
def test_its_methods_are_those_of_its_fields_before_any_object_was_made(
    shape: Callable[[Decorator], type[Any]],
) -> None:
    our, its = shape(ours.dataclass), shape(dataclasses.dataclass)
    assert dataclasses.is_dataclass(our) and our.__qualname__ == its.__qualname__ and our.__doc__ != ""
    assert [(each.name, each.default, each.kw_only, each.compare, each.repr) for each in dataclasses.fields(our)] == [
        (each.name, each.default, each.kw_only, each.compare, each.repr) for each in dataclasses.fields(its)
    ]


def test_every_object_has_a_list_of_its_own() -> None:
    kind = frozen(ours.dataclass)
    kind("C1").tags.append("a")
    assert kind("C2").tags == []
