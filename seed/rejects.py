"""Rejected rows as a file of their own: as they were, plus why, ready to be mended and sent again."""

from __future__ import annotations

import csv
import json
import os
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import IO

from models.errors import Misused
from models.formulas import guarded, unguarded
from models.imported import RawRow, Reject
from models.work_folder import work_folder
from seed.columns import REJECT_COLUMNS

UNFINISHED = ".disputes-rejects-"
"""How the folder begins in which the file is written, beside its place."""


class RejectsFile:
    """Use it in a `with` block: it appears under its name when the block ends well, whole, and else not at all.

    CSV has the input's columns and cells, in JSON Lines each row keeps its keys and values. Raises Misused where the
    file cannot be written.
    """

    def __init__(self, path: str, columns: Iterable[str], *, is_json: bool = False) -> None:
        self._path = path
        self._columns = tuple(columns)
        self._is_json = is_json
        self._file: IO[str] | None = None
        self._open = ExitStack()

    def __enter__(self) -> RejectsFile:
        try:
            os.stat(self._path)
        except FileNotFoundError:
            pass
        except (OSError, ValueError) as fault:  # told before the first row is written
            why = fault.strerror if isinstance(fault, OSError) else "that is no name of a file"
            raise Misused(f"{self._path!r} cannot be written: {why}.") from fault
        if os.path.isdir(self._path):
            raise Misused(f"{self._path!r} is a folder; name a file for the rejected rows.")
        beside = Path(self._path).absolute().parent
        if not beside.is_dir():
            raise Misused(f"{self._path!r} cannot be written: there is no folder {str(beside)!r}.")
        folder = self._open.enter_context(work_folder(beside, UNFINISHED))
        # Made with mode 0600, as rows of people are private.
        descriptor, self._waiting = tempfile.mkstemp(dir=folder)
        self._file = open(descriptor, "w", encoding="utf-8", newline="")
        if not self._is_json:
            self._csv = csv.writer(self._file, lineterminator="\r\n")
            self._csv.writerow([*self._columns, *REJECT_COLUMNS])
        return self

    def write(self, raw: RawRow, reject: Reject) -> None:
        if self._file is None:
            raise ValueError("a RejectsFile is written within its block")
        why = (reject.column, reject.rule, reject.message)
        if self._is_json:
            values = {key: value for key, value in raw.values.items() if key not in REJECT_COLUMNS}
            self._file.write(exact_json(values | dict(zip(REJECT_COLUMNS, why, strict=True))) + "\n")
        else:
            # Taken off first: a cell that came in guarded must not go out guarded twice.
            cells = [guarded(unguarded(str(raw.values.get(column, "")))) for column in self._columns]
            self._csv.writerow([*cells, *map(guarded, why)])

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        file, self._file = self._file, None
        if file is None:
            return
        try:
            with self._open, file:
                if kind is None:
                    file.flush()
                    os.fsync(file.fileno())
                    os.replace(self._waiting, self._path)
        except OSError as broken:
            raise Misused(f"{self._path!r} cannot be written: {broken.strerror}.") from broken


def exact_json(value: object) -> str:
    """JSON in which a number that was read as a Decimal stands as it was written, and nothing but ASCII."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(str(key))}: {exact_json(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(exact_json, value)) + "]"
    return json.dumps(value)
