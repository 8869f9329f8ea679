"""Rows to start from: one good case, and ways to write files of it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from models.imported import ImportedCase, ReadRow, Reject
from seed.files import read_cases

GOOD = {
    "case_ref": "D-1",
    "order_ref": "O-1",
    "opened_at": "2026-03-01T09:00:00Z",
    "buyer_ref": "b1",
    "seller_ref": "s1",
    "reason": "not_received/lost",
    "amount": "12.50",
    "currency": "USD",
}


def csv_text(*rows: dict[str, str], delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    keys = list(dict.fromkeys(key for row in rows for key in row))
    writer = csv.DictWriter(out, keys, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def read(path: Path, **options: str) -> list[ReadRow]:
    with read_cases(str(path), **options) as file:
        return list(file.rows())


def write_csv(folder: Path, *rows: dict[str, str]) -> Path:
    path = folder / "cases.csv"
    path.write_text(csv_text(*rows), encoding="utf-8", newline="")
    return path


def write_jsonl(folder: Path, *rows: object) -> Path:
    path = folder / "cases.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def case(folder: Path, **changes: str) -> ImportedCase:
    """The good case with changes, as a row of CSV tells it."""
    (row,) = read(write_csv(folder, GOOD | changes))
    assert row.case is not None, row.reject
    return row.case


def rejected(folder: Path, **changes: str) -> Reject:
    (row,) = read(write_csv(folder, GOOD | changes))
    assert row.reject is not None
    return row.reject
