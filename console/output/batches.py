"""Rows by the thousand, so that a million do not fill the memory and no row costs a write of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

SIZE = 1000

T = TypeVar("T")


def batches(rows: Iterable[T]) -> Iterator[list[T]]:
    """Lists of `SIZE` and a shorter last one; none where there are no rows."""
    reading = iter(rows)
    while batch := list(islice(reading, SIZE)):
        yield batch
