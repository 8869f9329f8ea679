"""From a list to the intake."""

from __future__ import annotations

import os
from functools import partial

from textual import work

from models.errors import DeskError
from screens.base import ConsoleScreen


class OpensCases(ConsoleScreen):
    """A screen from which a case can be opened for a buyer."""

    @work(exclusive=True, group="go")
    async def do_open(self) -> None:
        from models.queries.intakes import PLACE, intakes
        from screens.intake.resume import NEW, ResumeDialog

        try:
            begun = await self.read(partial(intakes, self.host.actor))
        except DeskError as error:
            self.show_said(str(error), is_refusal=True)
            return
        own = [row for row in begun if row.login == self.host.actor.login]
        place: str | None = NEW
        if own:
            place = await self.app.push_screen_wait(ResumeDialog(own, self.host.zone))
        if place is not None:
            self.open_intake(PLACE + os.urandom(4).hex() if place == NEW else place)

    def open_intake(self, place: str) -> None:
        """The draft of that place, or an empty form that will be kept there."""
        from screens.intake.screen import IntakeScreen  # nothing before the first list is seen waits for it

        self.app.push_screen(IntakeScreen(place))
