"""An agent at the console in a test: real keys, a real store file, and waiting for rest instead of sleeping."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import Any

from textual import events
from textual.pilot import Pilot
from textual.strip import Strip

from console.desk import Desk
from models.actor import Actor
from models.database import close_store, open_store
from models.errors import DeskError
from models.gateway import Gateway
from models.imported import ImportedCase, RawRow, ReadRow
from models.operations import agents
from models.operations.importing import Source, import_cases
from models.vocabulary import Role
from screens.shared.paced import Paced
from screens.shared.reads_beside import ReadsBeside

MAYA = Actor("maya", Role.SUPERVISOR, "Maya")
NOOR = Actor("noor", Role.AGENT, "Noor")
TURNS = 20
"""Of the event loop: a message that was posted is handled within one."""
PATIENCE_SECONDS = 30.0
ROUNDS = 5
"""An answer of the store may ask the next question; no key leads to more questions in a row."""


class Seat:
    def __init__(self, desk: Desk, pilot: Pilot[Any]) -> None:
        self.desk = desk
        self._pilot = pilot

    async def press(self, *keys: str) -> None:
        await self._pilot.press(*keys)
        await self.rest()

    async def press_only(self, *keys: str) -> None:
        """Without waiting for the store."""
        await self._pilot.press(*keys)

    async def click(self, x: int, y: int) -> None:
        await self._pilot.click(offset=(x, y))
        await self.rest()

    def look(self) -> None:
        """What happens each second."""
        self.desk.run_worker(self.desk.look())

    async def until(self, holds: Callable[[], bool]) -> None:
        """While the store does not answer."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not holds():
                await self._pilot.pause()

    async def write(self, text: str) -> None:
        """Type `text`, a key a character."""
        await self._pilot.press(*("enter" if sign == "\n" else sign for sign in text))
        await self.rest()

    async def paste(self, text: str) -> None:
        """The same at once, as a terminal hands over its clipboard."""
        self.desk.post_message(events.Paste(text))
        await self.rest()

    async def rest(self) -> None:
        """Until the store has answered everything and the screen stands still."""
        for _ in range(ROUNDS):
            for gateway in self._gateways():
                # A store that is gone answers too, and a connection that was closed meanwhile has answered everything.
                with suppress(DeskError, RuntimeError):
                    await asyncio.wrap_future(gateway.write(lambda: None))
            for _ in range(TURNS):
                await asyncio.sleep(0)
            await self.until(lambda: self.desk._keys.is_at_rest and not self._waits_for_readings())
        await self._pilot.pause()

    def _waits_for_readings(self) -> bool:
        kept = (value for screen in self.desk.screen_stack for value in vars(screen).values())
        return self.desk.queue.is_to_refresh or any(value.is_busy for value in kept if isinstance(value, Paced))

    def _gateways(self) -> list[Gateway]:
        beside = (screen._beside for screen in self.desk.screen_stack if isinstance(screen, ReadsBeside))
        return [self.desk.gateway, *(each for each in beside if each is not None)]

    def strips(self) -> list[Strip]:
        return list(self.desk.screen._compositor.render_strips())

    def lines(self) -> list[str]:
        return ["".join(segment.text for segment in strip).rstrip() for strip in self.strips()]

    def text(self) -> str:
        return "\n".join(self.lines())

    def cursor_line(self) -> str:
        return next((line for line in self.lines() if line.startswith(">")), "")


@asynccontextmanager
async def seat(url: str, *, size: tuple[int, int] = (80, 24), actor: Actor = MAYA) -> AsyncIterator[Seat]:
    """The console of `actor` on the store at `url`."""
    desk = Desk(url, actor)
    try:
        async with desk.run_test(size=size) as pilot:
            sat = Seat(desk, pilot)
            await sat.rest()
            yield sat
            await desk.drafts.save()
    finally:
        desk.gateway.close()


def case(ref: str, opened_at: datetime, **facts: Any) -> ImportedCase:
    """A case that waits for its seller, unless `facts` say more."""
    usual: dict[str, Any] = {
        "source": "shop",
        "ref": ref,
        "order_ref": f"O-{ref}",
        "opened_at": opened_at,
        "buyer_ref": f"B-{ref}",
        "seller_ref": f"S-{ref}",
        "reason": "quality/poor_quality",
        "amount_minor": 5000,
        "currency": "USD",
        "paid_minor": 9000,
    }
    return ImportedCase(**(usual | facts))


def fill(url: str, cases: Iterable[ImportedCase]) -> None:
    """Make the people and the cases of a new store, and leave it closed."""
    open_store(url)
    agents.found(MAYA.login, MAYA.name)
    agents.add(MAYA, login=NOOR.login, name=NOOR.name, role=NOOR.role)
    rows = [ReadRow(RawRow(number, {}), each, None) for number, each in enumerate(cases, 1)]
    result = import_cases(MAYA, Source("cases.csv", "0" * 64, "shop"), rows)
    assert result.created == len(rows), result.rejects
    close_store()
