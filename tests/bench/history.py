"""What workers say they did, held against what the store says was done.

A worker writes down what it is about to do, and then what came of it. Where the second is missing it was cut off, and
nobody knows whether the store had it: so it may be there once, or not at all.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.queries.audit import verify
from models.tables import Event

DEEDS = ("claim", "decide")
Deed = tuple[str, str, int]
"""Who, what, on which case."""


@dataclass(frozen=True, slots=True)
class Told:
    """One worker's account, from its beginning to its end."""

    login: str
    done: tuple[tuple[int, str, int], ...]
    """The event's number, what, on which case; as the store acknowledged it."""
    unknown: tuple[str, int | None] | None = None
    """What it was about when it was cut off, and on which case, where it knew."""


@dataclass(frozen=True, slots=True)
class Verdict:
    writes: int
    """Acknowledged ones."""
    lost: tuple[int, ...]
    """Numbers of events that were acknowledged and are not there as they were told."""
    untold: tuple[int, ...]
    """Numbers of events that nobody tells of, and nobody was about when they were cut off."""
    twice: tuple[int, ...]
    """Cases that were claimed more than once, or decided more than once."""
    unknown: int
    """Writes that were cut off."""
    unknown_done: int
    """Of these are in the store."""
    is_chain_whole: bool

    @property
    def is_sound(self) -> bool:
        return self.is_chain_whole and not (self.lost or self.untold or self.twice)


def told_in(login: str, lines: Iterable[str]) -> Told:
    """A worker's file; its last line may be cut off."""
    done: list[tuple[int, str, int]] = []
    about: tuple[str, int | None] | None = None
    for line in lines:
        if not line.endswith("\n"):
            break
        said: Mapping[str, Any] = json.loads(line)
        if "about" in said:
            about = said["about"], said.get("case")
        else:
            done.append((said["seq"], said["did"], said["case"]))
            about = None
    return Told(login, tuple(done), about)


def judged(accounts: Sequence[Told]) -> Verdict:
    """Hold the accounts against the open store. They are all that these workers have ever given."""
    rows: Any = (
        Event.select(Event.seq, Event.actor, Event.verb, Event.dispute)
        .where(Event.actor.in_([each.login for each in accounts]) & Event.verb.in_(DEEDS))
        .tuples()
    )
    stored: dict[int, Deed] = {seq: (login, verb, case) for seq, login, verb, case in rows}
    done = {seq: (each.login, verb, case) for each in accounts for seq, verb, case in each.done}
    numbers = Counter(seq for each in accounts for seq, _, _ in each.done)
    lost = sorted(seq for seq, deed in done.items() if stored.get(seq) != deed or numbers[seq] > 1)
    cut_off = [(each.login, *each.unknown) for each in accounts if each.unknown is not None]
    untold, open_ends = [], cut_off.copy()
    for seq in sorted(stored.keys() - done.keys()):
        login, verb, case = stored[seq]
        end = next((each for each in ((login, verb, case), (login, verb, None)) if each in open_ends), None)
        if end is None:
            untold.append(seq)
        else:
            open_ends.remove(end)
    times = Counter((verb, case) for _, verb, case in stored.values())
    twice = sorted({case for (_, case), count in times.items() if count > 1})
    return Verdict(
        writes=numbers.total(),
        lost=tuple(lost),
        untold=tuple(untold),
        twice=tuple(twice),
        unknown=len(cut_off),
        unknown_done=len(cut_off) - len(open_ends),
        is_chain_whole=verify().first_bad_seq is None,
    )
