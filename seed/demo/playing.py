"""Lets the stories happen in the order of time: files come in, people act, and the clock stands where it stood then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import groupby

from models import clock
from models.imported import ImportedCase, RawRow, ReadRow
from models.operations.importing import Source, import_cases
from models.operations.transaction import writing
from models.queries.named_case import find
from seed.demo.script import Script
from seed.demo.staff import MARGIT, Desk

FEED_HOURS = 6
"""How often the shop hands over a file of new cases."""
_READ = timedelta(minutes=4)
"""From the end of a feed's time until its file is in."""
_LAST_FEED = timedelta(minutes=3)
_STEP = timedelta(seconds=20)


def play(desk: Desk, scripts: Sequence[Script], now: datetime) -> None:
    """Carry out every step as of its own time, in one transaction. What a script puts after `now` is its mistake."""
    tasks: list[tuple[datetime, int, int, Script | list[Script]]] = []
    number = 0
    for at, group in groupby(sorted(scripts, key=_opened), key=lambda script: _feed_at(script.told.opened_at, now)):
        fed = list(group)
        tasks.append((at, 0, number, fed))
        for script in fed:
            for step, recorded_at in enumerate(_recorded(script, at, now)):
                number += 1
                tasks.append((recorded_at, 1 + step, number, script))
    cases: dict[int, int] = {}
    with writing():
        for at, step, _, task in sorted(tasks, key=lambda task: task[:3]):
            with clock.stands_at(at):
                if isinstance(task, Script):
                    case = cases.get(id(task)) or find(f"{task.told.source}:{task.told.ref}")
                    cases[id(task)] = case
                    task.steps[step - 1].do(desk, case)
                else:
                    take_in(desk, f"cases-{at:%Y%m%d-%H%M}.csv", [script.told for script in task])


def take_in(
    desk: Desk,
    file_name: str,
    told: Iterable[ImportedCase],
    on_progress: Callable[[int], None] = lambda rows: None,
) -> int:
    """Import the cases as a file of that name would have brought them; how many there were."""
    rows = (ReadRow(RawRow(number, _raw(case)), case, None) for number, case in enumerate(told, 1))
    source = Source(file_name, sha256(file_name.encode()).hexdigest(), "harbour")
    return import_cases(desk[MARGIT], source, rows, on_progress=lambda result: on_progress(result.rows)).rows


def _opened(script: Script) -> tuple[datetime, str]:
    return script.told.opened_at, script.told.ref


def _feed_at(opened_at: datetime, now: datetime) -> datetime:
    midnight = opened_at.replace(hour=0, minute=0, second=0)
    slot = (opened_at.hour // FEED_HOURS + 1) * FEED_HOURS
    return min(midnight + timedelta(hours=slot) + _READ, now - _LAST_FEED)


def _recorded(script: Script, fed_at: datetime, now: datetime) -> Iterable[datetime]:
    """When each step is written down: not before the case is in, and one after the other."""
    last = fed_at
    for step in script.steps:
        last = max(step.recorded_at, last + _STEP if last == fed_at else last)
        if last > now:
            raise ValueError(f"{script.told.ref} ({script.told.reason}) has a step at {last}, after {now}.")
        yield last


def _raw(case: ImportedCase) -> dict[str, object]:
    """The row as a file would hold it; what it need not repeat stands in the tables."""
    return {
        "case_ref": case.ref,
        "order_ref": case.order_ref,
        "opened_at": str(case.opened_at),
        "buyer_ref": case.buyer_ref,
        "seller_ref": case.seller_ref,
        "reason": case.reason,
        "currency": case.currency,
    }
