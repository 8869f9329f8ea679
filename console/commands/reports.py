"""Reports: each is one definition of columns and rows."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from console.arguments import add_output, instant, span
from console.command import Command
from console.output.write import write
from console.session import Session
from models.columns import Money
from models.rules import money


def run(session: Session, given: Namespace) -> int:
    from models.queries import reports

    actor = session.actor()
    since, until = (given.since or [None])[0], (given.until or [None, None])[1]
    rows = reports.decisions(actor, since=since, until=until, where=given.where or "", at=given.at)
    totals = _Totals()
    write(
        totals.counted(rows),
        reports.DECISION_COLUMNS,
        format=given.format,
        out=given.out,
        title="Decisions",
        query=given.where or "",
        totals=totals.lines(),
        is_raw=given.raw,
    )
    return 0


class _Totals:
    """Adds up what passes by, so that a million rows are read once."""

    def __init__(self) -> None:
        self.rows = 0
        self.refunded: Counter[str] = Counter()

    def counted(self, rows: Iterable[Any]) -> Iterator[Any]:
        for row in rows:
            self.rows += 1
            self._add(row)
            yield row

    def _add(self, row: Any) -> None:
        for value in row:
            if isinstance(value, Money):
                self.refunded[value.currency] += value.amount_minor

    def lines(self) -> Iterator[str]:
        """Read after the last row."""
        yield f"{self.rows} cases"
        for currency, amount in sorted(self.refunded.items()):
            yield f"refunds {money.text(amount, currency)} {currency}"


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", choices=("decisions",))
    parser.add_argument("--since", type=span, metavar="D", help="decided on this day, or later")
    parser.add_argument("--until", type=span, metavar="D", help="decided on this day, or earlier")
    parser.add_argument("--where", metavar="QUERY", help="in the query language")
    parser.add_argument("--at", type=instant, metavar="INSTANT", help="as of then")
    add_output(parser)


COMMANDS = {
    "report": Command(
        "decisions, as a table or a file",
        "disputes report decisions --since 2026-11-01 --format csv --out decisions.csv",
        run,
        _arguments,
        who="supervisor and auditor of all cases; agent of those assigned to them or decided by them",
    )
}
