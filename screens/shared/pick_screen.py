"""A screen that is one page of lines which stand for something: read whole, walked by a cursor, read again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic

from textual import on
from textual.app import ComposeResult

from models.errors import DeskError
from screens import looks
from screens.case.page import Page
from screens.party.way_in import OpensParties
from screens.shared.pick_page import PickPage, Target
from screens.verbs import verbs_at

NOT_READ = "  Not read: the store did not answer. ^r tries again."


class PickScreen(OpensParties, Generic[Target]):
    """Begins with `load`, which ends with `show_once`; Enter does what `do_show` says."""

    READS_FIRST = True

    def __init__(self, title: str, rows: PickPage[Target] | None = None) -> None:
        super().__init__()
        self._title = title
        """Until there is something better to say."""
        self._rows: PickPage[Target] = PickPage() if rows is None else rows

    def content(self) -> ComposeResult:
        yield self._rows

    def on_mount(self) -> None:
        self.focus_content()
        self._header.set((f" {self._title}", looks.TITLE))
        self.load()

    def on_screen_resume(self) -> None:
        self.focus_content()
        self.host.remember_place(self.place())

    def focus_content(self) -> None:
        self.set_focus(self._rows)

    def load(self) -> Any:
        """Read what is shown; only lines that differ are painted."""
        raise NotImplementedError

    def show_once(self) -> None:
        """There is something to see, if only that it could not be read."""
        if not self._is_ready:
            self.app.call_later(self.is_shown)

    def show_failed(self, error: DeskError, *, is_empty: bool) -> None:
        """A read that failed does not look like an empty page; what stood there stays."""
        self.show_said(str(error), is_refusal=True)
        if is_empty:
            self._rows.put_rows(lambda width: [([(NOT_READ, looks.DIM)], None)])

    def store_changed(self) -> None:
        self.load()

    @on(Page.Turned)
    def tell_what_is_below(self, event: Page.Turned) -> None:
        if event.page is self._rows:
            self.show_position(f"{event.left} more lines " if event.left else "")

    @on(PickPage.Activated)
    def show_clicked(self) -> None:
        self.do_show()

    def do_show(self) -> None:
        raise NotImplementedError

    def open_case(self, dispute_id: int, cases: Callable[[], Sequence[int]]) -> None:
        """Above this page; `[` and `]` walk through `cases` as they are then."""
        from screens.case.screen import CaseScreen

        def neighbour(dispute_id: int, step: int) -> int | None:
            walk = list(dict.fromkeys(cases()))
            at = walk.index(dispute_id) + step if dispute_id in walk else -1
            return walk[at] if 0 <= at < len(walk) else None

        self.app.push_screen(CaseScreen(dispute_id, neighbour))

    def do_reload(self) -> None:
        self.load()

    def do_back(self) -> None:
        self.dismiss()

    def run_command(self, text: str) -> None:
        """A verb of this page, else whatever the queue takes."""
        if text in {each.id for each in verbs_at(self.PLACE)}:
            self.action_perform(text)
        elif not self.run_party(text):
            self.go_to_queue()
            self.host.queue.run_command(text)
