"""An import of any length needs the same memory."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterator

from models import database
from models.imported import ReadRow
from models.operations.importing import CHUNK, import_cases
from tests.operations.desk import FILE, SUE, on_day, people, row, told


def test_an_import_of_any_length_needs_the_same_memory(sqlite_url: str) -> None:
    database.open_store(sqlite_url)
    people()
    with on_day(20):
        peak_of("warm", chunks=1)
        assert peak_of("long", chunks=6) < peak_of("short", chunks=2) * 1.5


def peak_of(ref: str, *, chunks: int) -> int:
    """The most memory that Python held while so many chunks came in."""
    gc.collect()
    tracemalloc.start()
    try:
        import_cases(SUE, FILE, rows(ref, chunks * CHUNK))
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def rows(ref: str, count: int) -> Iterator[ReadRow]:
    for number in range(count):
        yield row(told(ref=f"{ref}-{number}", order_ref=f"O-{ref}-{number}", description="x" * 500), number + 1)
