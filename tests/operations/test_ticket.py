"""The writer's ticket is held for as short as can be."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.ticket import ticket_path, writer_ticket


@pytest.fixture(autouse=True)
def _collecting() -> Iterator[None]:
    yield
    gc.enable()


def test_nothing_is_collected_while_others_wait(tmp_path: Path) -> None:
    with writer_ticket(tmp_path / "store.db"):
        assert not gc.isenabled()
        with writer_ticket(tmp_path / "store.db"):
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    assert ticket_path(tmp_path / "store.db").exists()


def test_a_write_that_fails_leaves_the_collector_as_it_was(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), writer_ticket(tmp_path / "store.db"):
        _ = 1 // 0
    assert gc.isenabled()
    gc.disable()
    with writer_ticket(tmp_path / "store.db"):
        assert not gc.isenabled()
    assert not gc.isenabled()
