"""Many agents, each a process of its own, claiming and deciding: at a pace, beside an import, and as fast as they can.

`python -m tests.bench.agents [--agents N] [--seconds N] [--rate N]` for the whole of it: fifty agents for twenty
seconds each way, on SQLite and, where a server is installed, on PostgreSQL with its writes forced to the disk.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory

from models import clock
from models.actor import Actor
from models.database import close_store, create_store, is_sqlite, open_store
from models.imported import ImportedCase, RawRow, ReadRow
from models.operations import agents
from models.operations.importing import Source, import_cases
from models.tables import ImportRow, database
from models.vocabulary import Role
from seed.demo import bulk
from tests.bench import crowd, history
from tests.bench.__main__ import table
from tests.bench.figure import Figure, percentile, shown
from tests.bench.importing import write_file
from tests.bench.store import Store
from tests.stores import postgres

MOST_A_SECOND = 800
"""Writes that there are cases for, where agents do not pause."""
MOST_ROWS_A_SECOND = 3_000
SUPERVISOR = Actor("maya", Role.SUPERVISOR, "Maya")
NOTHING = nullcontext()
ON_DISK = postgres.SETTINGS | {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


@dataclass(frozen=True, slots=True)
class Desk:
    """How many work for how long."""

    agents: int = 8
    seconds: float = 4
    rate: float = 40
    """Writes a second that all of them together are to make."""

    @property
    def logins(self) -> list[str]:
        return [f"agent{number}" for number in range(self.agents)]


@dataclass(slots=True)
class Worked:
    """What came of a shift."""

    times: list[float]
    """Seconds from when a write was due until it was acknowledged."""
    worked: dict[str, list[float]]
    """Seconds of the agent's processor for each claim, and for each decision."""
    seconds: float
    """Until the last was acknowledged."""
    shares: list[int]
    """Writes of each agent."""
    accounts: list[history.Told]

    @property
    def a_second(self) -> str:
        return shown(len(self.times) / self.seconds, "/s")

    @property
    def said(self) -> str:
        middle, late, worst = (
            shown(value, "ms") for value in (percentile(self.times, 50), percentile(self.times, 99), max(self.times))
        )
        return f"p50 {middle}, p99 {late}, slowest {worst}"


def figures(store: Store) -> Iterator[Figure]:
    yield from measured(Desk(), store.folder)
    open_store(store.url)


def measured(desk: Desk, folder: Path) -> Iterator[Figure]:
    url = f"sqlite:///{folder / 'agents.db'}"
    _made(url, desk)
    many = f"{desk.agents} agents"
    alone = _shift(url, replace(desk, agents=1), folder, None)
    worked = (f"{name} {shown(median(times), 'ms')}" for name, times in alone.worked.items())
    yield Figure("processor time of one alone", ", ".join(worked), reach="claim ≤ 2, decide ≤ 3 ms")
    paced = _shift(url, desk, folder, desk.rate)
    reach = f"{paced.a_second} of {desk.rate:,.0f} /s"
    yield Figure(f"{many} at {desk.rate:,.0f} writes a second", paced.said, reach, None, "p99 ≤ 30, slowest ≤ 100 ms")
    before = ImportRow.select().count()
    beside = _shift(url, desk, folder, desk.rate, _importing(url, folder, desk))
    rows = shown((ImportRow.select().count() - before) / beside.seconds, "/s")
    reach = f"{beside.a_second}, {rows} rows imported"
    yield Figure("the same beside an import", beside.said, reach, None, "p99 ≤ 50 ms")
    full = _shift(url, desk, folder, None)
    yield Figure(f"{many} without a pause", full.said, full.a_second)
    yield _fairness(full)
    yield Figure(
        "the same against one alone", full.a_second, alone.a_second,
        len(full.times) * alone.seconds / len(alone.times) / full.seconds, "≥ 0.35",
    )  # fmt: skip
    yield _told("SQLite", alone, paced, beside, full)
    close_store()
    programs = postgres.binaries()
    if programs is None:
        return
    with postgres.server(programs, ON_DISK) as server:
        url = server.url(server.new_database())
        _made(url, desk)
        full = _shift(url, desk, folder, None)
        yield Figure(
            f"{desk.agents} connections to PostgreSQL without a pause", full.said, full.a_second, None,
            "p99 ≤ 300 ms",
        )  # fmt: skip
        yield _fairness(full)
        yield _told("PostgreSQL", full)
        close_store()


def _fairness(full: Worked) -> Figure:
    fewest, fair = min(full.shares), mean(full.shares)
    return Figure("fewest writes of one agent, against the mean", f"{fewest}", f"{fair:.0f}", fewest / fair, "≥ 0.33")


def _told(engine: str, *shifts: Worked) -> Figure:
    found = history.judged([account for shift in shifts for account in shift.accounts])
    chain = "whole" if found.is_chain_whole else "broken"
    return Figure(
        f"{found.writes:,} writes told, held against {engine}",
        f"{len(found.lost)} lost, {len(found.twice)} twice, {len(found.untold)} untold",
        f"{found.unknown} cut off, of them {found.unknown_done} done; chain {chain}",
        None,
        "0, 0, 0",
    )


def _made(url: str, desk: Desk) -> None:
    """A store with a case for every claim, each in review and nobody's."""
    create_store(url)
    open_store(url)
    agents.found(SUPERVISOR.login, SUPERVISOR.name)
    for login in desk.logins:
        agents.add(SUPERVISOR, login=login, name=login, role=Role.AGENT)
    claims = desk.seconds * (desk.rate + MOST_A_SECOND) + 5 * desk.agents
    rows = (ReadRow(RawRow(number, {}), case, None) for number, case in enumerate(_cases(int(claims)), 1))
    import_cases(SUPERVISOR, Source("bench", "0" * 64, "bench"), rows)
    if not is_sqlite():
        database.execute_sql("ANALYZE")  # a server does it by itself before long


def _cases(count: int) -> Iterator[ImportedCase]:
    now = clock.now()
    for case in bulk.present("agents", count, 1, now):
        yield replace(
            case, opened_at=now - timedelta(days=8), escalated_at=now - timedelta(days=1), responded_at=None,
            response=None, notified_at=None, assignee="", amount_minor=1_000, requested_minor=1_000, paid_minor=None,
            reason="not_as_described/wrong_item", needs_triage=False, currency="EUR",
        )  # fmt: skip


@contextmanager
def _importing(url: str, folder: Path, desk: Desk) -> Iterator[None]:
    """A command imports a file for as long as the block lasts."""
    file = folder / "beside.csv"
    write_file(file, int(desk.seconds * MOST_ROWS_A_SECOND))
    command = [sys.executable, "-m", "console", "--db", url, "--as", SUPERVISOR.login, "import", str(file)]
    program = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        yield
    finally:
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()


def _shift(
    url: str, desk: Desk, folder: Path, rate: float | None, beside: AbstractContextManager[None] = NOTHING
) -> Worked:
    """The agents work; who does so without a pause is cut off at the end."""
    with TemporaryDirectory(dir=folder) as name:
        shift = crowd.Shift(url, desk.logins, desk.seconds, name, rate, is_cut_off=rate is None)
        program = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.crowd"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        try:
            assert program.stdin is not None and program.stdout is not None
            program.stdin.write(crowd.as_line(shift))
            program.stdin.flush()
            assert program.stdout.readline() == "ready\n"
            with beside:
                program.stdin.write("go\n")
                program.stdin.flush()
                ended = json.loads(program.stdout.readline())
        finally:
            os.killpg(program.pid, signal.SIGKILL)
            program.communicate()
        assert set(ended) == {-signal.SIGKILL if shift.is_cut_off else 0}, ended
        return _worked(Path(name), desk.logins)


def _worked(folder: Path, logins: list[str]) -> Worked:
    worked = Worked([], {"claim": [], "decide": []}, 0, [], [])
    for login in logins:
        lines = (folder / login).read_text().splitlines(keepends=True)
        worked.accounts.append(history.told_in(login, lines))
        timed = [said for line in lines if line.endswith("\n") and "took" in (said := json.loads(line))]
        worked.shares.append(len(timed))
        for said in timed:
            worked.times.append(said["took"])
            worked.worked[said["did"]].append(said["worked"])
            worked.seconds = max(worked.seconds, said["at"])
    return worked


def main() -> None:
    parser = ArgumentParser(prog="python -m tests.bench.agents", description=__doc__)
    parser.add_argument("--agents", type=int, default=50, metavar="N", help="50 unless told")
    parser.add_argument("--seconds", type=float, default=20, metavar="N", help="of each way; 20 unless told")
    parser.add_argument("--rate", type=float, default=200, metavar="N", help="writes a second; 200 unless told")
    given = parser.parse_args()
    with TemporaryDirectory(prefix="disputes-bench-") as name:
        found = []
        for figure in measured(Desk(given.agents, given.seconds, given.rate), Path(name)):
            print(figure.what, figure.ours, figure.floor, sep=": ", file=sys.stderr, flush=True)
            found.append(figure)
        print(table(found))


if __name__ == "__main__":
    main()
