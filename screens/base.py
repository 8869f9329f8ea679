"""What every screen of the console has: header, status line, command line, keys, and a way to the store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence, Set
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import Any, ClassVar, TypeVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Input
from textual.worker import Worker

from models.errors import DeskError
from models.operations.drafts import sent
from models.operations.looking import Look
from models.queries.completion import Offers, among
from models.queries.freshness import Mark, touched
from models.queries.policies import in_force
from screens import looks
from screens.covered import Covered
from screens.host import Host
from screens.line_view import Bar, LineView, TailedBar
from screens.prompt import Prompt
from screens.safe import Span, fitted, wrapped
from screens.verbs import Place, Verb, footer_of, verb, verbs_at

Answer = TypeVar("Answer")

SLOW_AFTER_SECONDS = 1.0
SLOW = "The store is slow: waiting for it …"
MOST_SAID_LINES = 4
"""Of what is said; its end tells what to do."""


class ConsoleScreen(Covered):
    """One line above, the content, a line for what is said, and the keys below."""

    PLACE: ClassVar[Place]
    AUTO_FOCUS = ""
    ASKING: ClassVar[frozenset[str]] = frozenset({"deed", "check", "views", "go"})
    """Groups of workers that end with something to type into."""
    READS_FIRST: ClassVar[bool] = False
    """It says itself, with `is_shown`, when it has its content; until then nothing is drawn, and keys wait."""

    def __init__(self) -> None:
        super().__init__()
        self._header = Bar(classes="line")
        self._status = LineView(classes="line")
        self._footer = TailedBar(classes="line")
        self._prompt = Prompt(lambda: self.focus_content(), self.show_offers)
        self._seen_mark: Mark | None = None
        self.visitors: dict[int, tuple[str, ...]] = {}
        """Who else has which case open."""
        self._is_lost = False
        self._is_ready = False
        self._said = ""
        self._offered = ""
        self._said_lines = 1
        self._again: list[tuple[float, Callable[[], object]]] = []
        self._done_at: list[float] = []
        """When each of these tasks was done last."""

    @property
    def host(self) -> Host:
        return cast(Host, self.app)

    def content(self) -> ComposeResult:
        """What stands between the header and the status line."""
        yield Widget()

    def compose(self) -> ComposeResult:
        yield self._header
        yield from self.content()
        yield self._prompt
        yield self._status
        yield self._footer

    @property
    def is_asking(self) -> bool:
        """What takes the next keys is on its way: a dialog, a list, or this screen itself."""
        return not self._is_ready or any(
            worker.node is self and worker.group in self.ASKING and not worker.is_finished for worker in self.workers
        )

    def take_back(self) -> None:
        """Nothing is asked for any more."""
        for group in self.ASKING:
            self.workers.cancel_group(self, group)

    @on(Worker.StateChanged)
    def let_keys_on(self) -> None:
        self.host.let_keys_on()

    def is_shown(self) -> None:
        """There is something to see, and the focus is where it belongs."""
        self._is_ready = True
        self.host.show(self)
        self.host.let_keys_on()

    def on_mount(self) -> None:
        self._footer.set(*self._footer_spans())
        if not self.READS_FIRST:
            self.call_after_refresh(self.is_shown)
        if self.host.last_look is not None:
            self.looked(self.host.last_look)

    def every(self, seconds: float, task: Callable[[], object]) -> None:
        """Do `task` again and again, at looks at the store, while this screen is on top.

        A timer would keep the screen alive after its end: the event loop holds its context until it were due.
        """
        self._again.append((seconds, task))
        self._done_at.append(monotonic())

    def _do_again(self) -> None:
        now = monotonic()
        for number, (seconds, task) in enumerate(self._again):
            if now - self._done_at[number] >= seconds:
                self._done_at[number] = now
                task()

    def on_screen_resume(self) -> None:
        self.host.let_keys_on()

    def store_changed(self) -> None:
        """Others have committed something, or the store is back: read again, paint only what differs."""

    async def catch_up(self) -> None:
        """Read again, and return when it can be seen, or when the store lets one wait."""
        before = set(self.workers)
        self.store_changed()
        reading = asyncio.gather(*(worker.wait() for worker in set(self.workers) - before), return_exceptions=True)
        with suppress(TimeoutError):
            await asyncio.wait_for(reading, SLOW_AFTER_SECONDS)

    def draft_changed(self) -> None:
        """Others have committed something that is no event: perhaps a draft of this person."""

    def shown_cases(self) -> Set[int] | None:
        """The cases of which this shows something; None where it may be any."""
        return None

    def changed_elsewhere(self, verbs: Set[str]) -> None:
        """Others have done this to cases of which nothing is seen here."""

    @work(group="heard")
    async def _hear(self, since: int) -> None:
        """What was done after the event `since` may be seen here."""
        shown = self.shown_cases()
        try:
            cases = None if shown is None else await self.read(partial(touched, since))
        except DeskError:
            return  # the next look at the store says so
        if shown is None or cases is None or not shown.isdisjoint(cases):
            self.store_changed()
        else:
            self.changed_elsewhere({verb for verbs in cases.values() for verb in verbs})

    def looked(self, seen: Look) -> None:
        """How the store stands, each second that this is on top."""
        before, self._seen_mark = self._seen_mark, seen.mark
        if seen.visitors != self.visitors:
            self.visitors = seen.visitors
            self.show_visitors()
        if self._is_lost:
            self._is_lost = False
            self.show_said("The store is back.")
            self.store_changed()
        elif before is not None and seen.mark.event != before.event:
            self._hear(before.event)
        elif before is not None and seen.mark.commits != before.commits:
            self.draft_changed()
        self._do_again()

    def store_lost(self, error: DeskError) -> None:
        """It does not answer any more."""
        self._is_lost = True
        self.show_said(str(error), is_refusal=True)

    def show_slow(self) -> None:
        """It takes its time; a refusal is not talked over."""
        self.show_said(self._said or SLOW)

    def clear_slow(self) -> None:
        if self._said == SLOW:
            self.show_said("")

    def show_visitors(self) -> None:
        """Somebody else has come to a case or left one."""

    def show_said(self, text: str, *, is_refusal: bool = False) -> None:
        """A sentence on the status line, which grows where it is longer; an empty one clears it."""
        self._said = text
        rows = wrapped(("! " if is_refusal and text else "") + text, self.app.size.width)[:MOST_SAID_LINES]
        if self._said_lines != len(rows):
            self._said_lines = len(rows)
            self._status.styles.height = len(rows)
        self._status.show([[(row, looks.SOON if is_refusal else looks.PLAIN)] for row in rows])

    def show_offers(self, words: Sequence[str]) -> None:
        """What may stand where one is typing, on the status line; the first is behind the cursor already."""
        if len(words) > 1:
            self.show_said(fitted("  ".join(words), self.app.size.width))
            self._offered = self._said
        elif self._said == self._offered:
            self.show_said("")

    def refuse(self, reason: str) -> None:
        """Say why not; what was typed behind the key was meant for what does not come."""
        self.host.drop_keys()
        self.show_said(reason, is_refusal=True)

    def show_position(self, text: str) -> None:
        """Where one is in what is shown, at the end of the last line."""
        self._footer.set_tail(text)

    def why_not(self, verb: Verb) -> str | None:
        """Why this cannot be done here and now; None where it can."""
        return None

    def action_perform(self, id: str) -> None:
        """Every key and command comes through here: what is not possible says why instead."""
        chosen = verb(id)
        self.show_said("")
        reason = self.why_not(chosen)
        if reason is not None:
            self.refuse(reason)
        else:
            getattr(self, f"do_{chosen.name}")()

    def do_help(self) -> None:
        from screens.shared.help import HelpScreen  # its text is built only when somebody asks

        self.app.push_screen(HelpScreen(self.PLACE, self.why_not, partial(self.read, in_force)))

    def do_command(self) -> None:
        self._prompt.ask(":", "", self.completed)

    def do_show_command(self) -> None:
        """What is shown can be copied with the terminal's own means; it is also offered to the clipboard."""
        from screens.shared.question import ReadDialog

        command = self.host.last_command
        if not command:
            self.show_said("Nothing was done yet in this session.", is_refusal=True)
        else:
            self.app.copy_to_clipboard(command)
            self.app.push_screen(ReadDialog.of_text(command, self.app.size.width))

    def command_words(self) -> list[str]:
        """What `:` completes."""
        return [each.id for each in verbs_at(self.PLACE)]

    def completed(self, text: str) -> Offers:
        """What the text behind `:` may go on with."""
        return among(text, 0, tuple(self.command_words()))

    def run_command(self, text: str) -> None:
        """What was typed behind `:`."""
        self.show_said(f"There is no command '{text}'.", is_refusal=True)

    def filter_by(self, text: str) -> None:
        """What was typed behind `/`."""

    @on(Input.Submitted, "PromptField")
    def take_prompt(self, event: Input.Submitted) -> None:
        event.stop()
        if self._prompt.sign == "/":
            self._prompt.sent(event.value)
            self.filter_by(event.value)
        else:
            self._prompt.close()
            if event.value.strip():
                self.run_command(event.value.strip())

    def go_to_queue(self) -> None:
        """Close whatever lies above the list."""
        while self.app.screen is not self.host.queue:
            self.app.pop_screen()

    def focus_content(self) -> None:
        """Where keys go when no text is typed."""

    async def read(self, question: Callable[[], Answer]) -> Answer:
        """Ask the store and wait without holding anything up. Cancelled, a read that waits is dropped."""
        return await self.waited_for(asyncio.wrap_future(self.host.gateway.read(question)))

    async def waited_for(self, future: asyncio.Future[Answer]) -> Answer:
        """The answer; who waits long for it is told so."""
        try:
            done, _ = await asyncio.wait({future}, timeout=SLOW_AFTER_SECONDS)
            if not done:
                self.show_slow()
                await asyncio.wait({future})
        except asyncio.CancelledError:
            future.cancel()
            raise
        finally:
            self.clear_slow()
        return future.result()

    def write(
        self,
        change: Callable[[], Answer],
        done: Callable[[Answer], None],
        failed: Callable[[DeskError], None] | None = None,
        *,
        places: tuple[str, ...] = (),
        copies_file: bool = False,
    ) -> None:
        """Carry out a change; it belongs to the application, so that its result is heard whatever is closed.

        What it was made of are the drafts at `places`: they are gone from the store with it, or still there without.
        """
        drafts = self.host.drafts
        unsaved = {place: drafts.take(place) for place in places}
        task = partial(sent, self.host.actor, change, unsaved, copies_file=copies_file) if unsaved else change

        async def carry_out() -> None:
            try:
                answer = await asyncio.shield(asyncio.wrap_future(self.host.gateway.write(task)))
            except DeskError as error:
                for place, fields in unsaved.items():
                    if fields is not None:
                        drafts.keep(place, fields)
                if failed is not None:
                    failed(error)
                else:
                    self.host.say(str(error), is_refusal=True)
            else:
                for place in places:
                    drafts.was_sent(place)
                done(answer)

        self.host.start_write(carry_out)

    def place(self) -> dict[str, Any]:
        """Where the agent is, to come back to."""
        return {}

    def _footer_spans(self) -> list[Span]:
        spans: list[Span] = []
        for each in footer_of(self.PLACE):
            spans += [(f" {each.key_shown}", looks.KEY), (f" {each.label} ", looks.PLAIN)]
        return spans
