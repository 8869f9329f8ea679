"""Looking at one case."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from console.arguments import add_case, add_output
from console.case_page import case_object, page
from console.command import Command
from console.output.sink import sink
from console.output.write import Format, write_object
from console.session import Session
from models.errors import Misused
from models.queries.case_file import case_file
from models.queries.named_case import find


def show(session: Session, given: Namespace) -> int:
    session.actor()
    file = case_file(find(given.case))
    if given.format is Format.JSON:
        write_object(case_object(file), out=given.out)
    elif given.format is Format.TABLE:
        with sink(given.out) as send:
            send("".join(f"{line}\n" for line in page(file)))
    else:
        raise Misused(f"A case is shown as table or json, not as {given.format}.")
    return 0


def _arguments(parser: ArgumentParser) -> None:
    add_case(parser)
    add_output(parser)


COMMANDS = {"show": Command("disputes show C12 --format json", show, _arguments)}
