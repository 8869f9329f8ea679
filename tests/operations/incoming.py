"""Files for an import, from rows that differ from one good row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from models.operations.importing import ImportResult, Source, import_cases
from seed.files import read_cases
from tests.files.sample import GOOD, write_csv
from tests.operations.desk import SUE, on_day


def bring(folder: Path, *changes: dict[str, str], on: float = 20, **options: Any) -> ImportResult:
    """Import a CSV file of the good row with each of `changes`, on that day."""
    path = write_csv(folder, *(GOOD | change for change in changes))
    return bring_file(path, on=on, **options)


def bring_file(path: Path, *, on: float = 20, **options: Any) -> ImportResult:
    with on_day(on), read_cases(str(path)) as file:
        return import_cases(SUE, Source(file.name, file.sha256, file.source), file.rows(), **options)


def verdicts(result: ImportResult) -> tuple[int, int, int, int]:
    """How many were created, updated, unchanged and rejected."""
    assert result.rows == result.created + result.updated + result.unchanged + result.rejected
    return result.created, result.updated, result.unchanged, result.rejected
