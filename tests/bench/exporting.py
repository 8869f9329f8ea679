"""The report of decisions as files: CSV against a plain writer over the driver and against SQLite's own shell, a
workbook against its library alone."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from xlsxwriter import Workbook

from console.output.page import Page
from console.output.write import OF_DATA, Format, write_page
from models.queries.reports import DECISIONS, read
from tests.bench.figure import Figure, alternated, compared, seconds
from tests.bench.store import Store

MANY = 200_000
"""Decisions that take minutes to export: one round of them says enough, and a workbook holds no more."""
HIGH_WATER = re.compile(r"VmHWM:\s+([0-9]+) kB")
LOOK_SECONDS = 0.02
SAME_ROWS = """
SELECT d.id, d.source, d.ref, o.ref, d.reason, s.ref, b.ref, d.amount_minor, d.outcome, d.refund_minor, d.currency,
d.payer, r.findings, r.maker, r.approver, d.opened_at, d.decided_at, d.decided_at - d.opened_at,
(SELECT max(t.ended_as = 'missed') FROM timer t WHERE t.dispute_id = d.id AND t.kind = 'seller_response'),
(SELECT max(t.ended_as = 'missed') FROM timer t WHERE t.dispute_id = d.id AND t.kind = 'resolution'), r.note
FROM dispute d JOIN purchase o ON o.id = d.order_id JOIN party b ON b.id = d.buyer_id JOIN party s ON s.id = d.seller_id
LEFT JOIN decision r ON r.dispute_id = d.id AND r.standing IN ('issued', 'agreed')
WHERE d.decided_at IS NOT NULL AND d.outcome IS NOT NULL ORDER BY d.decided_at, d.id
"""


def figures(store: Store) -> Iterator[Figure]:
    out = store.folder / "decisions"
    driver = store.driver()
    count = int(next(driver.execute("SELECT count(*) FROM dispute WHERE outcome IS NOT NULL"))[0])
    driver.close()
    rows, rounds = f"{count:,} decisions", 3 if count < MANY else 1
    plain = alternated(
        lambda: seconds(lambda: _report(store, Format.CSV, out)), lambda: seconds(lambda: _plain(store, out)), rounds
    )
    yield compared(f"{rows} as CSV, against csv.writer over the driver", plain, "s")
    shell = shutil.which("sqlite3")
    if shell is not None:
        program = shell
        own = alternated(
            lambda: seconds(lambda: _report(store, Format.CSV, out)),
            lambda: seconds(lambda: _shell(program, store, out)),
            rounds,
        )
        yield compared(f"{rows} as CSV, against sqlite3 -csv", own, "s", "≤ 4")
    yield Figure(f"{rows} as CSV, peak memory of the command", _peak(store, Format.CSV, out), reach="≤ 64 MiB")
    if count >= MANY:
        return
    yield Figure(f"{rows} as a workbook, peak memory of the command", _peak(store, Format.XLSX, out), reach="≤ 64 MiB")
    book = alternated(
        lambda: seconds(lambda: _report(store, Format.XLSX, out)),
        lambda: seconds(lambda: _workbook(store, out)),
        rounds,
    )
    yield compared(f"{rows} as a workbook, against XlsxWriter over the driver", book, "s", "≤ 2")


def _report(store: Store, format: Format, out: Path) -> None:
    reading = read(DECISIONS, store.actor, has_totals=format not in OF_DATA)
    write_page(reading.rows, reading.columns, Page(), format=format, out=out)


def _peak(store: Store, format: Format, out: Path) -> str:
    """Of the whole program, the interpreter too. What a parent is told counts itself, from before it became another."""
    command = [sys.executable, "-m", "console", "--db", store.url, "--as", store.actor.login, "report", "decisions"]
    running = subprocess.Popen(
        [*command, "--format", format, "--out", str(out)],
        env={**os.environ, **store.environment},
        stdout=subprocess.DEVNULL,
    )
    most = 0
    while running.poll() is None:
        if found := HIGH_WATER.search(Path(f"/proc/{running.pid}/status").read_text()):  # gone where it is ending
            most = int(found[1])
        time.sleep(LOOK_SECONDS)
    assert running.returncode == 0
    return f"{most / 1024:.1f} MiB"


def _plain(store: Store, out: Path) -> None:
    driver = store.driver()
    with out.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(driver.execute(SAME_ROWS))
    driver.close()


def _shell(program: str, store: Store, out: Path) -> None:
    with out.open("wb") as file:
        subprocess.run([program, "-readonly", "-csv", str(store.path), SAME_ROWS], stdout=file, check=True)


def _workbook(store: Store, out: Path) -> None:
    driver = store.driver()
    with Workbook(str(out), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(driver.execute(SAME_ROWS)):
            sheet.write_row(number, 0, row)
    driver.close()
