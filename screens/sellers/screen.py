"""Sellers who owe answers: by their overdue cases, chased one, some or all together."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from models import clock
from models.errors import DeskError
from models.queries.late_sellers import LateSeller, late_sellers
from models.queries.parties import find_party
from models.queries.queue import VIEWS
from models.queries.tree import Has, Query
from models.rules.act import Verb as CaseVerb
from models.rules.permissions import check_supervisor
from screens import looks, words
from screens.bulk.dialog import StepsDialog
from screens.bulk.step import Step, done, plan
from screens.line_view import Line
from screens.queue.window import Listing
from screens.safe import fitted
from screens.shared.paced import Paced
from screens.shared.pick_page import PickPage
from screens.shared.pick_screen import PickScreen
from screens.shared.reads_beside import ReadsBeside
from screens.verbs import Place, Verb, bindings_of

SELLER, CASES, LATE, MISSED, CHASED = 22, 6, 10, 10, 7


class SellersPage(PickPage[str]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "screen.perform('mark')", show=False)  # as in the queue, and not a page on
    ]


class SellersScreen(ReadsBeside, PickScreen[str]):
    """Enter shows a seller's overdue cases in the queue, 2 the seller over time."""

    PLACE = Place.SELLERS
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Place.SELLERS)

    def __init__(self) -> None:
        super().__init__("Late sellers", SellersPage())
        self._sellers: tuple[LateSeller, ...] | None = None
        self._marked: set[str] = set()
        """Refs."""
        self._pace = Paced(self.load, self.set_timer)

    @work(exclusive=True, group="sellers")
    async def load(self) -> None:
        try:
            with self._pace.running():
                self._sellers = await self.read_beside(late_sellers)
        except DeskError as error:
            self.show_failed(error, is_empty=self._sellers is None)
        else:
            self._draw(self._sellers)
        self.show_once()

    def store_changed(self) -> None:
        self._pace.ask()

    def why_not(self, verb: Verb) -> str | None:
        if verb.id in ("show", "mark", "chase-all", "seller") and self._rows.current is None:
            return "There is no seller under the cursor."
        if verb.id == "chase-all":
            try:
                check_supervisor(self.host.actor, "chase --seller")
            except DeskError as error:
                return str(error)
        return None

    def do_show(self) -> None:
        ref = self._rows.current
        if ref is not None:
            where = str(Query(Has("seller", ref)))
            self.dismiss()
            self.host.queue.load(Listing(VIEWS["home"], where))

    def do_seller(self) -> None:
        self.open_party_by(partial(find_party, f"seller:{self._rows.current}"))

    def do_mark(self) -> None:
        ref = self._rows.current
        if ref is not None and self._sellers is not None:
            self._marked ^= {ref}
            self._draw(self._sellers)
            self._rows.action_step(1)

    @work(exclusive=True, group="deed")
    async def do_chase_all(self) -> None:
        """Of the marked sellers, else of the one under the cursor."""
        refs = self._marked or {self._rows.current or ""}
        chosen = [each for each in self._sellers or () if each.ref in refs]
        cases = [case for seller in chosen for case in seller.cases]
        try:
            steps = await self.read(partial(plan, CaseVerb.CHASE, cases, self.host.actor, clock.now()))
        except DeskError as error:
            self.refuse(str(error))
            return
        possible = [step for step in steps if not step.refusal]
        who = chosen[0].name or chosen[0].ref if len(chosen) == 1 else f"{len(chosen)} sellers"
        title = f"Remind {who} of {len(possible)} answer{'' if len(possible) == 1 else 's'}?"
        if not possible:
            self.refuse("None of these answers can be asked for now.")
        elif await self.app.push_screen_wait(StepsDialog(title, steps, "Chase")):
            self.write(partial(done, self.host.actor, possible), partial(self._tell, chosen))

    def _tell(self, chosen: Sequence[LateSeller], steps: list[Step]) -> None:
        self._marked.clear()
        count = sum(not step.refusal for step in steps)
        if len(chosen) == 1:
            self.host.last_command = shlex.join(["disputes", "chase", "--seller", chosen[0].ref])
        else:
            self.host.last_command = shlex.join(["disputes", "chase", *(step.subject.code for step in steps)])
        self.host.say(f"{count} chaser{' waits' if count == 1 else 's wait'} to be sent.")
        if count < len(steps):
            self.app.push_screen(StepsDialog(f"{count} done, {len(steps) - count} not", steps))
        self.load()

    def do_room(self) -> None:
        self.dismiss()
        self.host.queue.do_room()

    def place(self) -> dict[str, Any]:
        return {**self.host.queue.place(), "sellers": True}

    def _draw(self, sellers: Sequence[LateSeller]) -> None:
        now = clock.now()
        cases = sum(len(each.cases) for each in sellers)
        late = f"{cases:,} overdue answer{'' if cases == 1 else 's'}"
        told = f"  {len(sellers):,} seller{'' if len(sellers) == 1 else 's'}, {late}"
        self._header.set((" Late sellers", looks.TITLE), (told, looks.PLAIN))
        self._rows.put_rows(lambda width: _rows(sellers, self._marked, width, now))


def _rows(sellers: Sequence[LateSeller], marked: set[str], width: int, now: datetime) -> list[tuple[Line, str | None]]:
    if not sellers:
        return [([("  No seller is late with an answer.", looks.DIM)], None)]
    titles = (("seller", SELLER, False), ("cases", CASES, True), ("longest", LATE, True), ("missed", MISSED, True),
              ("chased", CHASED, True))  # fmt: skip
    head = "  " + "".join(fitted(title, cells, right=is_right) for title, cells, is_right in titles)
    return [
        ([(head + "   money", looks.COLUMN)], None),
        *((_line(each, each.ref in marked, width, now), each.ref) for each in sellers),
    ]


def _line(each: LateSeller, is_marked: bool, width: int, now: datetime) -> Line:
    missed = f"{each.missed} of {each.promised}"
    over = words.span((now - each.first_due_at).total_seconds())
    room = max(0, width - 2 - SELLER - CASES - LATE - MISSED - CHASED - 3)
    return [
        (" ■" if is_marked else "  ", looks.BOLD),
        (fitted(each.name or each.ref, SELLER), looks.PLAIN),
        (f"{len(each.cases):>{CASES},}", looks.BOLD),
        (f"{over:>{LATE}}", looks.LATE),
        (f"{missed:>{MISSED}}{each.chasers:>{CHASED}}   ", looks.PLAIN),
        (fitted(words.sums(each.money, room), room), looks.DIM),
    ]
