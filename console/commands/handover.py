"""Giving everything that somebody has to somebody else."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from console.arguments import add_output, given_text
from console.command import Command
from console.output.write import write
from console.session import Session
from models.columns import Column


def run(session: Session, given: Namespace) -> int:
    from models.operations.handing_over import hand_over, to_hand_over
    from models.queries.handovers import COLUMNS

    actor = session.actor()
    note = given_text(given.note) if given.note else ""
    counts = {"given": 0, "stayed": 0}
    if given.preview:
        rows: Iterator[tuple[object, ...]] = (
            (*held.values(), "would be given") for held in to_hand_over(actor, login=given.giver, to=given.taker)
        )
    else:
        done = hand_over(actor, login=given.giver, to=given.taker, note=note)
        rows = (_counted(each.held.values(), each.refusal, counts) for each in done)
    write(
        rows, (*COLUMNS, Column("result")), format=given.format, out=given.out,
        title=f"From {given.giver} to {given.taker}", totals=_totals(counts, given.preview), is_raw=given.raw,
    )  # fmt: skip
    return 1 if counts["stayed"] else 0


def _counted(values: tuple[object, ...], refusal: str, counts: dict[str, int]) -> tuple[object, ...]:
    counts["stayed" if refusal else "given"] += 1
    return (*values, refusal or "given")


def _totals(counts: dict[str, int], is_preview: bool) -> Iterator[str]:
    """Read after the last row."""
    if not is_preview:
        yield f"{counts['given']} given, {counts['stayed']} stayed"


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("giver", metavar="FROM", help="who has them")
    parser.add_argument("taker", metavar="TO", help="who gets them")
    parser.add_argument("--note", metavar="T", help="why, before what each case's note says; - for standard input")
    parser.add_argument("--preview", action="store_true", help="list them and write nothing")
    add_output(parser)


COMMANDS = {
    "handover": Command(
        "disputes handover anna ben --note 'on leave until Monday'",
        run,
        _arguments,
    )
}
