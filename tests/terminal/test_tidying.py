"""Rings of objects are gone after a look, although the collector never looks by itself."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from console.tidying import WORTH_A_LOOK, Tidying


class Ring:
    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def by_hand() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def test_what_was_made_since_the_last_look_goes() -> None:
    tidying, rings = Tidying(), [Ring() for _ in range(WORTH_A_LOOK + 1)]
    first = weakref.ref(rings[0])
    del rings
    tidying.tidy()
    assert first() is None


def test_nobody_who_types_waits_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    tidying, screen = Tidying(), Ring()
    seen = weakref.ref(screen)
    del screen
    tidying.closed()
    tidying.typed()
    monkeypatch.setattr("console.tidying.QUIET_SECONDS", 1000.0)
    tidying.tidy()
    assert seen() is not None
    monkeypatch.setattr("console.tidying.QUIET_SECONDS", 0.0)
    tidying.tidy()
    assert seen() is None


def test_a_few_objects_are_not_worth_it() -> None:
    tidying, ring = Tidying(), Ring()
    seen = weakref.ref(ring)
    del ring
    tidying.tidy()
    assert seen() is not None


def test_what_a_screen_leaves_goes_however_old_it_is() -> None:
    tidying, screen = Tidying(), Ring()
    seen = weakref.ref(screen)
    gc.collect()
    del screen
    tidying.closed()
    tidying.tidy()
    assert seen() is None
