"""The application around the screens: it wires them to the store, the person and the terminal, and holds no rules."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine
from datetime import UTC, tzinfo
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on, work
from textual._compositor import CompositorUpdate
from textual._styles_cache import StylesCache
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.constants import MAX_FPS
from textual.screen import Screen
from textual.widget import Widget

import screens
from console.closed_doors import ClosedDoors
from console.crash import crash_sentence
from console.curtain import Curtain
from console.display import TRY_AGAIN_SECONDS, Display
from console.driver import DeskDriver
from console.keys import LOST_AFTER_SECONDS, KeyDone, KeyGate, Typed, takes_keys
from console.lifecycle import (
    end_with_the_line,
    end_without_terminal,
    go_on_after_stop,
    since_boot,
    terminal_is_gone,
)
from console.tidying import Tidying
from console.whereabouts import Whereabouts
from models.actor import Actor
from models.errors import DeskError, NotAllowed
from models.gateway import Gateway
from models.operations.looking import Look, look
from models.queries.visits import BEAT_SECONDS
from screens.base import SLOW_AFTER_SECONDS, ConsoleScreen
from screens.drafts import SAVE_AFTER_SECONDS, DraftKeeper
from screens.places import DESK, open_place
from screens.queue.screen import QueueScreen
from screens.queue.window import Listing
from screens.shared.sheet import Sheet

if TYPE_CHECKING:
    from screens.evidence.protocol import Way

SAVE_AT_END_SECONDS = 2.0
CURSOR_SAVED_AFTER_SECONDS = 5.0
"""Every write wakes the sessions beside this one."""
LOOK_SECONDS = 1.0
"""What others do is seen within two, and whoever is disabled is out."""
DEAF_SECONDS = 5.0
"""Without a look at the store; only a process that was stopped, or waits for its terminal, goes so long without."""
THEME = "ansi-dark"
"""The terminal's own colours: they suit every terminal, need only sixteen, and are the fewest bytes."""

# As it was meant: by instance, as it is, its cache keeps the lines of a thousand widgets that were taken away.
StylesCache.get_inner_outer = classmethod(StylesCache.get_inner_outer)  # type: ignore[assignment, arg-type]


class Desk(ClosedDoors, inherit_bindings=False):
    """One person at one terminal."""

    CSS_PATH = Path(screens.__file__).parent / "styles" / "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", "Quit", priority=True, show=False),
        Binding("ctrl+c", "say_how_to_leave", show=False),
        Binding("ctrl+l", "redraw", show=False),
    ]

    def __init__(self, url: str, actor: Actor, *, zone: tzinfo = UTC, pictures: str = "auto") -> None:
        super().__init__(DeskDriver, ansi_color=True)  # said here, NO_COLOR means no colour and not shades of grey
        self.animation_level = "none"
        self.actor = actor
        self.zone = zone
        self._pictures = pictures
        self.gateway = Gateway(url, self._note_refusal)
        self.last_command = ""
        self.drafts = DraftKeeper(self.gateway, actor, self._save_drafts_in, self._say_refusal)
        self._whereabouts = Whereabouts(self.gateway, lambda: self.actor)
        self._keys = KeyGate(self._hand_on, self._is_waited_for, self._take_back)
        self._shown = Display(self, self._notice_silence)
        self._curtain = Curtain(lambda seconds, task: self.set_timer(seconds, task))
        self._tidying = Tidying()
        self._is_leaving = False
        self.last_look: Look | None = None
        self._heard_at = since_boot()
        self._farewell = ""
        """Said in the terminal when the screens are gone."""
        self.queue = QueueScreen(Listing(), actor.login, zone)
        self.theme = THEME

    def _note_refusal(self, refusal: NotAllowed) -> None:
        from models.operations.signing_in import note_refusal

        note_refusal(self.actor, refusal, "console")

    @property
    def _background_screens(self) -> list[Screen[Any]]:
        """Only below a dialog is there something to see: else a covered screen that stirs repaints the one above."""
        return super()._background_screens if self.screen.is_modal else []

    # What the screens ask for

    def say(self, text: str, *, is_refusal: bool = False) -> None:
        for screen in reversed(self.screen_stack):
            if isinstance(screen, ConsoleScreen):
                screen.show_said(text, is_refusal=is_refusal)
                return

    def start_write(self, task: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self.run_worker(task(), group="write", exclusive=False)

    def remember_place(self, place: dict[str, Any], *, is_moved: bool = True) -> None:
        if not self._is_leaving:
            self.drafts.keep(DESK, place, within=SAVE_AFTER_SECONDS if is_moved else CURSOR_SAVED_AFTER_SECONDS)
            if self._whereabouts.moved(place):
                self.run_worker(self._whereabouts.say(), group="whereabouts")

    def way_of_pictures(self) -> Way:
        from screens.evidence.protocol import Way, way_of  # most sessions see no picture

        if self.no_color or self.is_headless:
            return Way(has_colours=not self.no_color)
        has_true_colours = self.console.color_system == "truecolor"
        return way_of(os.environ, self._pictures, has_true_colours=has_true_colours)

    def send_to_terminal(self, sequence: str) -> None:
        if self._driver is not None and not self.is_headless:
            self._shown.send(sequence)

    def leave(self, status: int = 0) -> None:
        """Save what was typed, within bounds, and end; a second time is too late to change anything."""
        if not self._is_leaving:
            self._is_leaving = True
            self.run_worker(self._leave(status), group="leave")

    async def _leave(self, status: int) -> None:
        saving = asyncio.gather(self.drafts.save(), self._whereabouts.say_gone())
        await asyncio.wait({saving}, timeout=SAVE_AT_END_SECONDS)
        await self._shown.finish()
        if not self.is_headless and terminal_is_gone():
            end_without_terminal(status)
        self.exit(return_code=status, message=_plain(self._farewell) if self._farewell else None)

    # Beginning

    def on_mount(self) -> None:
        if not self.is_headless:
            end_with_the_line(self.leave, self._save_at_last)
            go_on_after_stop(self.action_redraw)
        self.run_worker(self._watch(), group="watch")
        self.run_worker(self._open(), group="open")
        self.set_interval(BEAT_SECONDS, self._whereabouts.beat)

    def get_default_screen(self) -> QueueScreen:
        return self.queue

    async def _open(self) -> None:
        """Where the person was, or home; then what was typed meanwhile."""
        place: dict[str, Any] | None = None
        try:
            place = await self.drafts.kept(DESK)
        except DeskError as error:
            self.say(str(error), is_refusal=True)
        await open_place(self.queue, place or {})
        if not self.is_headless:
            self._tidying.begin()
        await self._keys.open()

    # What is typed, and when it is drawn

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, Typed):
            self._notice_silence()
            self._tidying.typed()
        if isinstance(event, Typed) and not event.is_forwarded and getattr(event, "key", "") != "ctrl+q":
            await self._keys.take(event)
            if self._keys.has_waiting:
                self.set_timer(LOST_AFTER_SECONDS, self._keys.go_on)
        else:
            await super().on_event(event)

    def let_keys_on(self) -> None:
        """Something that takes keys has come, or will not come any more."""
        self.call_later(self._keys.go_on)

    def drop_keys(self) -> None:
        self._keys.drop()

    async def _hand_on(self, event: Typed) -> bool:
        if event.time < getattr(self.screen, "accepts_keys_from", 0.0):
            return False
        target = self.focused or self.screen
        if not await self._is_binding(event, target):
            await super().on_event(event)
        return target.post_message(KeyDone(target))

    async def _is_binding(self, event: Typed, target: Widget) -> bool:
        """Done, where nothing but bindings takes keys: else a key travels from widget to widget up to here first."""
        nodes = [node for node in target.ancestors_with_self if isinstance(node, Widget)]
        if isinstance(event, events.Paste) or any(takes_keys(type(node)) for node in nodes):
            return False
        is_done = await self._check_bindings(event.key, priority=True) or await self._check_bindings(event.key)
        if is_done and monotonic() - self._shown.painted_at >= 1 / MAX_FPS:
            self._draw_at_once()
        return is_done

    def _draw_at_once(self) -> None:
        """Not when three more tasks, and what the key has asked of the store, have had their turn."""
        for widget in self.screen.walk_children(Widget):
            if widget._repaint_required and widget.display:
                widget._repaint_required = False
                self.screen._dirty_widgets.add(widget)
        self.screen._on_timer_update()

    @on(KeyDone)
    async def _key_is_done(self, event: KeyDone) -> None:
        left = event.rounds - 1
        if not left or not event.target.post_message(KeyDone(event.target, left)):
            await self._keys.key_done()

    def _is_waited_for(self) -> bool:
        return bool(getattr(self.screen, "is_asking", False))

    def _take_back(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, ConsoleScreen):
                screen.take_back()

    def push_screen(self, *args: Any, **options: Any) -> Any:
        self._curtain.lower(lambda: self.screen)
        return super().push_screen(*args, **options)

    def pop_screen(self) -> AwaitComplete:
        self._keys.lost()
        self._curtain.lower(lambda: self.screen)
        self._tidying.closed()
        popped = super().pop_screen()

        async def show_again() -> None:
            await popped  # taking a screen away lays the one below out again, whole, twice
            self.call_later(lambda: self._curtain.go_up(self.screen))

        self.call_next(show_again)
        return popped

    def show(self, screen: Screen[Any]) -> None:
        """`screen` has its content."""
        if screen is self.screen:
            self._curtain.go_up(screen)

    @property
    def is_curtain_down(self) -> bool:
        return self._curtain.is_down

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        if self._curtain.is_down or self._batch_count or not self._running or self._closed:
            return
        if self.is_headless or not isinstance(renderable, CompositorUpdate):
            super()._display(screen, renderable)
        else:
            self._shown.show(renderable)

    def terminal_answered(self) -> None:
        """It has read up to where it was asked."""
        self._shown.answered()

    # Ending

    async def _watch(self) -> None:
        while True:
            await self.look()
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Once a second, for all who want to know: whether the store is there, and what others have changed."""
        if not self._shown.is_owing:
            self._notice_silence()
        await self._look_at_store()
        if self._keys.is_at_rest:
            self._tidying.tidy()

    async def _look_at_store(self) -> None:
        """A role that was changed counts from now on; whoever was disabled is led out, their texts are kept."""
        asked = asyncio.wrap_future(self.gateway.read(partial(look, self.actor, self.last_look)))
        if not (await asyncio.wait({asked}, timeout=SLOW_AFTER_SECONDS))[0]:
            self._tell(ConsoleScreen.show_slow)
        try:
            seen = self.last_look = await asked
        except DeskError as error:
            lost = error
            self._tell(lambda screen: screen.store_lost(lost))
            return
        finally:
            self._tell(ConsoleScreen.clear_slow)
        if not isinstance(seen.actor, Actor):
            self._farewell = str(seen.actor)
            self.leave(seen.actor.exit_status)
            return
        self.actor = seen.actor
        self._tell(lambda screen: screen.looked(seen))
        if isinstance(self._top, Sheet) and self._top.is_mounted:
            self._top.looked(seen)

    @property
    def _top(self) -> Screen[Any] | None:
        """None is left when the store answers at the end."""
        return self.screen_stack[-1] if self.screen_stack else None

    def _tell(self, news: Callable[[ConsoleScreen], None]) -> None:
        """The screen on top alone: one below that stirs would be painted over it."""
        top = self._top
        if isinstance(top, ConsoleScreen) and top.is_mounted:
            news(top)

    def _notice_silence(self) -> None:
        """After a stop or a line that took nothing, what stands on the screen is old: keys wait until it is new."""
        before, self._heard_at = self._heard_at, since_boot()
        if self._heard_at - before > DEAF_SECONDS and not self._is_leaving:
            self._keys.shut()
            self._catch_up(round(self._heard_at - before))

    @work(exclusive=True, group="catch-up")
    async def _catch_up(self, seconds: int) -> None:
        self.last_look = None
        await self._look_at_store()
        if self._is_leaving:
            return
        for screen in reversed(self.screen_stack):
            if isinstance(screen, ConsoleScreen):
                await screen.catch_up()
                break
        self.say(f"Nothing was heard for {seconds} seconds: what you see was read again.")
        while self._shown.is_owing:
            await asyncio.sleep(TRY_AGAIN_SECONDS)
        await self._keys.open()

    async def action_leave(self) -> None:
        self.leave()

    def action_say_how_to_leave(self) -> None:
        self.say("^q leaves; you come back to the same place.")

    def action_redraw(self) -> None:
        """The whole picture, where the terminal shows something else than what was sent."""
        self._shown.forget()
        self.screen.refresh()

    def on_resize(self) -> None:
        self._shown.forget()

    def _fatal_error(self) -> None:
        """Textual's own would print the values of all local variables: other people's data, into the scrollback."""
        error = sys.exc_info()[1]
        if error is not None:
            sentence = f"{crash_sentence(error, is_debug=True)} What you typed is kept."
            self._exit_renderables.append(_plain(sentence))
        self._close_messages_no_wait()

    def _save_drafts_in(self, seconds: float) -> None:
        self.set_timer(seconds, self._save_drafts)

    def _save_drafts(self) -> None:
        self.run_worker(self._save_all(), group="drafts")

    def _save_at_last(self) -> None:
        self.drafts.save_at_last(SAVE_AT_END_SECONDS)

    async def _save_all(self) -> None:
        await self.drafts.save()

    def _say_refusal(self, text: str) -> None:
        self.say(text, is_refusal=True)


def _plain(sentence: str) -> Any:
    from screens.safe import cell

    return cell(sentence)
