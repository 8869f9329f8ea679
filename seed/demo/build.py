"""Makes the demonstration's store: old cases from a file, stories as they happened, and a last file of this morning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain

from models import clock
from models.actor import Actor
from models.database import create_store, open_store
from models.errors import Misused
from seed.demo import bulk, hostile, stories
from seed.demo.playing import play, take_in
from seed.demo.routine import KINDS, Routine
from seed.demo.script import Script
from seed.demo.staff import YOU, engage, system_login

MOST_CASES = 1_000_000
STORIES, TRICKS, ROUTINE = len(stories.STORIES), 9, sum(count for _, count in KINDS)
DESK_IS = timedelta(days=47)
"""The age of the desk in this store; what was closed before came over from its forerunner in one file."""
OPEN_OF_A_HUNDRED = 4
_ROUTINE_NUMBERS, _BULK_NUMBERS = 2_000, 10_000
DRAWN_REF = "D-100"
"""How references of stories begin that nobody has chosen."""


def build(
    url: str,
    *,
    cases: int = 300,
    now: datetime | None = None,
    login: str | None = None,
    on_progress: Callable[[int], None] = lambda cases: None,
) -> Actor:
    """Make a store of `cases` cases at `url`, leave it open, and return who looks around: its first supervisor.

    The same `now` and count give the same cases, texts and numbers. `login` is the operating system's user, or `you`,
    unless given. `on_progress` hears how many there are, a few hundred at a time. Raises Misused for a store that is
    already there and for a count out of range.
    """
    if not 1 <= cases <= MOST_CASES:
        raise Misused(f"A demonstration has from 1 to {MOST_CASES} cases, not {cases}.")
    now = (now or clock.now()).astimezone(UTC).replace(microsecond=0)
    if not create_store(url):
        raise Misused(f"There already is a store at {url}: a demonstration needs a new one.")
    open_store(url)
    began_at = now - DESK_IS
    with clock.stands_at(began_at):
        desk = engage(login or system_login())
    scripts = _scripts(now, cases)
    rest = Rest(now, cases, len(scripts))
    with clock.stands_at(began_at):
        done = take_in(desk, "forerunner.csv", rest.before, on_progress)
    play(desk, scripts, now)
    done += len(scripts)
    with clock.stands_at(now):
        name = f"cases-{now:%Y%m%d-%H%M}.csv"
        take_in(desk, name, chain(rest.since, rest.open), lambda rows: on_progress(done + rows))
    return desk[YOU]


class Rest:
    """The cases beyond the stories: closed before the desk began, closed since, and open."""

    def __init__(self, now: datetime, cases: int, told: int) -> None:
        began_at = now - DESK_IS
        oldest = began_at - timedelta(days=250 if cases < 20_000 else 700)
        seam = began_at - bulk.LONGEST
        count = cases - told
        open_count = min(count, max(0, cases * OPEN_OF_A_HUNDRED // 100 - told * 3 // 4))
        since_count = round((count - open_count) * (now - began_at) / (now - oldest))
        before_count = count - open_count - since_count
        number = _BULK_NUMBERS
        self.before = bulk.history("before", before_count, number, oldest, began_at)
        self.since = bulk.history("since", since_count, number + before_count, seam, now)
        self.open = bulk.present("open", open_count, number + before_count + since_count, now)


def _scripts(now: datetime, cases: int) -> list[Script]:
    """Those cases that are told act by act: all of them in a tiny store, some two hundred in any other."""
    told = stories.scripts(now, min(cases, STORIES))
    tricks = hostile.scripts(now, min(TRICKS, cases - len(told)))
    rest = cases - len(told) - len(tricks)
    routine = Routine(now, cases).scripts(min(ROUTINE, round(rest * 0.6)), _ROUTINE_NUMBERS)
    return _numbered([*told, *tricks, *routine])


def _numbered(scripts: list[Script]) -> list[Script]:
    """References in the order of opening, as a shop gives them; those that are part of a story stay."""
    by_opening = sorted(scripts, key=lambda script: (script.told.opened_at, script.told.ref))
    for number, script in enumerate(by_opening, 3_000_000):
        if script.told.ref.startswith(DRAWN_REF):
            script.told = replace(script.told, ref=f"D-{number}")
    return scripts
