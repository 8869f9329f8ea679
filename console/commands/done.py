"""What a command says of a change that it made."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import datetime
from typing import Any

from console.arguments import add_case
from console.output.sink import say
from models.operations.change import Change
from models.queries.named_case import find
from models.rules import money
from models.text import visible


def case_id(given: Namespace) -> int:
    """The case that the command names."""
    return find(given.case)


def print_change(change: Change, said: str) -> None:
    """One line: the case, what was done, and where it stands now."""
    say(f"C{change.dispute_id}: {said}; {standing(change)}.")


def standing(change: Change) -> str:
    """Where the case stands after the change, in words."""
    case = change.after
    words = [str(case.state)]
    if case.outcome is not None:
        words.append(f"{case.outcome} {money.text(case.refund_minor, case.currency)} {case.currency}")
    if case.assignee:
        words.append(f"with {visible(case.assignee)}")
    upcoming = min((clock for clock in case.clocks if clock.is_running), key=lambda clock: clock.due_at, default=None)
    if upcoming is not None:
        words.append(f"{upcoming.kind} due {shown(upcoming.due_at)}")
    return ", ".join(words)


def shown(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"


def add_case_and(parser: ArgumentParser, **options: dict[str, Any]) -> None:
    """CASE and some options, by their names with `-` written as `_`."""
    add_case(parser)
    for name, how in options.items():
        parser.add_argument("--" + name.replace("_", "-"), **how)
