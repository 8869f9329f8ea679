"""Cases from a file, against the driver alone writing the same rows into tables without indexes."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import apsw

from models import clock
from models.database import create_store, open_store
from models.imported import ImportedCase
from models.operations.agents import found
from models.operations.importing import Source, import_cases
from models.rules import money
from models.tables import ALL
from seed.demo import bulk
from seed.files import read_cases
from tests.bench.figure import Figure, compared, pair, seconds, shown
from tests.bench.start import memory
from tests.bench.store import Store

ROUNDS, MOST_CASES, LOOK_SECONDS = 3, 20_000, 0.1
RENAMED = {
    "ref": "case_ref", "notified_at": "seller_notified_at", "responded_at": "seller_responded_at",
    "response": "seller_response",
}  # fmt: skip
MONEY = {
    "amount_minor": "amount",
    "requested_minor": "requested_amount",
    "refund_minor": "refund_amount",
    "paid_minor": "paid_total",
}
LEFT_OUT = ("needs_triage", "seller_has_no_clock", "resolution_has_no_clock", "marks", "source")


def figures(store: Store) -> Iterator[Figure]:
    cases = min(store.cases, MOST_CASES)
    file = store.folder / "cases.csv"
    write_file(file, cases)
    rounds = []
    for number in range(ROUNDS):
        path = store.folder / f"imported-{number}.db"
        ours = seconds_of_import(store, file, path)
        rounds.append((ours, seconds_of_floor(path, store.folder / f"floor-{number}.db")))
    open_store(store.url)
    measured = pair(rounds)
    rate = f"{shown(cases / measured.ours, '/s')} rows, {shown(cases / measured.floor, '/s')} without checks"
    yield compared(f"import of {cases:,} rows ({rate})", measured, "s", "≤ 4.5")
    most = most_memory(store, file)
    yield Figure(f"import of {cases:,} rows, memory of both processes (PSS)", f"{most:.1f} MiB", reach="≤ 64 MiB")


def seconds_of_import(store: Store, file: Path, path: Path) -> float:
    """A new store, the file read, checked and written, events and raw rows with it."""
    create_store(f"sqlite:///{path}")
    open_store(f"sqlite:///{path}")
    found(store.actor.login, "Maya")

    def work() -> None:
        with read_cases(str(file)) as read:
            result = import_cases(store.actor, Source(read.name, read.sha256, read.source), read.rows())
        assert result.created == result.rows, result

    return seconds(work)


def most_memory(store: Store, file: Path) -> float:
    """MiB of the command and of the process that reads the file for it; what both share counts once."""
    url = f"sqlite:///{store.folder / 'remembered.db'}"
    command = [sys.executable, "-m", "console", "--db", url, "--as", store.actor.login]
    environment = {**os.environ, **store.environment}
    subprocess.run([*command, "init"], env=environment, check=True, stdout=subprocess.DEVNULL)
    running = subprocess.Popen([*command, "import", str(file)], env=environment, stdout=subprocess.DEVNULL)
    most = 0.0
    while running.poll() is None:
        with suppress(OSError, LookupError):  # it may end while it is looked at
            children = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()
            most = max(most, sum(map(memory, [running.pid, *map(int, children)])))
        time.sleep(LOOK_SECONDS)
    assert running.returncode == 0
    return most


def seconds_of_floor(stored: Path, path: Path) -> float:
    """The very rows that the import made, ready in memory, in one transaction."""
    with apsw.Connection(str(stored), flags=apsw.SQLITE_OPEN_READONLY) as reader:
        tables = {
            table._meta.table_name: list(reader.execute(f'SELECT * FROM "{table._meta.table_name}"')) for table in ALL
        }
    writer = apsw.Connection(str(path))
    writer.execute("PRAGMA journal_mode = wal; PRAGMA synchronous = full")
    filled = {name: rows for name, rows in tables.items() if rows}
    for name, rows in filled.items():
        writer.execute(f'CREATE TABLE "{name}" ({", ".join(f"c{number}" for number in range(len(rows[0])))})')

    def work() -> None:
        with writer:
            for name, rows in filled.items():
                writer.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(rows[0]))})', rows)

    try:
        return seconds(work)
    finally:
        writer.close()


def write_file(path: Path, cases: int) -> None:
    now = clock.now()
    told = bulk.history("bench", cases, 1, now - timedelta(days=300), now)
    names = [each.name for each in fields(ImportedCase) if each.name not in LEFT_OUT]
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([MONEY.get(name) or RENAMED.get(name, name) for name in names])
        writer.writerows([_cell(name, getattr(case, name), case) for name in names] for case in told)


def _cell(name: str, value: Any, case: ImportedCase) -> str:
    if value is None:
        return ""
    if name in MONEY:
        return money.text(value, case.currency)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}"
    return " ".join(value) if isinstance(value, tuple) else str(value)
