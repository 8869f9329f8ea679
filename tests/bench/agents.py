"""Several agents, each a process of its own, claiming and deciding as fast as they can, against one alone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from time import perf_counter

from models import clock
from models.actor import Actor
from models.database import create_store, open_store
from models.imported import ImportedCase, RawRow, ReadRow
from models.operations import agents
from models.operations.importing import Source, import_cases
from models.queries.audit import verify
from models.vocabulary import Role
from seed.demo import bulk
from tests.bench.figure import Figure, percentile, shown
from tests.bench.store import Store

PROCESSES, EACH = 8, 25


def figures(store: Store) -> Iterator[Figure]:
    url = f"sqlite:///{store.folder / 'agents.db'}"
    logins = _desk(url)
    alone, _ = _race(url, logins[:1])
    elapsed, answers = _race(url, logins)
    assert verify().first_bad_seq is None
    open_store(store.url)
    cases = [case for answer in answers for case in answer[0]]
    claims, decisions = ([second for answer in answers for second in answer[which]] for which in (1, 2))
    rate, rate_alone = 2 * len(cases) / elapsed, 2 * EACH / alone
    for what, times in (("claim the next case", claims), ("decide it", decisions)):
        middle, late, worst = (
            shown(value, "ms") for value in (percentile(times, 50), percentile(times, 99), max(times))
        )
        said = f"p50 {middle}, p99 {late}, slowest {worst}"
        yield Figure(f"{PROCESSES} agents at once, {what}", said)
    twice = len(cases) - len(set(cases))
    yield Figure(
        f"{PROCESSES} agents at once, together",
        f"{rate:,.0f} writes/s, {twice} of {len(cases)} claimed twice",
        f"{rate_alone:,.0f} writes/s of one alone",
        rate / rate_alone,
        "≥ 0.35, 0 twice",
    )


def _desk(url: str) -> list[str]:
    """A store with a case for every claim, each in review and nobody's."""
    create_store(url)
    open_store(url)
    supervisor = Actor("maya", Role.SUPERVISOR, "Maya")
    agents.found(supervisor.login, supervisor.name)
    logins = [f"agent{number}" for number in range(PROCESSES)]
    for login in logins:
        agents.add(supervisor, login=login, name=login, role=Role.AGENT)
    rows = (ReadRow(RawRow(number, {}), case, None) for number, case in enumerate(_cases(), 1))
    import_cases(supervisor, Source("bench", "0" * 64, "bench"), rows)
    return logins


def _cases() -> Iterator[ImportedCase]:
    now = clock.now()
    for case in bulk.present("agents", (PROCESSES + 1) * EACH, 1, now):
        yield replace(
            case, opened_at=now - timedelta(days=8), escalated_at=now - timedelta(days=1), responded_at=None,
            response=None, notified_at=None, assignee="", amount_minor=1_000, requested_minor=1_000, paid_minor=None,
            reason="not_as_described/wrong_item", needs_triage=False, currency="EUR",
        )  # fmt: skip


def _race(url: str, logins: list[str]) -> tuple[float, list[list[list[float]]]]:
    workers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.bench.desk_worker", url, login, str(EACH)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for login in logins
    ]
    try:
        for worker in workers:
            assert worker.stdout is not None and worker.stdout.readline() == "ready\n"
        began = perf_counter()
        for worker in workers:
            assert worker.stdin is not None
            worker.stdin.write("go\n")
            worker.stdin.flush()
        answers = [json.loads(worker.stdout.readline()) for worker in workers if worker.stdout is not None]
        return perf_counter() - began, answers
    finally:
        for worker in workers:
            worker.kill()
            worker.communicate()
