"""The plain console: it asks for a line, answers in lines, and runs the same commands as everywhere.

No control sequence is ever sent, nothing is drawn twice, and nothing speaks by itself.
"""

from __future__ import annotations

import shlex
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import tzinfo
from typing import Any

from console.case_page import page
from console.output.sink import say
from console.plain.listing import Listing
from console.plain.presence import Presence
from console.running import run_command
from console.session import Session
from console.turned_out import end_when_turned_out
from models.actor import Actor
from models.errors import DeskError, Misused, NotAllowed, StoreUnavailable
from models.operations.drafts import save_draft
from models.queries import drafts, queue
from models.queries.case_file import case_file
from models.queries.named_case import find
from models.queries.sorting import SORTS
from models.text import visible
from screens.places import DESK

PROMPT = "> "
HERE = "."
"""Stands for the case that was read out last."""
HELP = """\
A number opens that case of the list, C12 or source:ref any case. 'next-in-list' and 'before' go from case to case.
list      the list again          more   its next lines
views     the views; the name of one lists it
/QUERY    narrows the list, / alone takes that back; sort KEY orders it
Every command works here, with . for the case: claim . or note . 'The parcel came back.'
commands  lists them; COMMAND --help tells what one takes
quit      leaves; you come back to the same place"""


class PlainDesk:
    """One person at one terminal."""

    def __init__(self, session: Session, actor: Actor, zone: tzinfo) -> None:
        self._session = session
        self._actor = actor
        self._presence = Presence(actor)
        self._listing = Listing(actor.login, zone, others=self._presence.others)
        self._case: int | None = None
        self._words: dict[str, Callable[[], None]] = {
            "": self._go_on, "more": self._go_on, "list": self._list, "views": self._views, "quit": self._quit,
            "q": self._quit, "help": lambda: say(HELP), "?": lambda: say(HELP), "commands": self._commands,
            "next-in-list": lambda: self._step(1), "before": lambda: self._step(-1),
        }  # fmt: skip
        self._is_over = False

    def run(self) -> int:
        """Until the person leaves or the line drops; the exit status."""
        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGQUIT):
            signal.signal(number, self._end)  # others see at once that nobody is here any more
        end_when_turned_out(self._session.url, self._actor, self._presence.beat)
        try:
            self._come_back()
            while not self._is_over:
                self._answer()
        finally:
            self._presence.at(None)
        return 0

    def _answer(self) -> None:
        try:
            line = self._asked()
            if line is None:
                self._quit()
            else:
                self._do(line)
        except KeyboardInterrupt:
            say("")
        except DeskError as error:
            say(f"Not done: {visible(str(error), multiline=True)}")
            if isinstance(error, NotAllowed):
                self._session.actor()  # of somebody who was disabled this ends it all

    def _asked(self) -> str | None:
        """None at the end of the input. Raises Misused for a line that is no text."""
        try:
            sys.stdout.write(PROMPT)
            sys.stdout.flush()
            line = sys.stdin.buffer.readline()
        except OSError:  # the terminal is gone
            return None
        try:
            return line.decode().strip() if line else None
        except UnicodeDecodeError:
            raise Misused("That line is not UTF-8: set the terminal to it, and say it again.") from None

    def _do(self, line: str) -> None:
        if line in self._words:
            self._words[line]()
        elif line.startswith("/"):
            self._narrow(line[1:].strip())
        elif line.isdecimal() and line.isascii():
            self._open_number(int(line))
        elif line in queue.views_of(self._actor.login):
            self._show(view=line, where="", sort="")
        elif line.startswith("sort "):
            self._sort(line.removeprefix("sort ").strip())
        else:
            self._run(line)

    # The list

    def _list(self) -> None:
        self._case = None
        self._presence.at(None)
        self._say_all(self._listing.start())
        self._remember()

    def _go_on(self) -> None:
        self._say_all(self._listing.more())

    def _show(self, **changes: str) -> None:
        """Another list; one that cannot be read leaves the old one."""
        before = {name: getattr(self._listing, name) for name in changes}
        for name, value in changes.items():
            setattr(self._listing, name, value)
        try:
            self._list()
        except DeskError:
            for name, value in before.items():
                setattr(self._listing, name, value)
            raise

    def _narrow(self, where: str) -> None:
        self._show(where=where)

    def _sort(self, key: str) -> None:
        if key.removeprefix("-") not in SORTS:
            raise Misused(f"Sort by {', '.join(SORTS)}; with - in front descending.")
        self._show(sort=key)

    def _views(self) -> None:
        views = queue.views_of(self._actor.login)
        counts = queue.counts_of_views(views, self._actor.login)
        self._say_all(visible(f"{name}: {view.label}, {counts[name]}.") for name, view in views.items())

    # A case

    def _open_number(self, number: int) -> None:
        if not 1 <= number <= len(self._listing.rows):
            raise Misused(f"The list has no line {number} yet: 'more' reads on.")
        self._open(self._listing.rows[number - 1].id)

    def _open(self, case: int) -> None:
        self._say_all(page(case_file(case)))
        self._case = case
        self._presence.at(case)
        if others := self._presence.others().get(case):
            say(f"{_and(others)} {'is' if len(others) == 1 else 'are'} here too.")
        self._remember()

    def _step(self, step: int) -> None:
        number = self._listing.number_of(self._case) if self._case else None
        if number is None:
            raise Misused("No case of the list is open: a number opens one.")
        self._open_number(number + step)

    def _run(self, line: str) -> None:
        from console.commands import MODULES

        words = _split(line)
        if words[0] not in MODULES and len(words) == 1:
            self._open(find(words[0]))
            return
        if HERE in words and self._case is None:
            raise Misused("No case is open: a number of the list opens one.")
        run_command(self._session, words[0], [f"C{self._case}" if word == HERE else word for word in words[1:]])

    def _commands(self) -> None:
        from console.by_key import commands_of
        from console.commands import summary

        self._say_all(f"{name}: {summary(name)}." for name in commands_of(self._session.actor().role))

    # Where one was

    def _come_back(self) -> None:
        kept = drafts.draft(self._actor.login, DESK) or {}
        case = kept.get("open")
        say("'help' tells what can be said here, 'quit' leaves.")
        try:
            self._show(**{name: str(kept.get(name) or "") for name in ("where", "sort")}, view=_text(kept, "view"))
            if isinstance(case, int):
                self._open(case)
        except StoreUnavailable:
            raise
        except DeskError:  # a view that is gone, a query that is none any more
            self._show(view="home", where="", sort="")

    def _remember(self) -> None:
        listing = self._listing
        place: dict[str, Any] = {"view": listing.view, "where": listing.where, "sort": listing.sort, "case": self._case}
        save_draft(self._actor, place=DESK, fields={**place, "open": self._case})

    def _say_all(self, lines: Iterable[str]) -> None:
        for line in lines:
            say(line)

    def _quit(self) -> None:
        self._is_over = True

    def _end(self, number: int, frame: object) -> None:
        self._is_over = True
        raise SystemExit(128 + number)


def _text(kept: dict[str, Any], name: str) -> str:
    return str(kept.get(name) or "home")


def _and(logins: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(logins[:-1]), logins[-1])))


def _split(line: str) -> list[str]:
    try:
        words = shlex.split(line)
    except ValueError:
        raise Misused("A quote is left open.") from None
    words = words[1:] if words[:1] == ["disputes"] else words
    if not words:
        raise Misused("Nothing was said.")
    return words
