"""What time has made due, carried out or told beforehand."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterable, Iterator

from console.arguments import add_output, ahead
from console.command import Command
from console.output.values import instant as shown
from console.output.write import write
from console.session import Session
from models.errors import Misused, Refused
from models.queries.due_cases import COLUMNS, Step, plan
from models.rules.duties import DUTIES


def sweep(session: Session, given: Namespace) -> int:
    if given.at is not None and not given.dry_run:
        raise Misused("'--at' looks ahead and does nothing: it needs '--dry-run'. A sweep is carried out now.")
    from models import clock
    from models.operations import sweeping

    actor = session.actor()
    at = given.at or clock.now()
    steps = iter(plan(at) if given.dry_run else sweeping.sweep(actor))
    tally = _Tally(steps)
    write(
        tally.rows(),
        COLUMNS,
        format=given.format,
        out=given.out,
        title=f"What a sweep would do at {shown(at)}" if given.dry_run else "Sweep",
        totals=tally.lines(),
        is_raw=given.raw,
    )
    for _ in tally.rows():  # whoever reads the rows may leave early; the sweep does not
        pass
    if tally.failed:
        cases = ", ".join(dict.fromkeys(tally.failed[:5]))
        raise Refused(
            "sweep",
            f"{len(tally.failed)} of {tally.cases} cases could not be judged or moved, such as {cases}; the others are "
            "done. Run it again, and 'disputes doctor' if it fails again.",
        )
    return 0


class _Tally:
    """Counts what passes by."""

    def __init__(self, steps: Iterable[Step]) -> None:
        self._steps = iter(steps)
        self._what: Counter[str] = Counter()
        self.failed: list[str] = []
        self.cases = 0
        self._last = ""

    def rows(self) -> Iterator[tuple[object, ...]]:
        for step in self._steps:
            self.cases += step.case != self._last
            self._last = step.case
            if step.failed:
                self.failed.append(step.case)
            else:
                self._what[step.what] += 1
            yield step.values()

    def lines(self) -> Iterator[str]:
        """Read after the last row."""
        for what, count in self._what.most_common():
            yield f"{count} {what}"
        if self.failed:
            yield f"{len(self.failed)} failed"
        yield f"{self.cases} case{'' if self.cases == 1 else 's'}"


def _arguments(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add(
        "--dry-run",
        action="store_true",
        help="print the plan: what, since when, and what follows; writes nothing",
    )
    add("--at", type=ahead, metavar="INSTANT", help="with --dry-run: due by then, or within 24h, if nobody acts")
    add_output(parser)
    parser.add_argument_group("time makes due", "\n".join(f"{each.name}: {each.when}" for each in DUTIES))


COMMANDS = {
    "sweep": Command(
        "disputes sweep --dry-run --at 2026-12-01",
        sweep,
        _arguments,
        who="agent, supervisor; everybody with --dry-run",
    )
}
