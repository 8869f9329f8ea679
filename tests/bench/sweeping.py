"""A sweep: looking for what is due, telling it, doing it; against the driver, and against an agent's own act."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from models import clock
from models.operations import sweeping
from models.operations.talking import note
from models.queries import due_cases
from models.tables import Dispute
from tests.bench.figure import Figure, alternated, compared, seconds, shown
from tests.bench.store import Store

ROUNDS, REPEATS = 9, 20
AHEAD = timedelta(days=14)
DUE = "SELECT moves_at, id FROM dispute WHERE moves_at IS NOT NULL AND moves_at < ? ORDER BY moves_at, id LIMIT 200"


def figures(store: Store) -> Iterator[Figure]:
    at = clock.now() + AHEAD
    due = sum(1 for _ in due_cases.due_ids(at))
    planned: list[due_cases.Step] = []
    took = seconds(lambda: planned.extend(due_cases.plan(at)))
    yield Figure(f"plan of a fortnight: {len(planned):,} steps in {due:,} cases", f"{len(planned) / took:,.0f} /s")
    steps = sweeping.sweep(store.actor)
    acts = iter([row.id for row in Dispute.select(Dispute.id).limit(ROUNDS)])
    pair = alternated(
        lambda: seconds(lambda: next(steps, None)),
        lambda: seconds(lambda: note(store.actor, case=next(acts), text="A look.")),
        ROUNDS,
    )
    yield compared("one step of a sweep, against a note", pair, "ms", "≤ 3")
    for _ in steps:
        pass
    driver = store.driver()
    second = int(clock.now().timestamp())
    nothing = alternated(
        lambda: seconds(lambda: [list(sweeping.sweep(store.actor)) for _ in range(REPEATS)]) / REPEATS,
        lambda: seconds(lambda: [driver.execute(DUE, (second,)).fetchall() for _ in range(REPEATS)]) / REPEATS,
        ROUNDS,
    )
    driver.close()
    yield Figure("a sweep that finds nothing", shown(nothing.ours, "ms"), shown(nothing.floor, "ms"), None, "≤ 10 ms")
