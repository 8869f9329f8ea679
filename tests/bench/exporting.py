"""The report of decisions as files: CSV against a plain writer over the driver and against SQLite's own shell, a
workbook against its library alone."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from xlsxwriter import Workbook

from console.output.page import Page
from console.output.write import Format, write_page
from models.queries.reports import DECISIONS, read
from tests.bench.figure import Figure, alternated, compared, seconds
from tests.bench.store import Store

ROUNDS = 3
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
    rows = f"{driver.execute('SELECT count(*) FROM dispute WHERE outcome IS NOT NULL').fetchall()[0][0]:,} decisions"
    driver.close()
    plain = alternated(
        lambda: seconds(lambda: _report(store, Format.CSV, out)), lambda: seconds(lambda: _plain(store, out)), ROUNDS
    )
    yield compared(f"{rows} as CSV, against csv.writer over the driver", plain, "s")
    shell = shutil.which("sqlite3")
    if shell is not None:
        program = shell
        own = alternated(
            lambda: seconds(lambda: _report(store, Format.CSV, out)),
            lambda: seconds(lambda: _shell(program, store, out)),
            ROUNDS,
        )
        yield compared(f"{rows} as CSV, against sqlite3 -csv", own, "s", "≤ 4")
    book = alternated(
        lambda: seconds(lambda: _report(store, Format.XLSX, out)),
        lambda: seconds(lambda: _workbook(store, out)),
        ROUNDS,
    )
    yield compared(f"{rows} as a workbook, against XlsxWriter over the driver", book, "s", "≤ 2")


def _report(store: Store, format: Format, out: Path) -> None:
    reading = read(DECISIONS, store.actor)
    write_page(reading.rows, reading.columns, Page(), format=format, out=out)


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
