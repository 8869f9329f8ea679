"""Cases from files."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import fields
from functools import partial
from tempfile import TemporaryDirectory

from console.command import Command
from console.output.json_text import json_safe
from console.output.sink import say, send_bytes
from console.progress import counted
from console.session import Session
from console.streams import tell
from models.errors import Misused
from models.operations.importing import ImportResult, Source, import_cases
from models.text import visible
from seed.files import read_cases

SOME_REJECTED = 3
SHOWN_REJECTS = 20
PIECE_BYTES = 64 * 1024


def run(session: Session, given: Namespace) -> int:
    if given.rejects != "-":
        return _import(session, given, say)
    if given.json or sys.stdout.isatty():
        raise Misused("--rejects - writes rows to standard output: without --json, and to a file or a pipe.")
    with TemporaryDirectory(prefix="disputes-") as folder:
        given.rejects = f"{folder}/rejects"
        status = _import(session, given, tell)
        with open(given.rejects, "rb") as rows:
            for piece in iter(partial(rows.read, PIECE_BYTES), b""):
                send_bytes(piece)
    return status


def _import(session: Session, given: Namespace, told: Callable[[str], None]) -> int:
    if given.rejects and len(given.file) > 1:
        raise Misused("--rejects takes the rejected rows of one file: import the files one by one.")
    actor = session.actor()
    whole = ImportResult()
    # Every file is looked through before the first row of any is written.
    with ExitStack() as stack:
        files = [
            stack.enter_context(
                read_cases(path, format=given.format, source=given.source, map_name=given.map, zone=given.tz)
            )
            for path in given.file
        ]
        for file in files:
            on_reject = stack.enter_context(file.rejects(given.rejects)).write if given.rejects else None
            source = Source(file.name, file.sha256, file.source, given.map or "")
            with counted(visible(file.name), is_shown=not given.json) as show:
                result = import_cases(
                    actor,
                    source,
                    file.rows(),
                    is_dry_run=given.dry_run,
                    on_reject=on_reject,
                    on_progress=partial(_show_rows, show),
                )
            if not given.json:
                _print(visible(file.name), result, told, is_dry_run=given.dry_run)
            _add(whole, result)
    if given.json:
        say(json_safe(json.dumps(_summary(whole), ensure_ascii=False)))
    return SOME_REJECTED if whole.rejected else 0


def _show_rows(show: Callable[[int], None], result: ImportResult) -> None:
    show(result.rows)


def _print(name: str, result: ImportResult, told: Callable[[str], None], *, is_dry_run: bool) -> None:
    what = "would be" if is_dry_run else "were"
    told(
        f"{name}: {result.rows} rows; {result.created} {what} created, {result.updated} updated, "
        f"{result.unchanged} unchanged, {result.rejected} rejected."
    )
    for reject in result.rejects[:SHOWN_REJECTS]:
        told(f"  row {reject.row}, {visible(reject.column)}: {reject.rule}: {visible(reject.message)}")
    if result.rejected > SHOWN_REJECTS:
        told(f"  … and {result.rejected - SHOWN_REJECTS} more; '--rejects FILE' keeps them all.")


def _add(whole: ImportResult, result: ImportResult) -> None:
    for name in ("rows", "created", "updated", "unchanged", "rejected"):
        setattr(whole, name, getattr(whole, name) + getattr(result, name))
    whole.rejects = (whole.rejects + result.rejects)[:100]


def _summary(result: ImportResult) -> dict[str, object]:
    totals = {each.name: getattr(result, each.name) for each in fields(result) if each.name != "rejects"}
    rejects = [
        {"row": each.row, "column": each.column, "rule": each.rule, "value": each.value} for each in result.rejects
    ]
    return {**totals, "rejects": rejects}


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", nargs="+", metavar="FILE", help="CSV, TSV, JSON Lines or JSON; - for standard input")
    parser.add_argument(
        "--format", choices=("auto", "csv", "jsonl", "json"), default="auto", help="judged by its content unless told"
    )
    parser.add_argument("--source", metavar="NAME", help="of rows that name none; 'file' unless told")
    parser.add_argument("--map", metavar="NAME|FILE", help="olist, boston311, cfpb, or a TOML file of your own")
    parser.add_argument("--tz", metavar="ZONE", help="of times without an offset, such as Europe/Berlin")
    parser.add_argument("--dry-run", action="store_true", help="judge every row, write nothing")
    parser.add_argument(
        "--rejects", metavar="FILE", help="where rejected rows go, ready to be mended; - for standard output"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")


COMMANDS = {
    "import": Command(
        "disputes import disputes.csv --source shop --tz Europe/Berlin --rejects rejected.csv",
        run,
        _arguments,
    )
}
