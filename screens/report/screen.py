"""A report on screen as it will be exported: filtered, grouped, added up; the command that exports exactly this."""

from __future__ import annotations

import shlex
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from typing import Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from models import clock
from models.columns import Total
from models.errors import DeskError
from models.queries.completion import offers
from models.queries.fault import QueryFault
from models.queries.reports import REPORTS, Asked, Reading, read
from models.queries.reports.report import Row
from models.queries.terms import Takes
from models.queries.values import Span, Unreadable
from models.queries.values import read as value_of
from screens import looks
from screens.line_view import Line
from screens.report.choosing import KeysDialog
from screens.report.table import table_rows, total_lines
from screens.shared.pick_page import PickPage
from screens.shared.pick_screen import PickScreen
from screens.shared.question import ReadDialog
from screens.shared.reads_beside import ReadsBeside
from screens.verbs import Place, Verb, bindings_of

MOST_ROWS = 2_000
"""Rows that are held; the rest is only added up."""


class ReportPage(PickPage[int]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l", "screen.turn(1)", show=False),
        Binding("left,h", "screen.turn(-1)", show=False),
    ]


class ReportScreen(ReadsBeside, PickScreen[int]):
    PLACE = Place.REPORT
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Place.REPORT)

    def __init__(self, name: str, asked: Asked | None = None) -> None:
        super().__init__(REPORTS[name].title, ReportPage())
        self.report = REPORTS[name]
        self.asked = asked or Asked()
        self._reading: Reading | None = None
        self._held: list[Row] = []
        self._count = 0
        self._totals: list[Total] = []
        self._first = 0
        """The column that stands behind the first one."""

    @work(exclusive=True, group="report")
    async def load(self) -> None:
        """Part by part: the first rows are seen at once, the totals when all have passed."""
        asked = replace(self.asked, zone=self.host.zone)
        try:
            reading = await self.read_beside(partial(read, self.report, self.host.actor, asked))
            self._prompt.answered()
            self._reading, self._held, self._count, self._totals = reading, [], 0, []
            self._held = await self.read_beside(lambda: list(islice(reading.rows, MOST_ROWS)))
            more = self._count = len(self._held)
            while more:
                self._draw()
                self.show_once()  # of many rows the totals come minutes later: keys do not wait for them
                more = await self.read_beside(lambda: sum(1 for _ in islice(reading.rows, MOST_ROWS)))
                self._count += more
            self._totals = reading.totals()
        except QueryFault as fault:
            self.show_said(fault.sentence, is_refusal=True)
            if self._prompt.display:
                self._prompt.point_at(fault.position)
        except DeskError as error:
            self.show_said(str(error), is_refusal=True)
        self._draw()
        self.show_once()

    def why_not(self, verb: Verb) -> str | None:
        if verb.id == "show" and self._rows.current is None:
            return "There is no case on this line."
        return None

    def store_changed(self) -> None:
        """A report stays as it was read; ^r reads it again."""

    def do_show(self) -> None:
        if self._rows.current is not None:
            self.open_case(self._rows.current, lambda: self._rows.targets)

    def action_turn(self, step: int) -> None:
        """Further columns, or back."""
        columns = self._reading.columns if self._reading else ()
        self._first = max(0, min(len(columns) - 2, self._first + step))
        self._draw()

    def do_filter(self) -> None:
        self._prompt.ask("/", str(self.asked.where), offers)

    def filter_by(self, text: str) -> None:
        self.asked = replace(self.asked, where=text.strip())
        self.load()

    @work(exclusive=True, group="deed")
    async def do_group(self) -> None:
        keys = [key.name for key in self.report.keys]
        chosen = await self.app.push_screen_wait(KeysDialog(keys, self.asked.by))
        if chosen is not None:
            self.asked, self._first = replace(self.asked, by=chosen), 0
            self.load()

    def do_export(self) -> None:
        """Files leave by the command line: over SSH they are then the client's own, whole or not at all."""
        command = self._command("--format", "csv", "--out", f"{self.report.name}.csv")
        self.host.last_command = command
        self.app.copy_to_clipboard(command)
        self.app.push_screen(ReadDialog.of_text(command, self.app.size.width))

    def command_words(self) -> list[str]:
        return [*super().command_words(), "since ", "until ", *REPORTS]

    def run_command(self, text: str) -> None:
        """Another report, `since D`, `until D`, both without a day for all time, or what a queue takes."""
        name, _, rest = text.partition(" ")
        if name in ("since", "until"):
            self._date(name, rest.strip())
        elif text in REPORTS:
            self.report, self.asked, self._first = REPORTS[text], Asked(where=self.asked.where), 0
            self.host.remember_place(self.place())
            self.load()
        else:
            super().run_command(text)

    def _date(self, name: str, text: str) -> None:
        """A day is all of it; nothing takes the date away."""
        at: datetime | None = None
        if text:
            try:
                found = value_of(text, Takes.INSTANT, now=clock.now(), zone=self.host.zone)
            except Unreadable:
                found = None
            if not isinstance(found, Span):
                self.show_said(f"'{text}' is no day and no instant: write 2026-03-01, or today.", is_refusal=True)
                return
            at = datetime.fromtimestamp(found.first if name == "since" else found.end - 1, UTC)
        self.asked = replace(self.asked, since=at) if name == "since" else replace(self.asked, until=at)
        self.load()

    def place(self) -> dict[str, Any]:
        return {**self.host.queue.place(), "report": self.report.name}

    def _command(self, *more: str) -> str:
        asked = self.asked
        words = ["disputes", "report", self.report.name]
        for option, at in (("--since", asked.since), ("--until", asked.until)):
            words += [option, f"{at:%Y-%m-%dT%H:%M:%SZ}"] if at else []
        words += ["--where", str(asked.where)] if str(asked.where) else []
        words += ["--by", *asked.by] if asked.by else []
        return shlex.join([*words, *more])

    def _draw(self) -> None:
        reading, zone = self._reading, self.host.zone
        if reading is None:
            return
        told = f"  {self._count:,} {'group' if reading.by else 'row'}{'' if self._count == 1 else 's'}"
        told += "" if self._totals else " …"
        where = f"  /{self.asked.where}" if str(self.asked.where) else ""
        by = f"  by {' '.join(reading.by)}" if reading.by else ""
        self._header.set((f" {self.report.title}", looks.TITLE), (where + by, looks.KEY), (told, looks.PLAIN))

        def rows(width: int) -> list[tuple[Line, int | None]]:
            lines = table_rows(self._held, reading.columns, self._first, width, zone)
            if not self._held:
                lines = [([("  No row." if self._totals else "  Reading …", looks.DIM)], None)]
            if self._count > len(self._held):
                lines.append(([(f"  … and {self._count - len(self._held):,} more: x exports all", looks.DIM)], None))
            totals: list[tuple[Line, int | None]] = [(line, None) for line in total_lines(self._totals, zone)]
            return [*lines, ([], None), *totals] if self._totals else lines

        self._rows.put_rows(rows)
