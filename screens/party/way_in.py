"""Ways to a party's page, for every screen on which a party can be meant."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual import work

from models.errors import DeskError
from screens.base import ConsoleScreen


class OpensParties(ConsoleScreen):
    """`party REF` behind `:`, and keys of the screen's own."""

    def command_words(self) -> list[str]:
        return [*super().command_words(), "party "]

    def run_party(self, text: str) -> bool:
        """`party REF` behind `:`; False where something else was typed."""
        name, _, ref = text.partition(" ")
        if name != "party":
            return False
        if ref.strip():
            from models.queries.parties import find_party

            self.open_party_by(partial(find_party, ref.strip()))
        else:
            self.show_said("Name them: party REF. 1 and 2 open the buyer and the seller of the case.", is_refusal=True)
        return True

    @work(exclusive=True, group="go")
    async def open_party_by(self, find: Callable[[], int]) -> None:
        """Open the page of the party whose number `find` gives; it runs where the store may be asked."""
        from screens.party.screen import PartyScreen

        try:
            party_id = await self.read(find)
        except DeskError as error:
            self.refuse(str(error))
        else:
            self.app.push_screen(PartyScreen(party_id))
