"""The whole desk in one file, and a desk from one."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from console.arguments import check_spares_store
from console.command import Command
from console.output.sink import check_place, say, whole_file
from console.session import Session
from models.errors import Misused, Refused
from models.text import visible

SHOWN = 5
NEXT_OF_OLDER = (
    "Next: 'disputes migrate', it is of an older version; then 'disputes erase --again' for who was erased since."
)


def backup(session: Session, given: Namespace) -> int:
    from models.operations.backing_up import UNFINISHED, back_up
    from models.rules.permissions import check_supervisor
    from models.work_folder import work_folder

    actor = session.actor()
    check_supervisor(actor, "backup")  # before anything is made beside the file
    out: Path = given.file
    if str(out) == "-":
        raise Misused("A backup is written whole or not at all, which standard output cannot: name a file.")
    check_spares_store(session.url, {"out": out})
    check_place(out)
    with work_folder(out.parent, UNFINISHED) as folder, whole_file(out, within=folder) as send:
        done = back_up(actor, send, within=folder)
    said = f"{_count(done.events, 'event')} and {_count(done.files, 'evidence file')} in {visible(str(out))}"
    if done.missing:
        names = ", ".join(each[:12] for each in done.missing[:SHOWN])
        more = ", …" if len(done.missing) > SHOWN else ""
        raise Refused(
            "files_missing",
            f"{said}, but it is not whole: {_count(len(done.missing), 'evidence file')} could not be read ({names}"
            f"{more}). 'disputes doctor' names their cases.",
        )
    say(f"{said}; head {done.head[:12]}.")
    return 0


def restore(session: Session, given: Namespace) -> int:
    from models.operations.restoring import restore as restored

    done = restored(session.claimed, session.url, given.file, erased=given.erased)
    say(
        f"Restored {visible(done.place.shown)} as of {visible(done.made_at)}: {_count(done.events, 'event')}, "
        f"{_count(done.files, 'evidence file')}; head {done.head[:12]}."
    )
    if done.missing:
        say(f"The backup never had {_count(len(done.missing), 'evidence file')}: 'disputes doctor' names their cases.")
    for each in done.again:
        said = f"not erased again: {each.why_not}" if each.why_not else "erased again, as since the backup"
        say(f"{visible(each.party)} {said}")
    say("Next: 'disputes doctor'." if done.is_current else NEXT_OF_OLDER)
    return 0


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _restore_arguments(parser: ArgumentParser) -> None:
    _file(parser, "as 'backup' wrote it")
    parser.add_argument(
        "--erased",
        type=Path,
        metavar="FILE",
        help="a list of erasures, erased.jsonl, beside the one that is in place",
    )


def _file(parser: ArgumentParser, said: str) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=said)


COMMANDS = {
    "backup": Command(
        "disputes backup /var/backups/disputes/2026-11-24.tar",
        backup,
        lambda parser: _file(parser, "written whole or not at all, readable by its owner alone"),
        who="supervisor",
    ),
    "restore": Command(
        "disputes restore /var/backups/disputes/2026-11-24.tar",
        restore,
        _restore_arguments,
        who="whoever makes the store",
    ),
}
